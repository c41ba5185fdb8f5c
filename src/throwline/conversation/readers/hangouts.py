"""Google Hangouts, as Takeout gave it until 2022: one JSON file with every conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from throwline.conversation.readers._json import ANY, Node, outline, streamed
from throwline.conversation.readers._moment import MICROSECOND, epoch
from throwline.conversation.readers._reader import Facts, Hints
from throwline.language import Note

_MEDIA = {"PHOTO": Medium.IMAGE, "ANIMATED_PHOTO": Medium.IMAGE, "VIDEO": Medium.VIDEO}
_EVENTS = {
    "ADD_USER": "joined",
    "REMOVE_USER": "left",
    "RENAME_CONVERSATION": "named the conversation",
    "HANGOUT_EVENT": "call",
}
People = dict[str, Participant]


class Hangouts:
    """Reads Hangouts.json."""

    platform = "hangouts"
    facts = Facts(
        title="Google Hangouts (Takeout)",
        known_by='conversations with "conversation_id" and "events"',
        people="By Google account id (a number that never changes). The owner is marked.",
        times="Exact, in UTC, to the microsecond.",
        leaves_out=(
            Note("Messages that were deleted, or sent with history turned off, are missing."),
            Note("Pictures show by their address only."),
        ),
        export_steps=(
            "Hangouts was closed in 2022: use a Takeout download from before.",
            "Give the zip, or Hangouts.json in it, here.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By the keys of its conversations."""
        paths = outline(document)
        return ("conversations", ANY, "conversation", "conversation_id") in paths

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation each. Raises ReadError."""
        for document in documents:
            others: dict[str, Any] = {}
            for node in streamed(document, "conversations", others):
                outer = node.one("conversation")
                about = outer.one("conversation") if outer else None
                people = _people(about) if about else {}
                yield assembled(
                    self.facts,
                    self.platform,
                    about.text("name") if about else "",
                    oldest_first([_message(event, people) for event in node.many("events")]),
                    listed=people.values(),
                    thread=_thread(outer),
                )


def _thread(outer: Node | None) -> str | None:
    identity = outer.one("conversation_id") if outer else None
    return (identity.text("id") or None) if identity else None


def _people(about: Node) -> People:
    """Everybody by id."""
    own = about.one("self_conversation_state")
    read = own.one("self_read_state") if own else None
    owner = _number(read.one("participant_id")) if read else ""
    people: People = {}
    for entry in about.many("participant_data"):
        number = _number(entry.one("id"))
        phone = entry.one("phone_number")
        name = entry.text("fallback_name") or (phone.text("e164") if phone else "")
        somebody = person(name, number, number == owner if owner else None)
        if somebody:
            people[number] = somebody
    return people


def _number(identity: Node | None) -> str:
    return identity.text("gaia_id") or identity.text("chat_id") if identity else ""


def _message(event: Node, people: People) -> Message:
    moment = epoch(event.members.get("timestamp"), MICROSECOND)
    number = _number(event.one("sender_id"))
    said = event.one("chat_message")
    content = said.one("message_content") if said else None
    renamed = event.one("conversation_rename")
    kind = event.text("event_type")
    text = renamed.text("new_name") if renamed else _text(content)
    return Message(
        number=UNNUMBERED,
        sender=people.get(number) or person(number, number),
        at=moment.at,
        certainty=moment.certainty,
        text=text,
        source=event.document.source,
        place=event.pointer,
        attachments=tuple(_attachments(content)),
        kind=Kind.WRITTEN if said else Kind.NOTICE,
        notes=(*moment.notes, *([] if said else [_EVENTS.get(kind, kind.lower())])),
    )


def _text(content: Node | None) -> str:
    segments = content.many("segment") if content else ()
    return "".join("\n" if s.text("type") == "LINE_BREAK" else s.text("text") for s in segments)


def _attachments(content: Node | None) -> Iterator[Attachment]:
    for attachment in content.many("attachment") if content else ():
        item = attachment.one("embed_item")
        photo = item.one("plus_photo") if item else None
        if photo:
            yield attached(photo.text("url"), _MEDIA.get(photo.text("media_type"), Medium.IMAGE))
        elif item:
            yield Attachment(", ".join(item.texts("type")) or None, Medium.UNKNOWN)
