"""Google Chat, as Takeout gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

from throwline.conversation._export import Document, Export
from throwline.conversation._message import (
    Attachment,
    Certainty,
    Conversation,
    Kind,
    Message,
    Participant,
)
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._json import ANY, Node, outline, root, streamed
from throwline.conversation.readers._moment import Moment
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._written import WrittenTimes
from throwline.language import Note

_ZONE = "UTC"
_DELETED = "DELETED"


class GoogleChat:
    """Reads messages.json of every group."""

    platform = "google-chat"
    facts = Facts(
        title="Google Chat (Takeout)",
        known_by='messages with "created_date" and "message_id"',
        people="By e-mail address. The owner is named by user_info.json in the same download.",
        times="Exact, in UTC, to the second.",
        leaves_out=(
            Note("What deleted messages said is missing."),
            Note("Chats with history turned off are missing."),
        ),
        export_steps=(
            "Open takeout.google.com and sign in.",
            "Choose Deselect all, then Google Chat, then Next step and Create export.",
            "Wait for the e-mail, download the zip and give it here as it is.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By the keys of its messages."""
        marks = {("messages", ANY, "created_date"), ("messages", ANY, "message_id")}
        return marks <= outline(document)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a file. Raises ReadError."""
        owner = _owner(export)
        for document in documents:
            others: dict[str, Any] = {}
            found = list(streamed(document, "messages", others))
            dates = [node.text("created_date").removesuffix(_ZONE).strip() for node in found]
            times = WrittenTimes(dates, hints, document.name)
            group = _group(export, document)
            messages = [
                _message(node, _moment(times, date), owner)
                for node, date in zip(found, dates, strict=True)
            ]
            thread = next((n.text("message_id").partition("/")[0] for n in found), "")
            yield assembled(
                self.facts,
                self.platform,
                group.text("name") if group else "",
                oldest_first(messages),
                listed=_members(group, owner),
                thread=thread or None,
                gaps=[times.gap] if times.gap else [],
            )


def _moment(times: WrittenTimes, date: str) -> Moment:
    """The export writes its times for people, in the owner's language, and always in UTC."""
    moment = times.read(date)
    if moment.at is not None and moment.certainty is Certainty.LOCAL:
        return Moment(moment.at.replace(tzinfo=UTC), Certainty.EXACT)
    return moment


def _owner(export: Export) -> str:
    """The owner's e-mail address, where the download names it."""
    for document in export.documents.values():
        if {("user", "email"), ("membership_info",)} <= outline(document):
            user = root(export.companion(document)).one("user")
            return user.text("email") if user else ""
    return ""


def _group(export: Export, document: Document) -> Node | None:
    found = export.beside(document, "group_info.json")
    return root(found) if found else None


def _members(group: Node | None, owner: str) -> Iterator[Participant]:
    for member in group.many("members") if group else ():
        somebody = _who(member, owner)
        if somebody:
            yield somebody


def _who(node: Node | None, owner: str) -> Participant | None:
    if node is None:
        return None
    address = node.text("email")
    return person(node.text("name"), address, address == owner if owner and address else None)


def _message(node: Node, moment: Moment, owner: str) -> Message:
    deleted = node.text("message_state") == _DELETED
    return Message(
        number=UNNUMBERED,
        sender=_who(node.one("creator"), owner),
        at=moment.at,
        certainty=moment.certainty,
        text=node.text("text"),
        source=node.document.source,
        place=node.pointer,
        attachments=tuple(_attachments(node)),
        kind=Kind.NOTICE if deleted and not node.text("text") else Kind.WRITTEN,
        notes=(*moment.notes, *(["deleted"] if deleted else []), *_notes(node)),
    )


def _attachments(node: Node) -> Iterator[Attachment]:
    for file in node.many("attached_files"):
        yield attached(file.text("original_name") or file.text("export_name"))


def _notes(node: Node) -> Iterator[str]:
    quoted = node.one("quoted_message_metadata")
    if quoted and quoted.text("text"):
        yield f"answers: {quoted.text('text')}"
    for reaction in node.many("reactions"):
        emoji = reaction.one("emoji")
        addresses = ", ".join(reaction.texts("reactor_emails"))
        yield f"reaction: {emoji.text('unicode') if emoji else ''} by {addresses}"
