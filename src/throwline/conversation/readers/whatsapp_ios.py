"""WhatsApp's own database on iPhones and Macs: ChatStorage.sqlite, out of a backup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from throwline.conversation._export import Document, Export
from throwline.conversation._message import (
    Attachment,
    Certainty,
    Conversation,
    Kind,
    Medium,
    Message,
    Participant,
)
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, by_time, person
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._database import Database, Row, holds_tables, opened
from throwline.conversation.readers._moment import MICROSECOND, Moment, epoch, unusable
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers.whatsapp import WhatsApp
from throwline.language import Note

_APPLE_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
_OWNER = Participant("Me", None, is_owner=True)
_BY_NUMBER = "@s.whatsapp.net"
# What ZMESSAGETYPE means, as public readers of the database list it (KnugiHK/WhatsApp-Chat-Exporter, abrignoni/iLEAPP).
_WORDS_ONLY = (0, 7)
_BY_APP = (6, 10)
_DELETED = 14
_MEDIA = {
    1: Medium.IMAGE,
    2: Medium.VIDEO,
    3: Medium.VOICE,
    4: Medium.FILE,
    8: Medium.FILE,
    11: Medium.IMAGE,
    15: Medium.STICKER,
}
_PLACE = 5
_SESSION = ("Z_PK", "ZCONTACTJID", "ZPARTNERNAME")
_MESSAGE = ("Z_PK", "ZCHATSESSION", "ZISFROMME", "ZMESSAGEDATE", "ZMESSAGETYPE", "ZTEXT")
_MORE = {
    "ZWAMESSAGE": ("ZFROMJID", "ZTOJID", "ZGROUPMEMBER", "ZMEDIAITEM", "ZPUSHNAME"),
    "ZWAMEDIAITEM": ("ZMEDIALOCALPATH", "ZTITLE", "ZVCARDNAME", "ZLATITUDE", "ZLONGITUDE"),
    "ZWAGROUPMEMBER": ("ZMEMBERJID", "ZCONTACTNAME", "ZFIRSTNAME"),
}


@dataclass
class _Chat:
    """A chat of the database."""

    title: str
    thread: str | None
    people: list[Participant] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)


class WhatsAppIos:
    """Reads ChatStorage.sqlite."""

    platform = WhatsApp.platform
    facts = Facts(
        title="WhatsApp on iPhone and Mac (ChatStorage.sqlite)",
        known_by="an SQLite file with the tables ZWAMESSAGE and ZWACHATSESSION",
        people="By phone number, with the name that the phone knows. The owner's own messages are marked.",
        times="Exact, in UTC.",
        leaves_out=(
            Note("Messages that were deleted are missing, or only marked as deleted."),
            Note("Reactions and who read what are not read from the database."),
        ),
        export_steps=(
            "Make an unencrypted backup of the iPhone on a computer.",
            "Take the file 7c7fba66680ef796b916b067077cc246adacf01d out of it: it is ChatStorage.sqlite.",
            "Or, on a Mac with WhatsApp, take ChatStorage.sqlite from Library/Group Containers in your home folder.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its tables."""
        return holds_tables(document, "ZWAMESSAGE", "ZWACHATSESSION")

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a chat that has messages. Raises ReadError."""
        for document in documents:
            with opened(document) as database:
                chats = _Storage(document, database).chats()
                gaps = [_log_gap(document)] if database.has_log else []
            for chat in chats:
                yield assembled(
                    self.facts,
                    self.platform,
                    chat.title,
                    by_time(chat.messages),
                    listed=chat.people,
                    thread=chat.thread,
                    gaps=gaps,
                )


class _Storage:
    """One database being read."""

    def __init__(self, document: Document, database: Database) -> None:
        self._document = document
        self._database = database
        self._names: dict[str, str] = {}
        self._members: dict[object, Row] = {}
        self._media: dict[object, Row] = {}

    def chats(self) -> list[_Chat]:
        """Every chat that has messages; those of no chat are put together by whom they were exchanged with."""
        self._database.require("ZWACHATSESSION", *_SESSION)
        self._database.require("ZWAMESSAGE", *_MESSAGE)
        chats: dict[object, _Chat] = {}
        for row in self._rows("ZWACHATSESSION", _SESSION):
            account, name = _words(row["ZCONTACTJID"]), _words(row["ZPARTNERNAME"])
            if name:
                self._names.setdefault(account, name)
            chats[row["Z_PK"]] = _Chat(name or account, account or None)
        self._members = self._by_key("ZWAGROUPMEMBER")
        self._media = self._by_key("ZWAMEDIAITEM")
        for row in self._rows("ZWAMESSAGE", (*_MESSAGE, *_MORE["ZWAMESSAGE"])):
            account = _words(row["ZTOJID"] if row["ZISFROMME"] else row["ZFROMJID"])
            chat = chats.get(row["ZCHATSESSION"])
            if chat is None:
                chat = chats.setdefault(account, _Chat(account, account or None))
            chat.messages.append(self._message(row, chat))
        found = [chat for chat in chats.values() if chat.messages]
        for chat in found:
            partner = self._person(chat.thread or "")
            if partner and _is_person(chat.thread):
                chat.people.append(partner)
        return found

    def _rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """The rows of a table; columns that this version of the database has not are empty."""
        there = self._database.require(table)
        wanted = ", ".join(name if name in there else f"NULL AS {name}" for name in columns)
        return self._database.rows(f"SELECT {wanted} FROM {table} ORDER BY Z_PK")  # noqa: S608 - names from above

    def _by_key(self, table: str) -> dict[object, Row]:
        """The rows of a table that other rows point to; none where this version of the database has no such table."""
        tables = self._database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not any(row["name"] == table for row in tables):
            return {}
        return {row["Z_PK"]: row for row in self._rows(table, ("Z_PK", *_MORE[table]))}

    def _message(self, row: Row, chat: _Chat) -> Message:
        kind = row["ZMESSAGETYPE"]
        moment = _moment(row["ZMESSAGEDATE"])
        media = self._media.get(row["ZMEDIAITEM"], {})
        text = _words(row["ZTEXT"])
        if not text and kind in _MEDIA:
            text = _words(media.get("ZTITLE"))
        return Message(
            UNNUMBERED,
            None if kind in _BY_APP else self._sender(row, chat),
            moment.at,
            moment.certainty,
            text,
            self._document.source,
            f"/ZWAMESSAGE/{row['Z_PK']}",
            tuple(_attachments(kind, media)),
            Kind.NOTICE if kind in _BY_APP else Kind.WRITTEN,
            (*moment.notes, *_notes(kind, media)),
        )

    def _sender(self, row: Row, chat: _Chat) -> Participant | None:
        if row["ZISFROMME"]:
            return _OWNER
        member = self._members.get(row["ZGROUPMEMBER"])
        if member:
            account = _words(member["ZMEMBERJID"])
            name = _words(member["ZCONTACTNAME"]) or _words(member["ZFIRSTNAME"])
            return self._person(account, name or _words(row["ZPUSHNAME"]))
        account = _words(row["ZFROMJID"]) or chat.thread or ""
        return self._person(account, _words(row["ZPUSHNAME"])) if _is_person(account) else None

    def _person(self, account: str, name: str = "") -> Participant | None:
        """Somebody by account: a phone number where it is one. The first name that the phone knows is kept."""
        if name:
            self._names.setdefault(account, name)
        number, by_number, _ = account.partition(_BY_NUMBER)
        shown = f"+{number}" if by_number and number.isdecimal() else account
        return person(self._names.get(account, shown), shown, is_owner=False)


def _words(value: object) -> str:
    return "" if value is None else str(value)


def _is_person(account: str | None) -> bool:
    """Whether an account is somebody's, and not a group's, a list's or a channel's."""
    return bool(account) and str(account).endswith((_BY_NUMBER, "@lid"))


def _moment(value: object) -> Moment:
    """Seconds since 2001 in UTC."""
    if not value:
        return Moment(None, Certainty.NONE)
    if not isinstance(value, int | float):
        return unusable(value)
    try:
        return epoch(round(value * 1_000_000), MICROSECOND, _APPLE_EPOCH)
    except (OverflowError, ValueError):
        return unusable(value)


def _attachments(kind: object, media: Row) -> Iterator[Attachment]:
    medium = _MEDIA.get(kind) if isinstance(kind, int) else None
    path = _words(media.get("ZMEDIALOCALPATH"))
    if medium is Medium.FILE:
        yield attached(
            path or _words(media.get("ZTITLE")) or _words(media.get("ZVCARDNAME")), medium
        )
    elif medium or path:
        yield attached(path, medium)


def _notes(kind: object, media: Row) -> Iterator[str]:
    if kind == _DELETED:
        yield Note("deleted")
    elif kind == _PLACE:
        yield f"location: {media.get('ZLATITUDE')}, {media.get('ZLONGITUDE')}"
    elif kind not in (*_WORDS_ONLY, *_BY_APP, *_MEDIA):
        yield f"a message of the app's kind {_words(kind)[:20]!a}"


def _log_gap(document: Document) -> Note:
    return Note(
        "The newest messages may stand in a file beside {name} whose name ends in “-wal”, which is not read: "
        "make a backup and take the file from it.",
        name=document.name,
    )
