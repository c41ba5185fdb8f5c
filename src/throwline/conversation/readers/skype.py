"""Skype: messages.json of "Export files and chat history"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from throwline.conversation._export import Document, Export
from throwline.conversation._message import (
    Attachment,
    Conversation,
    Kind,
    Medium,
    Message,
    Participant,
)
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._html import Element, fragment
from throwline.conversation.readers._json import ANY, Node, outline, streamed
from throwline.conversation.readers._moment import iso
from throwline.conversation.readers._reader import Facts, Hints
from throwline.language import Note

_PLAIN = "Text"
_RICH = "RichText"
_MEDIA = {"Picture": Medium.IMAGE, "Video": Medium.VIDEO, "Audio": Medium.VOICE}
_QUOTE = "quote"
_EDIT_MARK = "e_m"


@dataclass(frozen=True)
class _Chat:
    """One conversation of the file."""

    thread: str
    title: str
    names: dict[str, str]
    messages: list[Message]

    def who(self, number: str) -> Participant | None:
        """Somebody by Skype id."""
        return person(self.names.get(number, ""), number)


class Skype:
    """Reads messages.json."""

    platform = "skype"
    facts = Facts(
        title="Skype",
        known_by='"userId" and conversations with a "MessageList"',
        people="By Skype id, which never changes. The owner is marked.",
        times="Exact, in UTC, to the millisecond.",
        leaves_out=(
            Note("What deleted messages said is missing."),
            Note("Skype was closed in 2025: chats that were not exported before are lost."),
        ),
        export_steps=(
            "Use the file that was exported from Skype before it was closed.",
            "Unpack the .tar file and give messages.json, or the folder, here.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By the keys of the whole and of its conversations."""
        return {("userId",), ("conversations", ANY, "MessageList")} <= outline(document)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation each. Raises ReadError."""
        for document in documents:
            whole: dict[str, Any] = {}
            chats = [_chat(node) for node in streamed(document, "conversations", whole)]
            owner = Node(document, "", whole).text("userId")
            for chat in chats:
                yield assembled(
                    self.facts,
                    self.platform,
                    chat.title,
                    oldest_first(chat.messages, newest_first=True),
                    owner=chat.who(owner),
                    thread=chat.thread or None,
                )


def _chat(node: Node) -> _Chat:
    thread, title = node.text("id"), node.text("displayName")
    # A chat of two is called by the id and the name of the other.
    names = {thread: title} if title else {}
    for entry in node.many("MessageList"):
        if entry.text("displayName"):
            names.setdefault(_number(entry), entry.text("displayName"))
    chat = _Chat(thread, title, names, [])
    chat.messages.extend(
        _message(entry, chat.who(_number(entry))) for entry in node.many("MessageList")
    )
    return chat


def _number(entry: Node) -> str:
    """The sender's id, which may stand at the end of an address."""
    return entry.text("from").rpartition("/")[2]


def _message(entry: Node, sender: Participant | None) -> Message:
    moment = iso(entry.text("originalarrivaltime"))
    kind = entry.text("messagetype")
    content = entry.text("content")
    written = kind == _PLAIN or kind.startswith(_RICH)
    body = None if kind == _PLAIN else fragment(entry.document, content)
    properties = entry.one("properties")
    deleted = bool(properties and properties.text("deletetime"))
    notes = [*moment.notes, *(["deleted"] if deleted else [])]
    if body:
        notes += _notes(body)
    if properties and properties.text("edittime") and "edited" not in notes:
        notes.append("edited")
    if not written:
        notes.append(kind)
    # The words of a message with a file are the app's: "To view this shared photo, go to".
    files = [] if body is None else list(_attachments(body))
    return Message(
        number=UNNUMBERED,
        sender=sender,
        at=moment.at,
        certainty=moment.certainty,
        text="" if files else _text(body, content),
        source=entry.document.source,
        place=entry.pointer,
        attachments=tuple(files),
        kind=Kind.WRITTEN if written and not deleted else Kind.NOTICE,
        notes=tuple(notes),
    )


def _text(body: Element | None, content: str) -> str:
    """The sender's own words: those of a quote are somebody else's."""
    if body is None:
        return content
    return "".join(
        part if isinstance(part, str) else part.text()
        for part in body.content
        if isinstance(part, str) or part.tag != _QUOTE
    )


def _attachments(body: Element) -> Iterator[Attachment]:
    for element in body.inside():
        if element.tag == "uriobject":
            named = element.find(lambda e: e.tag == "originalname")
            medium = _MEDIA.get(element.attributes.get("type", "").partition(".")[0])
            name = named.attributes.get("v", "") if named else ""
            yield attached(name or element.attributes.get("uri", ""), medium)


def _notes(body: Element) -> Iterator[str]:
    if body.find(lambda e: e.tag == _EDIT_MARK):
        yield "edited"
    for element in body.children:
        if element.tag == _QUOTE:
            yield f"answers: {element.text().strip()}"
