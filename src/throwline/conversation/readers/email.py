"""E-mail as mail programs save it: single messages (.eml, .msg) and whole mailboxes (.mbox), headers kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser

from throwline.conversation._export import Document, Export, ReadError, reading
from throwline.conversation._message import (
    Attachment,
    Certainty,
    Conversation,
    Message,
    Participant,
)
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, by_time, person
from throwline.conversation.readers._attachment import typed
from throwline.conversation.readers._moment import Moment, unusable
from throwline.conversation.readers._outlook import is_outlook, saved_by_outlook
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import clean, head_text
from throwline.language import Note

_KEPT = (
    *("subject", "from", "sender", "reply-to", "return-path", "to", "cc", "delivered-to"),
    *("received", "authentication-results", "x-originating-ip", "message-id"),
)
"""The headers that tell where a message came from; they become its notes, in the order they stand in."""
_HEADER = re.compile(r"([!-9;-~]{1,60}):(?:\s|$)")
_SURE = frozenset(
    {"received", "message-id", "return-path", "mime-version", "date", "subject", "to"}
)
_FEWEST_HEADERS = 3
_MBOX_LINE = re.compile(rb"From [^\s]*.*\d{4}")
_SEPARATOR = re.compile(rb"From \S+.*\d\d:\d\d.*\d{4}|From \S+.*\d{4}.*\d\d:\d\d")
_LONGEST_SEPARATOR = 200
_REPLY = re.compile(r"^(?:(?:re|aw|fw|fwd|wg|sv|tr|rv|res)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_IDENTIFIER = re.compile(r"<[^<>\s]+>")
_LARGEST = 64 * 1024**2
"""Of a larger message only the beginning is read: what follows is the rest of its attachments."""
_CUT = "the rest of its attachments was not read, for its size"
_LONGEST_LINE = 1024**2
_LONGEST_HEADER = 10_000
_UNDECODABLE = (LookupError, ValueError, TypeError, AttributeError, MessageError, RecursionError)
"""What the standard library's e-mail package raises on headers and bodies that are not as they should be."""


