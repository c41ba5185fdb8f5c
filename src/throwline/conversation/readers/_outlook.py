"""A message as Outlook saves it (.msg, MS-OXMSG): its properties turned into an e-mail with the headers it came with."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message as Mail
from email.parser import Parser
from email.utils import format_datetime
from typing import NamedTuple

from throwline.conversation._export import Document, ReadError
from throwline.conversation.readers._compound import SIGNATURE, Compound, CompoundError
from throwline.language import Note

_LARGEST = 128 * 1024**2
_LONGEST = 64 * 1024**2
"""So many bytes of a message's text are read, and so many of its other properties and parts:"""
_LONG = 64 * 1024
_MOST_PARTS = 1000
_PROPERTIES = "/__properties_version1.0"
# Numbers of properties: MS-OXPROPS, section 2.
_HEADERS, _SUBJECT, _BODY, _HTML, _RTF = 0x007D, 0x0037, 0x1000, 0x1013, 0x1009
_SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS = 0x0C1A, 0x5D01, 0x0C1F
_MESSAGE_ID, _REFERENCES, _ANSWERED = 0x1035, 0x1039, 0x1042
_SENT, _DELIVERED = 0x0039, 0x0E06
_NAME, _ADDRESS, _SMTP, _ROLE = 0x3001, 0x3003, 0x39FE, 0x0C15
_FILE, _SHORT_FILE, _TYPE = 0x3707, 0x3704, 0x370E
_CODE_PAGES = (0x3FFD, 0x3FDE)
_LATIN = "cp1252"
_TEXT, _TEXT_8_BIT, _BYTES = 0x001F, 0x001E, 0x0102
_TOP, _INSIDE = 32, 8
"""So many bytes stand before the first property of a message, and of what is in it (MS-OXMSG, section 2.4.1)."""
_START = datetime(1601, 1, 1, tzinfo=UTC)
_PART = re.compile(r"(/__(recip|attach)_version1\.0_#[0-9A-Fa-f]{8})/__properties_version1\.0")
_ROLES = {2: "Cc", 3: "Bcc"}
_ADDRESSED = re.compile(r"[^\s<>@]+@[^\s<>@]+")


class Saved(NamedTuple):
    """A message, the stream that its text was read from, and what its notes should say about how it was saved."""

    place: str
    mail: Mail
    notes: tuple[str, ...]


def is_outlook(document: Document) -> bool:
    """Whether it is a message that Outlook saved, and no other compound file. Raises ReadError."""
    if not document.head.startswith(SIGNATURE) or document.size > _LARGEST:
        return False
    try:
        return _PROPERTIES in Compound(document.read()).paths
    except CompoundError:
        return False


def saved_by_outlook(document: Document) -> Saved:
    """The message with its headers. Raises ReadError."""
    try:
        return _Properties(Compound(document.read())).saved()
    except CompoundError as error:
        raise ReadError(
            Note("{name} is damaged: save the message again.", name=document.name)
        ) from error


