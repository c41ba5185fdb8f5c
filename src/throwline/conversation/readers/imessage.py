"""iMessage and SMS on Apple devices: chat.db of a Mac, sms.db of an iPhone backup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from throwline.conversation._export import Document, Export
from throwline.conversation._message import (
    Attachment,
    Certainty,
    Conversation,
    Kind,
    Message,
    Participant,
)
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, by_time, person
from throwline.conversation.readers._attachment import typed
from throwline.conversation.readers._database import Database, Row, holds_tables, opened
from throwline.conversation.readers._moment import MICROSECOND, SECOND, Moment, epoch, unusable
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import clean
from throwline.conversation.readers._typedstream import archived_text
from throwline.language import Note

_OWNER = Participant("Me", None, is_owner=True)
_APPLE_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
# Times before iOS 11 and macOS 10.13 count seconds, later ones billionths of a second.
_NANOSECONDS_FROM = 10**11
_PLACEHOLDER = "\ufffc"
"""Stands in a text for each attachment."""
_TABLES = {
    "handle": ("id",),
    "chat": ("guid", "chat_identifier", "service_name", "display_name"),
    "chat_message_join": ("chat_id", "message_id"),
    "chat_handle_join": ("chat_id", "handle_id"),
    "attachment": ("filename", "mime_type", "transfer_name"),
    "message_attachment_join": ("message_id", "attachment_id"),
}
_OLD_COLUMNS = ("guid", "text", "date", "is_from_me", "handle_id")
_MESSAGE_COLUMNS = (
    *_OLD_COLUMNS,
    "attributedBody",
    "item_type",
    "group_title",
    "associated_message_guid",
    "associated_message_type",
    "associated_message_emoji",
    "date_edited",
    "date_retracted",
)
_REACTIONS = (
    "loved",
    "liked",
    "disliked",
    "laughed at",
    "emphasised",
    "questioned",
    "",
    "a sticker",
)
_REACTED = range(2000, 2008)
_TAKEN_BACK = range(3000, 3008)


_CHATS = "SELECT ROWID, guid, chat_identifier, service_name, display_name FROM chat"
_ATTACHMENTS = (
    "SELECT j.message_id, a.transfer_name, a.filename, a.mime_type FROM message_attachment_join j "
    "JOIN attachment a ON a.ROWID = j.attachment_id ORDER BY a.ROWID"
)


@dataclass
class _Chat:
    """What the database says about one chat."""

    title: str = ""
    thread: str | None = None
    platform: str = "imessage"
    people: list[Participant] = field(default_factory=list)
    messages: dict[int | str, Message] = field(default_factory=dict)


class IMessage:
    """Reads chat.db and sms.db."""

    platform = "imessage"
    facts = Facts(
        title="iMessage (chat.db, sms.db)",
        known_by="an SQLite file with the tables message, handle and chat_message_join",
        people="By phone number or e-mail address. The owner's own messages are marked.",
        times="Exact, in UTC.",
        leaves_out=(
            Note("Messages that were deleted, or unsent by either side, are missing or empty."),
            Note(
                "Names of contacts are missing: people show as phone numbers or e-mail addresses."
            ),
            Note("What an edited message said before is not shown."),
        ),
        export_steps=(
            "On a Mac, quit Messages and open the folder Library/Messages in your home folder.",
            "Copy chat.db, and chat.db-wal and chat.db-shm if they are there, and give chat.db here.",
            "From an iPhone, make an unencrypted backup on a computer; the file is called "
            "3d0d7e5fb2ce288813306e4d4636395e047a3d28.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its tables."""
        return holds_tables(document, "chat_message_join", "associated_message_guid", "is_from_me")

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a chat. Raises ReadError."""
        for document in documents:
            with opened(document) as database:
                chats = _chats(document, database)
                gaps = [_log_gap(document)] if database.has_log else []
            for chat in chats:
                yield assembled(
                    self.facts,
                    chat.platform,
                    chat.title,
                    by_time(list(chat.messages.values())),
                    listed=chat.people,
                    thread=chat.thread,
                    gaps=gaps,
                )


def _chats(document: Document, database: Database) -> list[_Chat]:
    """Every chat with its messages. Messages that belong to none make one chat for each person."""
    there = database.require("message", *_OLD_COLUMNS)
    for table, columns in _TABLES.items():
        database.require(table, *columns)
    people = {
        row["ROWID"]: person(_words(row["id"]), _words(row["id"]), is_owner=False)
        for row in database.rows("SELECT ROWID, id FROM handle")
    }
    chats: dict[object, _Chat] = {row["ROWID"]: _chat(row) for row in database.rows(_CHATS)}
    for row in database.rows("SELECT chat_id, handle_id FROM chat_handle_join"):
        somebody = people.get(row["handle_id"])
        if somebody and row["chat_id"] in chats:
            chats[row["chat_id"]].people.append(somebody)
    attachments = _attachments(database)
    reactions: list[tuple[_Chat, Row, Message]] = []
    for row in database.rows(_messages_query(there)):
        sender = _OWNER if row["is_from_me"] else people.get(row["handle_id"])
        key = row["chat_id"] if row["chat_id"] in chats else ("nobody's", row["handle_id"])
        chat = chats.setdefault(key, _Chat())
        message = _message(document, row, sender, attachments.get(row["ROWID"], ()))
        if row["associated_message_type"] in (*_REACTED, *_TAKEN_BACK):
            reactions.append((chat, row, message))
        else:
            chat.messages[_words(row["guid"]) or message.place] = message
    for chat, row, message in reactions:
        _note_reaction(chat, row, message)
    return [chat for chat in chats.values() if chat.messages]


def _words(value: object) -> str:
    return "" if value is None else str(value)


def _chat(row: Row) -> _Chat:
    service = _words(row["service_name"]).lower()
    return _Chat(
        _words(row["display_name"]) or _words(row["chat_identifier"]),
        _words(row["guid"]) or None,
        service if service in ("sms", "rcs") else IMessage.platform,
    )


def _messages_query(there: frozenset[str]) -> str:
    """All messages with their chats; columns that this version of the database has not are empty."""
    columns = ", ".join(
        f"m.{name}" if name in there else f"NULL AS {name}" for name in _MESSAGE_COLUMNS
    )
    return (
        f"SELECT j.chat_id, m.ROWID AS ROWID, {columns} FROM message m "  # noqa: S608 - names from above
        "LEFT JOIN chat_message_join j ON j.message_id = m.ROWID ORDER BY m.ROWID"
    )


def _attachments(database: Database) -> dict[int, tuple[Attachment, ...]]:
    """The attachments of each message, by its row."""
    found: dict[int, tuple[Attachment, ...]] = {}
    for row in database.rows(_ATTACHMENTS):
        name = _words(row["transfer_name"]) or _words(row["filename"])
        attachment = typed(name, _words(row["mime_type"]))
        found[row["message_id"]] = (*found.get(row["message_id"], ()), attachment)
    return found


def _message(
    document: Document, row: Row, sender: Participant | None, attachments: tuple[Attachment, ...]
) -> Message:
    moment = _moment(row["date"])
    text, notes = _text(row)
    # Lines of the app: somebody was added or left, the group was named.
    by_app = bool(row["item_type"]) or (bool(row["date_retracted"]) and not text)
    return Message(
        number=UNNUMBERED,
        sender=sender,
        at=moment.at,
        certainty=moment.certainty,
        text=text,
        source=document.source,
        place=f"/message/{row['ROWID']}",
        attachments=attachments,
        kind=Kind.NOTICE if by_app else Kind.WRITTEN,
        notes=(*moment.notes, *notes),
    )


def _moment(value: object) -> Moment:
    if not value:
        return Moment(None, Certainty.NONE)
    if not isinstance(value, int):
        return unusable(value)
    if abs(value) < _NANOSECONDS_FROM:
        return epoch(value, SECOND, _APPLE_EPOCH)
    return epoch(value // 1000, MICROSECOND, _APPLE_EPOCH)


def _text(row: Row) -> tuple[str, list[str]]:
    """The words of a message without the places of its attachments, and what is to be noted about it."""
    notes = ["edited"] if row["date_edited"] else []
    if row["date_retracted"]:
        notes.append("unsent")
    text = _words(row["text"])
    archived = row["attributedBody"]
    if not text and isinstance(archived, bytes):
        found = archived_text(archived)
        if found is None:
            notes.append("its text is kept in a form that could not be read")
        text = clean(found or "")
    return (text or _words(row["group_title"])).replace(_PLACEHOLDER, ""), notes


def _note_reaction(chat: _Chat, row: Row, message: Message) -> None:
    """Puts a reaction into the notes of the message that it is about; one about no message stays as a notice."""
    number = row["associated_message_type"]
    name = _words(row["associated_message_emoji"]) or _REACTIONS[number % 1000]
    who = message.sender.name if message.sender else "somebody"
    verb = "reaction taken back" if number in _TAKEN_BACK else "reaction"
    # "p:0/GUID", "bp:GUID" or the guid alone.
    about = _words(row["associated_message_guid"]).rpartition("/")[2].rpartition(":")[2]
    target = chat.messages.get(about)
    if target:
        chat.messages[about] = replace(target, notes=(*target.notes, f"{verb}: {name} by {who}"))
    else:
        key = _words(row["guid"]) or message.place
        chat.messages[key] = replace(message, kind=Kind.NOTICE, notes=(f"{verb}: {name}",))


def _log_gap(document: Document) -> Note:
    return Note(
        "The newest messages may stand in a file beside {name} whose name ends in “-wal”, which is not read: quit Messages "
        "before copying.",
        name=document.name,
    )
