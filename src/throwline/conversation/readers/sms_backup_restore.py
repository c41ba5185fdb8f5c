"""Android text messages as the app "SMS Backup & Restore" writes them (XML)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from throwline.conversation._export import Document, Export, ReadError, reading
from throwline.conversation._message import Attachment, Conversation, Message, Participant
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first
from throwline.conversation.readers._attachment import typed
from throwline.conversation.readers._moment import MILLISECOND, epoch
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import REPLACEMENT, clean, encoding_of, head_text
from throwline.language import Note

Attributes = dict[str, str]

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FIRST_ELEMENT = re.compile(r"<([A-Za-z_][\w.-]*)")
_CHUNK = 1024**2
_LONGEST_TOKEN = 64 * 1024**2
"""More text than this without the end of a tag is no backup: pictures are taken out before."""
_NULL = ("", "null")
_NO_CONTACT = ("", "null", "(Unknown)")
_PUNCTUATION = re.compile(r"[\s().\-]+")
# Sources of the codes: Android's Telephony.TextBasedSmsColumns and BaseMmsColumns (MESSAGE_TYPE_*, MESSAGE_BOX_*), and
# PduHeaders for the addresses of an MMS.
_RECEIVED = "1"
_STATES = {
    "3": "draft, not sent",
    "4": "waiting to be sent",
    "5": "sending failed",
    "6": "waiting to be sent",
}
_FROM = "137"
_OWN_ADDRESS = "insert-address-token"
_OWNER = Participant("Me", None, is_owner=True)


class SmsBackupRestore:
    """Reads SMS and MMS, streamed; the pictures inside are passed over."""

    platform = "sms"
    facts = Facts(
        title="SMS Backup & Restore (.xml)",
        known_by="XML whose outermost element is “smses”",
        people="By phone number, with the contact's name where one was saved. The phone's owner is “Me”.",
        times="Exact, in UTC: when the phone sent or received the message.",
        leaves_out=(
            Note("A backup holds only the messages that were still on the phone when it was made."),
            Note(
                "Chat (RCS) messages are in it only where the phone keeps them among its text messages."
            ),
        ),
        export_steps=(
            "Install “SMS Backup & Restore” from the phone's app store, and open it.",
            "Tap Set up a backup, choose Messages only, and leave media out.",
            "Choose a place that you can open, such as the phone itself, and tap Back up now.",
            "Take the file whose name begins with “sms”.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """Whether its first XML element is "smses"."""
        head = head_text(document).lstrip("\ufeff \t\r\n")
        if not head.startswith("<"):
            return False
        first = _FIRST_ELEMENT.search(_COMMENT.sub("", head))
        return first is not None and first[1] == "smses"

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation for each address or group of addresses, in the order of their first messages."""
        for document in documents:
            yield from _Backup(document).conversations()


@dataclass
class _Mms:
    """A multimedia message whose parts and addresses are being read."""

    attributes: Attributes
    place: int
    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    sender: str | None = None