class EMail:
    """Reads messages and mailboxes, one conversation a thread."""

    platform = "email"
    facts = Facts(
        title="E-mail (.eml, .mbox, Outlook's .msg)",
        known_by="header lines such as From, Date, Received and Message-ID, a mailbox of such messages, or a compound file "
        "with the properties of a message",
        people="By the address in From, which the sender can forge: Received, Return-Path and Authentication-Results in "
        "the notes tell more.",
        times="Exact as the sender's computer gave it, which may be wrong. The Received lines have the servers' times.",
        leaves_out=(
            Note(
                "The sender's name, address and time can be forged: trust the Received lines of your own provider."
            ),
            Note("Words inside pictures and attached files are not read."),
        ),
        export_steps=(
            "Open the message on a computer. Gmail: three dots, Download message. Outlook: three dots, Download.",
            "In older Outlook for Windows, drag the message to the desktop, or choose Save as: that gives a .msg file.",
            "Apple Mail and Thunderbird: choose Save as, and keep the format that holds the whole source.",
            "Do not forward it: that loses the lines that tell where it came from.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """Whether it begins with the headers of a message, or with a mailbox's "From " line and headers, or is a message
        that Outlook saved."""
        if is_outlook(document):
            return True
        first, *others = head_text(document).lstrip("\ufeff\r\n").split("\n")[:200]
        if first.startswith("From "):
            return _MBOX_LINE.match(first.encode()) is not None and _begins(others)
        return _begins([first, *others])

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a thread, all documents together, in the order of their first messages. Raises ReadError."""
        threads = _Threads()
        for document in documents:
            if is_outlook(document):
                threads.add(_letter(document, *saved_by_outlook(document)))
                continue
            for place, raw, cut in _messages(document):
                notes = (_CUT,) if cut else ()
                threads.add(_letter(document, place, _parsed(document, raw), notes))
        yield from threads.conversations()


def _begins(lines: Iterable[str]) -> bool:
    """Whether the lines begin with headers of e-mail, "From" among them."""
    names: set[str] = set()
    for line in lines:
        if line[:1] in (" ", "\t") and names:
            continue
        header = _HEADER.match(line)
        if header is None:
            break
        names.add(header[1].lower())
    return "from" in names and len(names) >= _FEWEST_HEADERS and not names.isdisjoint(_SURE)


def _messages(document: Document) -> Iterator[tuple[int, bytes, bool]]:
    """The messages of a document: the line each begins at, its bytes, and whether it was cut for its size."""
    with reading(document.name), document.open() as stream:
        parts: list[bytes] = []
        place, size, blank = 1, 0, True
        mailbox = document.head.lstrip(b"\xef\xbb\xbf\r\n").startswith(b"From ")
        number = 0
        while line := stream.readline(_LONGEST_LINE):
            number += 1
            if mailbox and blank and _SEPARATOR.match(line[:_LONGEST_SEPARATOR]):
                if parts:
                    yield place, b"".join(parts), size > _LARGEST
                parts, place, size = [], number, 0
            elif size <= _LARGEST:
                size += len(line)
                parts.append(line)
            blank = not line.strip()
        if parts:
            yield place, b"".join(parts), size > _LARGEST


@dataclass(frozen=True)
class _Letter:
    """A message with what tells its thread."""

    message: Message
    identifier: str
    answers: tuple[str, ...]
    subject: str
    others: tuple[Participant, ...]


class _Threads:
    """Letters, put together by the identifiers that they name."""

    def __init__(self) -> None:
        self._letters: list[tuple[str, _Letter]] = []
        self._leads: dict[str, str] = {}

    def add(self, letter: _Letter) -> None:
        """One more; it joins the threads of all that it answers."""
        key = letter.identifier or f"{letter.message.sender} {letter.subject}"
        for answered in letter.answers:
            self._leads[self._root(key)] = self._root(answered)
        self._letters.append((key, letter))

    def _root(self, key: str) -> str:
        while (lead := self._leads.get(key, key)) != key:
            self._leads[key] = self._leads.get(lead, lead)
            key = lead
        return key

    def conversations(self) -> Iterator[Conversation]:
        """The threads, in the order of their first letters."""
        threads: dict[str, list[_Letter]] = {}
        for key, letter in self._letters:
            threads.setdefault(self._root(key), []).append(letter)
        for root, letters in threads.items():
            senders = dict.fromkeys(each.message.sender for each in letters if each.message.sender)
            others = dict.fromkeys(somebody for each in letters for somebody in each.others)
            yield assembled(
                EMail.facts,
                EMail.platform,
                letters[0].subject or "E-mail without a subject",
                by_time([letter.message for letter in letters]),
                listed=[*senders, *others],
                thread=root if root.startswith("<") else None,
            )


def _parsed(document: Document, raw: bytes) -> Mail:
    try:
        return BytesParser().parsebytes(raw)
    except RecursionError as error:
        raise ReadError(
            Note("{name} has a message nested deeper than any can be.", name=document.name)
        ) from error


def _letter(document: Document, place: int | str, mail: Mail, more: tuple[str, ...]) -> _Letter:
    sender = _addresses(mail, "from")
    recipients = _addresses(mail, "to", "cc")
    moment = _moment(mail)
    text, attachments, links = _content(mail)
    notes = [*moment.notes, *_headers(mail), *links]
    if {each.identifier for each in sender} & {each.identifier for each in recipients}:
        notes.append("the sender's address is the recipient's own")
    notes += more
    return _Letter(
        Message(
            UNNUMBERED,
            sender[0] if sender else None,
            moment.at,
            moment.certainty,
            text,
            document.source,
            place,
            attachments,
            notes=tuple(notes),
        ),
        next(iter(_IDENTIFIER.findall(_header(mail, "message-id"))), ""),
        tuple(_IDENTIFIER.findall(f"{_header(mail, 'references')} {_header(mail, 'in-reply-to')}")),
        _REPLY.sub("", _header(mail, "subject")),
        tuple(recipients),
    )


def _raw(mail: Mail, *names: str) -> Iterator[tuple[str, str]]:
    """The headers of those names, or all, as they stand there: bytes beyond ASCII are UTF-8 or show as U+FFFD, and what
    is longer than any header is cut."""
    for name, value in mail.raw_items():
        if not names or name.lower() in names:
            raw = str(value)[:_LONGEST_HEADER].encode("utf-8", "surrogateescape")
            yield name, raw.decode("utf-8", "replace")


def _header(mail: Mail, name: str) -> str:
    """A header's text, decoded and on one line; "" where there is none."""
    return next((_decoded(value) for _, value in _raw(mail, name)), "")


def _decoded(value: str) -> str:
    """A header's text on one line, its encoded words decoded where that gives anything."""
    text = value
    with suppress(*_UNDECODABLE):
        text = str(make_header(decode_header(value))) or value
    return clean(" ".join(text.split()))


def _headers(mail: Mail) -> Iterator[str]:
    for name, value in _raw(mail):
        if name.lower() in _KEPT:
            yield f"{clean(name)}: {_decoded(value)}"


def _addresses(mail: Mail, *names: str) -> list[Participant]:
    """Who stands in the headers `names`. The owner is whom the message was delivered to, where that is said."""
    delivered = {address.lower() for _, address in _pairs(mail, "delivered-to")}
    found = []
    for shown, address in _pairs(mail, *names):
        is_owner = True if address.lower() in delivered and "from" not in names else None
        somebody = person(_decoded(shown), clean(address) or None, is_owner)
        if somebody:
            found.append(somebody)
    return found


def _pairs(mail: Mail, *names: str) -> list[tuple[str, str]]:
    values = [value for _, value in _raw(mail, *names)]
    with suppress(*_UNDECODABLE):
        return getaddresses(values)
    return []


def _moment(mail: Mail) -> Moment:
    written = next((value for _, value in _raw(mail, "date")), "")
    try:
        at = parsedate_to_datetime(written)
        # "-0000" gives UTC as well, only not where the sender is (RFC 5322, section 3.3).
        return Moment(at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC), Certainty.EXACT)
    except (*_UNDECODABLE, OverflowError):
        return unusable(clean(written))


def _content(mail: Mail) -> tuple[str, tuple[Attachment, ...], tuple[str, ...]]:
    """The text of a message (that of its plain part, or of its HTML where there is no other), what is attached, and the
    addresses behind its links as notes."""
    plain: list[str] = []
    page = _Page()
    attachments = []
    for part in mail.walk():
        kind, name = _kind(part), _name(part)
        if part.is_multipart():
            continue
        if name is None and kind == "text/plain":
            plain.append(_text(part))
        elif name is None and kind == "text/html":
            page.feed(_text(part))
        else:
            attachments.append(typed(name or "", kind))
    page.close()
    written = "\n".join(plain)
    links = tuple(f"link: {address}" for address in dict.fromkeys(page.links))
    return (written if written.strip() else page.text()), tuple(attachments), links


def _kind(part: Mail) -> str:
    with suppress(*_UNDECODABLE):
        return part.get_content_type()
    return "application/octet-stream"


def _name(part: Mail) -> str | None:
    """The file name of an attachment, "" if it has none; None for what is part of the message itself."""
    with suppress(*_UNDECODABLE):
        name = part.get_filename()
        if name is not None:
            return _decoded(name)
        return "" if part.get_content_disposition() == "attachment" else None
    return ""


def _text(part: Mail) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    with suppress(*_UNDECODABLE):
        return _lined(raw.decode(part.get_content_charset("utf-8"), "replace"))
    return _lined(raw.decode("utf-8", "replace"))


def _lined(text: str) -> str:
    return clean(text.replace("\r\n", "\n")).rstrip("\n")


class _Page(HTMLParser):
    """The words of an HTML message, and the addresses behind its links."""

    _BLOCKS = frozenset(
        {
            *("p", "div", "br", "hr", "pre", "blockquote", "table", "tr", "ul", "ol", "li"),
            *("h1", "h2", "h3", "h4", "h5", "h6"),
        }
    )
    _UNSEEN = frozenset({"script", "style", "head", "title", "template"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self._parts: list[str] = []
        self._unseen = 0

    def text(self) -> str:
        """The words, each block on lines of its own."""
        lines = [
            re.sub("[ \t\r\f]+", " ", line).strip(" ") for line in "".join(self._parts).split("\n")
        ]
        return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in self._UNSEEN
        if tag in self._BLOCKS:
            self._parts.append("\n")
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.links.append(clean(address))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._UNSEEN and self._unseen:
            self._unseen -= 1
        elif tag in self._BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(clean(data.replace("\n", " ")))

    # Some broken declarations and references make the standard library's parser fail: what was read before is kept.
    def feed(self, data: str) -> None:
        with suppress(AssertionError, ValueError):
            super().feed(data)

    def close(self) -> None:
        with suppress(AssertionError, ValueError):
            super().close()