class _Properties:
    """What a compound file says of a message."""

    def __init__(self, compound: Compound) -> None:
        self._compound = compound
        page = next(filter(None, map(self._number, _CODE_PAGES)), 0)
        self._encoding = _encoding(page)

    def saved(self) -> Saved:
        body, html = self._text(_BODY, most=_LONGEST), self._html()
        headers = self._headers()
        notes = []
        if headers is None:
            headers = self._made_headers()
            notes.append("Outlook kept no internet headers: where it came from cannot be told")
        if not (body or html) and self._path("", _RTF, _BYTES):
            notes.append("its text is there as RTF only, which is not read: save it as .eml")
        headers["Content-Type"] = "multipart/mixed"
        headers.set_payload([*self._written(body, html), *self._attached()])
        place = self._path("", _HTML) if html and not body else self._path("", _BODY)
        return Saved(place or _PROPERTIES, headers, tuple(notes))

    def _headers(self) -> Mail | None:
        """Those that the message came with, without what they say about parts that Outlook has put asunder."""
        kept = self._text(_HEADERS, most=_LONGEST).lstrip()
        if kept.startswith("Microsoft Mail Internet Headers"):
            kept = kept.partition("\n")[2]
        mail = Parser().parsestr(kept, headersonly=True)
        for name in set(mail.keys()):
            if name.lower().startswith("content-"):
                del mail[name]
        return mail if mail.keys() else None

    def _made_headers(self) -> Mail:
        mail = Mail()
        for name, value in self._told():
            if value.strip():
                mail[name] = " ".join(value.split())
        return mail

    def _told(self) -> Iterator[tuple[str, str]]:
        addresses = (self._text(each) for each in (_SENDER_SMTP, _SENDER_ADDRESS))
        yield "From", _mailbox(self._text(_SENDER_NAME), *addresses)
        for below in self._parts("recip"):
            role = _ROLES.get(self._number(_ROLE, below), "To")
            addresses = (self._text(each, below) for each in (_SMTP, _ADDRESS))
            yield role, _mailbox(self._text(_NAME, below), *addresses)
        yield "Subject", self._text(_SUBJECT)
        at = self._time(_SENT) or self._time(_DELIVERED)
        yield "Date", format_datetime(at) if at else ""
        yield "Message-ID", self._text(_MESSAGE_ID)
        yield "References", self._text(_REFERENCES)
        yield "In-Reply-To", self._text(_ANSWERED)

    def _written(self, body: str, html: str) -> Iterator[Mail]:
        for kind, text in (("plain", body), ("html", html)):
            if text:
                part = Mail()
                part["Content-Type"] = f'text/{kind}; charset="utf-8"'
                part.set_payload(text.encode("utf-8", "replace"))
                yield part

    def _attached(self) -> Iterator[Mail]:
        for below in self._parts("attach"):
            part = Mail()
            part["Content-Type"] = self._text(_TYPE, below) or "application/octet-stream"
            name = self._text(_FILE, below) or self._text(_SHORT_FILE, below)
            part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
            yield part

    def _parts(self, kind: str) -> list[str]:
        found = filter(None, map(_PART.fullmatch, self._compound.paths))
        return sorted(part[1] for part in found if part[2] == kind)[:_MOST_PARTS]

    def _html(self) -> str:
        raw = self._compound.stream(self._path("", _HTML, _BYTES) or "", _LONGEST)
        return (
            self._text(_HTML, most=_LONGEST)
            if raw is None
            else raw.decode(self._encoding, "replace")
        )

    def _text(self, number: int, below: str = "", most: int = _LONG) -> str:
        wide = self._compound.stream(self._path(below, number, _TEXT) or "", most)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._compound.stream(self._path(below, number, _TEXT_8_BIT) or "", most)
        return (narrow or b"").decode(self._encoding, "replace").rstrip("\0")

    def _path(self, below: str, number: int, *kinds: int) -> str | None:
        """The stream of a property, None where there is none of those kinds."""
        paths = (
            f"{below}/__substg1.0_{number:04X}{kind:04X}"
            for kind in kinds or (_TEXT, _TEXT_8_BIT, _BYTES)
        )
        return next((path for path in paths if path in self._compound.paths), None)

    def _number(self, number: int, below: str = "") -> int:
        return self._fixed(number, 0x0003, below) & 0xFFFFFFFF

    def _time(self, number: int) -> datetime | None:
        try:
            at = _START + timedelta(microseconds=self._fixed(number, 0x0040, "") // 10)
        except OverflowError:
            return None
        return at if at > _START else None

    def _fixed(self, number: int, kind: int, below: str) -> int:
        """A property of eight bytes or less, 0 where there is none."""
        raw = self._compound.stream(below + _PROPERTIES, _LONG) or b""
        begin = _INSIDE if below else _TOP
        for at in range(begin, len(raw) - 15, 16):
            tag, _, value = struct.unpack_from("<IIQ", raw, at)
            if tag == number << 16 | kind:
                return int(value)
        return 0


def _encoding(page: int) -> str:
    encoding = "utf-8" if page == 65001 else f"cp{page}"
    try:
        "".encode(encoding)
    except LookupError:
        return _LATIN
    return encoding


def _mailbox(name: str, *addresses: str) -> str:
    """Somebody as From and To name them; Exchange's own addresses are no use outside of it."""
    address = next(filter(_ADDRESSED.fullmatch, (*addresses, name)), "")
    shown = name.replace("\\", "").replace('"', "'")
    if not address:
        return f'"{shown}" <>' if shown else ""
    return f'"{shown}" <{address}>' if shown != address else address