class _Backup:
    """One file being read."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._threads: dict[tuple[str, ...], list[Message]] = {}
        self._names: dict[str, str] = {}
        self._mms: _Mms | None = None
        self._announced = ""
        self._found = 0
        self._broken: Note | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def conversations(self) -> Iterator[Conversation]:
        self._parse()
        gaps = tuple(self._gaps())
        for key, messages in self._threads.items():
            people = [self._named(Participant(address, address, is_owner=False)) for address in key]
            named = [replace(m, sender=self._named(m.sender)) if m.sender else m for m in messages]
            yield assembled(
                SmsBackupRestore.facts,
                SmsBackupRestore.platform,
                ", ".join(person.name for person in people) or "Text messages",
                oldest_first(named),
                listed=people,
                thread="~".join(key) or None,
                gaps=gaps,
            )

    def _named(self, person: Participant) -> Participant:
        """`person` with the contact's name, which any message of the backup may have told."""
        name = self._names.get(person.identifier or "")
        return replace(person, name=name) if name else person

    def _gaps(self) -> Iterator[Note]:
        if self._broken:
            yield self._broken
        if self._announced.isdecimal() and int(self._announced) != self._found:
            yield Note(
                "The backup says that it holds {said} messages; {count} are there.",
                said=int(self._announced),
                count=self._found,
            )

    def _parse(self) -> None:
        fed = 0
        try:
            for text in _readable(self._document):
                self._parser.Parse(text, False)
                fed += len(text)
                if fed - self._parser.CurrentByteIndex > _LONGEST_TOKEN:
                    raise ReadError(
                        Note(
                            "{name} has a message longer than any can be.", name=self._document.name
                        )
                    )
            self._parser.Parse("", True)
        except expat.ExpatError as error:
            self._broken = Note(
                "{name} breaks off or is damaged at line {line}: messages after that are missing.",
                name=self._document.name,
                line=error.lineno,
            )
            if not self._found:
                raise ReadError(
                    Note(
                        "{name} breaks off or is damaged at line {line}: make the backup again.",
                        name=self._document.name,
                        line=error.lineno,
                    )
                ) from error

    def _refuse_doctype(self, *declared: object) -> None:
        raise ReadError(
            Note(
                "{name} declares entities of its own, which no backup does: it is not read.",
                name=self._document.name,
            )
        )

    def _start(self, element: str, attributes: Attributes) -> None:
        attributes = {name: clean(value) for name, value in attributes.items()}
        if element == "smses":
            self._announced = attributes.get("count", "")
        elif element == "sms":
            self._add_sms(attributes)
        elif element == "mms":
            self._mms = _Mms(attributes, self._parser.CurrentLineNumber)
        elif self._mms and element == "part":
            _add_part(self._mms, attributes)
        elif self._mms and element == "addr" and attributes.get("type") == _FROM:
            self._mms.sender = attributes.get("address")

    def _end(self, element: str) -> None:
        if element == "mms" and self._mms:
            self._add_mms(self._mms)
            self._mms = None

    def _add_sms(self, sms: Attributes) -> None:
        key = self._key(sms)
        kind = sms.get("type", "")
        sender = key[0] if kind == _RECEIVED and key else None
        body = sms.get("body", "")
        notes = (
            ["the backup writes “null”: there was no text, or that word"] if body == "null" else []
        )
        text = "" if notes else body
        self._add(sms, key, sender, kind, text, self._parser.CurrentLineNumber, (), notes)

    def _add_mms(self, mms: _Mms) -> None:
        key = self._key(mms.attributes)
        kind = mms.attributes.get("msg_box", "")
        sender, *notes = _mms_sender(mms, key) if kind == _RECEIVED else (None,)
        text = "\n".join(mms.texts)
        self._add(mms.attributes, key, sender, kind, text, mms.place, tuple(mms.attachments), notes)

    def _key(self, attributes: Attributes) -> tuple[str, ...]:
        """The addresses of a message's thread; what its only contact is called is remembered."""
        key = tuple(
            sorted({_plain(a) for a in attributes.get("address", "").split("~") if a not in _NULL})
        )
        contact = attributes.get("contact_name", "")
        if len(key) == 1 and contact not in _NO_CONTACT:
            self._names.setdefault(key[0], contact)
        return key

    def _add(
        self,
        attributes: Attributes,
        key: tuple[str, ...],
        sender: str | None,
        kind: str,
        text: str,
        place: int,
        attachments: tuple[Attachment, ...],
        own_notes: Iterable[str],
    ) -> None:
        """Add a message from the address `sender`; None is the phone's owner, "" somebody whom the backup does not name."""
        self._found += 1
        moment = epoch(attributes.get("date"), MILLISECOND)
        notes = [*moment.notes, *own_notes]
        subjects = (attributes.get("subject", ""), attributes.get("sub", ""))
        notes += [f"subject: {subject}" for subject in subjects if subject not in _NULL]
        if kind in _STATES:
            notes.append(_STATES[kind])
        person = _OWNER if sender is None else Participant(sender, sender, is_owner=False)
        self._threads.setdefault(key, []).append(
            Message(
                UNNUMBERED,
                None if sender == "" else person,
                moment.at,
                moment.certainty,
                text,
                self._document.source,
                place,
                attachments,
                notes=tuple(notes),
            )
        )


def _mms_sender(mms: _Mms, key: tuple[str, ...]) -> tuple[str, ...]:
    """The address that a received message came from ("" where the backup does not tell), and what is to note about it."""
    named = "" if mms.sender in (None, *_NULL, _OWN_ADDRESS) else _plain(str(mms.sender))
    alone = key[0] if len(key) == 1 and _is_number(key[0]) else ""
    if alone and named and alone != named:
        return alone, f"the message itself names {named} as its sender"
    return (alone or named,)


def _plain(address: str) -> str:
    """A phone number without what people put between its digits; any other address as it is."""
    stripped = _PUNCTUATION.sub("", address)
    return stripped if _is_number(stripped) else address.strip()


def _is_number(address: str) -> bool:
    return address.lstrip("+").isdecimal()


def _add_part(mms: _Mms, part: Attributes) -> None:
    kind = part.get("ct", "")
    if kind == "application/smil":
        return
    text = part.get("text", "")
    if kind == "text/plain" and text not in _NULL:
        mms.texts.append(text)
    elif kind != "text/plain":
        names = (part.get(key, "") for key in ("cl", "name", "fn"))
        mms.attachments.append(typed(next((n for n in names if n not in _NULL), ""), kind))


