"""Roblox: the tables of chats and messages that it gives to investigators and to users who ask for their data.

Structure: as a forensic tool (RLEAPP) found it in a return; Roblox publishes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Conversation, Kind, Message, Participant
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._moment import SECOND, epoch, utc
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._table import Row, columns, rows
from throwline.conversation.readers._text import spoilt_gap
from throwline.language import Note

_CHAT = {"ts", "conversation_id", "user_id", "text"}
_SECONDS = "created_time (UTC seconds)"
_MESSAGES = {_SECONDS, "author_id", "recipient_id", "body"}
_PEOPLE_COLUMNS = (
    ("user_id", "name"),
    ("author_id", "author_name"),
    ("recipient_id", "recipient_name"),
)
_MARKS = {
    "is_filtered_o13": "filtered for people over 13",
    "is_filtered_u13": "filtered for people under 13",
    "is_rewritten": "rewritten by the app",
}
_YES = ("true", "1", "yes")


class Roblox:
    """Reads the chat records and the private messages of an account."""

    platform = "roblox"
    facts = Facts(
        title="Roblox (chat records and messages, CSV)",
        known_by="the columns ts, conversation_id, user_id, text, or those of author, recipient, body and the time in "
        "UTC seconds",
        people="By account id, a number that never changes. The account that was asked about is marked in chat records.",
        times="Exact, in UTC.",
        leaves_out=(
            Note("Voice chat, and what was said outside Roblox, is missing."),
            Note("Only the period that was asked for is included."),
        ),
        export_steps=(
            "Sign in to Roblox, open Settings, then Privacy, and request a copy of your data.",
            "Police get fuller records by writing to Roblox's law-enforcement desk.",
            "Give the CSV files, or the zip, here.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its columns."""
        names = columns(document)
        return _CHAT.issubset(names) or _MESSAGES.issubset(names)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation each, private messages by their two people. Raises ReadError."""
        for document in documents:
            spoilt: list[int] = []
            found = list(rows(document, spoilt))
            names = _names(found)
            chats: dict[str, list[Row]] = {}
            for row in found:
                chats.setdefault(row.cell("conversation_id") or _pair(row), []).append(row)
            for thread, own in chats.items():
                recipients = (_who(names, row.cell("recipient_id")) for row in own)
                yield assembled(
                    self.facts,
                    self.platform,
                    own[0].cell("convo_type"),
                    oldest_first([_message(row, names) for row in own]),
                    listed=dict.fromkeys(p for p in recipients if p),
                    thread=thread or None,
                    gaps=[spoilt_gap(document, spoilt)] if spoilt else [],
                )


def _names(found: list[Row]) -> dict[str, str]:
    """Everybody's name by account id: not every row gives it."""
    names: dict[str, str] = {}
    for row in found:
        for number, name in _PEOPLE_COLUMNS:
            if row.cell(name):
                names.setdefault(row.cell(number), row.cell(name))
    return names


def _who(names: dict[str, str], number: str, is_owner: bool | None = None) -> Participant | None:
    return person(names.get(number, ""), number, is_owner)


def _pair(row: Row) -> str:
    return "-".join(sorted((row.cell("author_id"), row.cell("recipient_id"))))


def _message(row: Row, names: dict[str, str]) -> Message:
    """A line of a chat, or a private message."""
    seconds = row.cell(_SECONDS)
    moment = epoch(seconds, SECOND) if seconds else utc(row.cell("ts"))
    number = row.cell("user_id") or row.cell("author_id")
    asked = row.cell("request_user_id")
    return Message(
        number=UNNUMBERED,
        sender=_who(names, number, number == asked if asked else None),
        at=moment.at,
        certainty=moment.certainty,
        text=row.cell("text") or row.cell("body"),
        source=row.document.source,
        place=row.line,
        kind=Kind.NOTICE if _is(row, "is_system_message") else Kind.WRITTEN,
        notes=(*moment.notes, *_notes(row)),
    )


def _notes(row: Row) -> Iterator[str]:
    if row.cell("subject"):
        yield f"subject: {row.cell('subject')}"
    for column, note in _MARKS.items():
        if _is(row, column):
            yield note


def _is(row: Row, column: str) -> bool:
    return row.cell(column).strip().lower() in _YES
