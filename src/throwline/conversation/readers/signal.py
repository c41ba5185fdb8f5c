"""Signal, as sigexport writes it: Markdown, and JSON lines in its newer versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Attachment, Conversation, Kind, Medium, Message
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, person
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._json import Node, json_lines, outline, unexpected
from throwline.conversation.readers._moment import Moment, iso_or_local
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._sigexport import HEADER, is_sigexport
from throwline.conversation.readers._text import clean, head_text, lines, spoilt_gap
from throwline.language import Note

_OWNER = "Me"
_NOBODY = "No-Sender"
_DELETED = "(This message was deleted)"
_LINE_END = "  "
"""Stands behind every body, so that Markdown begins a new line."""
_HEAD_LINES = 400
_FILES = ("chat.md", "data.json")
_KEYS = {("date",), ("sender",), ("body",), ("reactions",), ("attachments",)}
_FILE = re.compile(r"!?\[([^\[\]\n]*)\]\(\./((?:(?!\]\()[^\n])*?)\) *\Z")
_STICKER = re.compile(r"\n\(\( (.*) \)\)\Z")
_REACTIONS = re.compile(r"\n\(- (.*) -\)\Z")
_QUOTE = re.compile(r"\A\n+((?:> ?[^\n]*\n)+)\n*")


@dataclass
class _Entry:
    """A message as either format has it."""

    place: int
    sender: str
    moment: Moment
    text: str
    quote: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def message(self, document: Document) -> Message:
        """The message, without its number."""
        deleted = self.text == _DELETED
        quoted = [f"answers: {self.quote}"] if self.quote else []
        return Message(
            number=UNNUMBERED,
            sender=None if self.sender == _NOBODY else person(self.sender),
            at=self.moment.at,
            certainty=self.moment.certainty,
            text="" if deleted else self.text,
            source=document.source,
            place=self.place,
            attachments=tuple(self.attachments),
            kind=Kind.NOTICE if deleted else Kind.WRITTEN,
            notes=(*self.moment.notes, *(["deleted"] if deleted else []), *quoted, *self.notes),
        )


class Signal:
    """Reads chat.md and data.json of sigexport."""

    platform = "signal"
    facts = Facts(
        title="Signal (sigexport)",
        known_by="lines such as “[2023-06-03 21:05:09] Name: text” that end in two spaces, or JSON lines with date, "
        "sender, body, reactions and attachments",
        people="By contact name; numbers are not in the export. The owner is called Me.",
        times="Clock time of the exporting computer: to the second, in older versions to the minute.",
        leaves_out=(
            Note("Disappearing messages are missing unless they were asked for."),
            Note("Phone numbers are missing: people are known by the name saved for them."),
            Note("Grave accents (`) are taken out of texts by the program."),
        ),
        export_steps=(
            "Install Signal Desktop and link it to the phone; it holds messages from then on.",
            "Install sigexport on the same computer and run it with a new folder as its destination.",
            "Give the chat's folder here.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its first lines."""
        head = head_text(document)
        return _is_json(document) or (
            bool(HEADER.match(head.lstrip())) and is_sigexport(head.split("\n")[:_HEAD_LINES])
        )

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a chat. Where both formats lie in one folder, the JSON is read. Raises ReadError."""
        chats: dict[str, Document] = {}
        for document in documents:
            folder, _, name = document.name.rpartition("/")
            key = folder if name in _FILES else document.name
            if key not in chats or _is_json(document):
                chats[key] = document
        for document in chats.values():
            yield self._conversation(document)

    def _conversation(self, document: Document) -> Conversation:
        spoilt: list[int] = []
        entries = _json_lines if _is_json(document) else _paragraphs
        messages = [entry.message(document) for entry in entries(document, spoilt)]
        owner = person(_OWNER) if any(m.sender == person(_OWNER) for m in messages) else None
        return assembled(
            self.facts,
            self.platform,
            document.name.rpartition("/")[0].rpartition("/")[2],
            messages,
            owner=owner,
            gaps=[spoilt_gap(document, spoilt)] if spoilt else [],
        )


def _is_json(document: Document) -> bool:
    return outline(document) >= _KEYS


def _json_lines(document: Document, spoilt: list[int]) -> Iterator[_Entry]:
    return (_json_entry(node, number) for number, node in json_lines(document, spoilt))


def _json_entry(node: Node, number: int) -> _Entry:
    entry = _Entry(
        number,
        node.text("sender"),
        iso_or_local(node.text("date")),
        node.text("body").removesuffix(_LINE_END),
        _unquoted(node.text("quote")),
        [attached(file.text("name")) for file in node.many("attachments")],
    )
    if node.text("sticker"):
        entry.attachments.append(Attachment(node.text("sticker"), Medium.STICKER))
    if node.members.get("edits"):
        entry.notes.append("edited")
    for reaction in node.members.get("reactions") or []:
        if not isinstance(reaction, list) or len(reaction) != 2:
            raise unexpected(node.document, f"{node.pointer}/reactions")
        name, emoji = reaction
        entry.notes.append(clean(f"reaction: {emoji} by {name}"))
    return entry


def _paragraphs(document: Document, spoilt: list[int]) -> Iterator[_Entry]:
    begun: tuple[int, str, str] | None = None
    body: list[str] = []
    for number, raw in lines(document, spoilt):
        line = clean(raw)
        header = HEADER.fullmatch(line)
        if header:
            if begun:
                yield _entry(*begun, body)
            begun, body = (number, header[1], header[2]), [header[3]]
        elif begun:
            body.append(line)
    if begun:
        yield _entry(*begun, body)


def _entry(number: int, date: str, sender: str, body: list[str]) -> _Entry:
    entry = _Entry(
        number, sender, iso_or_local(date.replace(",", "")), "\n".join(body).rstrip("\n")
    )
    while found := _FILE.search(entry.text):
        entry.attachments.insert(0, attached(found[1] or found[2]))
        entry.text = entry.text[: found.start()].removesuffix(_LINE_END)
    if found := _STICKER.search(entry.text):
        entry.attachments.append(Attachment(found[1], Medium.STICKER))
        entry.text = entry.text[: found.start()]
    if found := _REACTIONS.search(entry.text):
        for reaction in found[1].split(", "):
            name, _, emoji = reaction.rpartition(": ")
            entry.notes.append(f"reaction: {emoji} by {name}")
        entry.text = entry.text[: found.start()]
    if found := _QUOTE.search(entry.text):
        entry.quote = _unquoted(found[1])
        entry.text = entry.text[found.end() :]
    entry.text = entry.text.removesuffix(_LINE_END)
    return entry


def _unquoted(quote: str) -> str:
    """The words of a quote, which are the other side's and no part of the message."""
    return re.sub(r"^> ?", "", quote.strip("\n"), flags=re.MULTILINE)