def _readable(document: Document) -> Iterator[str]:
    """The document's text in pieces that an XML parser takes, line by line as it was.

    Base64 is left out, and references to what XML knows no character for are put right: half surrogates are joined
    ("&#55357;&#56837;" is one emoji), everything else shows as U+FFFD.
    """
    encoding, mark = encoding_of(document.head)
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    without_data, with_characters = _WithoutData(), _WithCharacters()
    with reading(document.name), document.open() as stream:
        stream.read(mark)
        while raw := stream.read(_CHUNK):
            yield with_characters.feed(without_data.feed(decoder.decode(raw)))
    tail = decoder.decode(b"", True)
    yield with_characters.feed(without_data.feed(tail) + without_data.rest, last=True)


class _WithoutData:
    """Takes the value of "data" out of every "part" tag, but for its line ends.

    "<" cannot stand in an attribute's value, so "<part" is a tag wherever it is met.
    """

    _TAG = "<part"
    _NEXT = re.compile("[\"'>]")
    _IS_DATA = re.compile(r"(?:^|\s)data\s*=\s*\Z")
    _LONGEST_NAME = 40

    def __init__(self) -> None:
        self.rest = ""
        """What the next piece completes."""
        self._step: Callable[[str, int, list[str]], int | None] = self._outside
        self._quote = ""
        self._kept = True

    def feed(self, text: str) -> str:
        text = self.rest + text
        out: list[str] = []
        at: int | None = 0
        self.rest = ""
        while at is not None and at < len(text):
            at = self._step(text, at, out)
        return "".join(out)

    def _outside(self, text: str, at: int, out: list[str]) -> int | None:
        found = text.find(self._TAG, at)
        if found < 0:
            self._wait(text, at, max(at, len(text) - len(self._TAG) + 1), out)
            return None
        end = found + len(self._TAG)
        out.append(text[at:end])
        self._step = self._in_tag
        return end

    def _in_tag(self, text: str, at: int, out: list[str]) -> int | None:
        found = self._NEXT.search(text, at)
        if found is None:
            self._wait(text, at, max(at, len(text) - self._LONGEST_NAME), out)
            return None
        out.append(text[at : found.end()])
        if found[0] == ">":
            self._step = self._outside
        else:
            before = text[max(at, found.start() - self._LONGEST_NAME) : found.start()]
            self._quote, self._kept = found[0], self._IS_DATA.search(before) is None
            self._step = self._in_value
        return found.end()

    def _in_value(self, text: str, at: int, out: list[str]) -> int | None:
        found = text.find(self._quote, at)
        end = len(text) if found < 0 else found
        out.append(text[at:end] if self._kept else "\n" * text.count("\n", at, end))
        if found < 0:
            return None
        out.append(self._quote)
        self._step = self._in_tag
        return found + 1

    def _wait(self, text: str, at: int, until: int, out: list[str]) -> None:
        """Give out the text `until` where something may begin that the next piece completes."""
        out.append(text[at:until])
        self.rest = text[until:]


class _WithCharacters:
    """Replaces references and characters that XML forbids."""

    _HIGH = r"&#(55(?:29[6-9]|[3-9]\d\d)|56(?:[0-2]\d\d|3[01]\d)|x[Dd][89ABab][0-9A-Fa-f]{2});"
    _LOW = r"&#(56(?:3[2-9]\d|[4-9]\d\d)|57(?:[0-2]\d\d|3[0-3]\d|34[0-3])|x[Dd][C-Fc-f][0-9A-Fa-f]{2});"
    _PAIR = re.compile(_HIGH + _LOW)
    _FORBIDDEN = re.compile(
        "&#(x[0-9A-Fa-f]{1,6}|[0-9]{1,7});|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    )
    _UNFINISHED = re.compile(rf"(?:{_HIGH})?(?:&(?:#\w{{0,7}})?)?\Z")
    _LONGEST = 24
    """No unfinished pair is longer."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, text: str, *, last: bool = False) -> str:
        text = self._rest + text
        unfinished = self._UNFINISHED.search(text, max(len(text) - self._LONGEST, 0))
        cut = len(text) if last or unfinished is None else unfinished.start()
        self._rest = text[cut:]
        return self._FORBIDDEN.sub(_allowed, self._PAIR.sub(_joined, text[:cut]))


def _joined(pair: re.Match[str]) -> str:
    high, low = _code(pair[1]), _code(pair[2])
    return f"&#{0x10000 + ((high - 0xD800) << 10) + low - 0xDC00};"


def _allowed(found: re.Match[str]) -> str:
    if found[1] is None:
        return REPLACEMENT
    code = _code(found[1])
    allowed = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return found[0] if allowed or 0x10000 <= code < 0x110000 else REPLACEMENT


def _code(number: str) -> int:
    return int(number[1:], 16) if number.startswith("x") else int(number)
