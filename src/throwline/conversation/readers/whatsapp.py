"""WhatsApp: the text that "Export chat" gives, alone or in a zip with its media."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import PurePosixPath

from throwline.conversation._export import Document, Export, ReadError
from throwline.conversation._message import (
    Attachment,
    Certainty,
    Conversation,
    Kind,
    Medium,
    Message,
    Participant,
)
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._clock import clock_time
from throwline.conversation.readers._dates import DateOrders, FoundOrder, of_another_calendar
from throwline.conversation.readers._phone import phone_number
from throwline.conversation.readers._reader import DateOrder, Facts, Hints
from throwline.conversation.readers._sigexport import is_sigexport
from throwline.conversation.readers._text import head_text, lines, spoilt_gap
from throwline.conversation.readers._whatsapp_layout import Layout, layout_of
from throwline.conversation.readers._whatsapp_words import bare, unmarked, words
from throwline.language import Note

_HEAD_LINES = 400
_MARK = "\u200e"
"""What the app puts before words of its own."""
_LONGEST_NAME = 100
_LONGEST_NOTICE = 250
_LONGEST_LINE = 80
_OPENING = 5
"""Among so many first messages stands the notice that opens a chat."""
_QUOTES = re.compile(r'["“”„«»「」]')
_ANGLED_FILE = re.compile(r"<\s?(?P<word>[^<>:\n]{1,40}):\s?(?P<name>[^<>\n]{1,250}?)\s?>")
_LEADING_FILE = re.compile(r"(?P<name>\S[^\n]{0,250}\.\w{2,5}) [<(](?P<word>[^<>()\n]{1,40})[>)]")
_EDITED = re.compile(r"<([^<>\n]{3,60})>\s*\Z")
_NAMED_DAY = re.compile(
    r"\d{8}-[A-Z]+-(\d{4})-(\d\d)-(\d\d)-\d\d-\d\d-\d\d|(?:IMG|VID|AUD|PTT|STK|DOC)-(\d{4})(\d\d)(\d\d)-WA\d+"
)
_AMERICAN = re.compile(r"\d{1,2}/\d{1,2}/\d{2}")


class WhatsApp:
    """Reads the exported text in every layout that phones write it in."""

    platform = "whatsapp"
    facts = Facts(
        title="WhatsApp chat export (.txt, or .zip with media)",
        known_by="lines that begin with a date and a time in one layout, followed by “Name: text” or the app's own words",
        people="By the name saved on the phone that made the export, the name they gave themselves (“~ Name”), or the "
        "phone number where none was saved.",
        times="The clock of the phone that made the export, without a time zone. The order of day and month is that "
        "phone's, and is found out or asked.",
        leaves_out=(
            Note(
                "WhatsApp exports only the newest part of a long chat (about 40,000 messages without media, 10,000 with it)."
            ),
            Note("Messages that were deleted are missing, or only a line says that there was one."),
            Note("Reactions, what was sent to be viewed once, and who read what are not exported."),
        ),
        export_steps=(
            "Open the chat in WhatsApp.",
            "Android: tap the three dots, More, Export chat. iPhone: tap the name at the top, Export chat.",
            "Choose “Without media”: the words are enough, and no picture leaves the phone.",
            "Save the file where Throwline can open it, such as the Files app.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """Whether it begins with lines of one WhatsApp layout, somebody speaking in one of them."""
        head = head_text(document).split("\n")[:_HEAD_LINES]
        layout = layout_of(head)
        if layout is None or is_sigexport(head):
            return False
        matches = [layout.header.match(line) for line in head if line.strip()]
        speaking = sum(_speaks(match) for match in matches if match)
        return speaking >= (1 if matches[0] else 3)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a document, in the order of the file."""
        for document in documents:
            yield _Transcript(document, export, hints).conversation()


def _speaks(match: re.Match[str]) -> bool:
    rest = match.string[match.end() :].rstrip("\r")
    return ": " in rest or rest.endswith(":") or words().is_notice(rest)


@dataclass(slots=True)
class _Speaker:
    """Somebody with messages. `more` follows the name in all of them so far, as if it were part of it."""

    participant: Participant
    more: str | None
    count: int = 1


class _Clock:
    """Turns written dates and times into moments, each spelling once."""

    def __init__(self, order: FoundOrder) -> None:
        self._order = order
        self._dates: dict[str, tuple[date | None, Certainty]] = {}
        self._times: dict[str, time | None] = {}

    def moment(self, written: str, clock: str) -> tuple[datetime | None, Certainty] | None:
        """The time and its certainty; None where there is no such date, so that the line cannot begin a message."""
        known = self._dates.get(written)
        if known is None:
            known = self._dates[written] = self._date(written)
        day, certainty = known
        if day is None:
            return None if certainty is not Certainty.NONE else (None, certainty)
        try:
            hour = self._times[clock]
        except KeyError:
            hour = self._times[clock] = clock_time(clock)
        if hour is None:
            return None, Certainty.NONE
        return datetime.combine(day, hour), certainty

    def _date(self, written: str) -> tuple[date | None, Certainty]:
        day, assumed = self._order.read(written)
        if day is None and of_another_calendar(written):
            return None, Certainty.NONE
        return day, Certainty.ASSUMED if assumed else Certainty.LOCAL


class _Transcript:
    """One export being read."""

    def __init__(self, document: Document, export: Export, hints: Hints) -> None:
        self._document = document
        self._layout = _layout(document)
        self._ios = self._layout.closing == "]"
        self._order = _date_order(document, self._layout, hints.date_order)
        self._partner, self._title = _names(document, export)
        self._speakers: dict[str, _Speaker | None] = {}
        self._messages: list[Message] = []
        self._gaps: list[Note] = [self._order.gap] if self._order.gap else []
        self._marked = 0
        self._quoted = 0
        self._latest: datetime | None = None
        self._backwards = 0
        self._backwards_from = 0
        self._app_lines = words().lines

    def conversation(self) -> Conversation:
        self._read()
        if not self._messages:
            raise ReadError(
                Note("{name} holds no message: export the chat again.", name=self._document.name)
            )
        messages = self._with_whole_names()
        participants = tuple(dict.fromkeys(m.sender for m in messages if m.sender is not None))
        return Conversation(
            identifier="",
            platform=WhatsApp.platform,
            title=self._title or ", ".join(p.name for p in participants[:4]) or "WhatsApp chat",
            participants=participants,
            messages=messages,
            gaps=(*WhatsApp.facts.leaves_out, *self._gaps),
        )

    def _read(self) -> None:
        clock = _Clock(self._order)
        header = self._layout.header.match
        before = impossible = 0
        spoilt: list[int] = []
        begun: tuple[int, str, datetime | None, Certainty, str] | None = None
        more: list[str] = []
        for number, line in lines(self._document, spoilt):
            match = header(line)
            moment = clock.moment(match["date"], match["time"]) if match else None
            if match and moment:
                if begun:
                    self._add(*begun, more)
                    more = []
                begun = (number, line, *moment, line[match.end() :])
            elif begun:
                more.append(line)
                impossible += match is not None
            else:
                before += bool(line.strip())
        if begun:
            self._add(*begun, _without_blank_end(more))
        self._say(before, impossible, spoilt)

    def _add(
        self,
        place: int,
        line: str,
        at: datetime | None,
        certainty: Certainty,
        rest: str,
        more: list[str],
    ) -> None:
        name, first = _split(rest)
        speaker = self._speaker(name, first, rest) if name else None
        if speaker is None:
            first = rest
        text = "\n".join((first, *more)) if more else first
        sender = speaker.participant if speaker else None
        attachments: tuple[Attachment, ...] = ()
        kind = Kind.WRITTEN if speaker else Kind.NOTICE
        notes: tuple[str, ...] = ()
        if self._ios and len(self._messages) < _OPENING and words().is_notice(text):
            kind, speaker, sender = Kind.NOTICE, None, None
        if at is None:
            written = line[: len(line) - len(rest)].strip()
            notes = (Note("the export writes its time as “{written}”", written=written),)
        else:
            if self._latest is not None and at < self._latest:
                self._backwards += 1
                self._backwards_from = self._backwards_from or place
            self._latest = at
        if speaker and self._may_be_the_apps(text):
            attachments, own = _attachments(text), _own(text)
            notes += own
            if not attachments and not own:
                kind, sender, attachments = self._unexplained(line, text, speaker)
        self._messages.append(
            Message(
                len(self._messages) + 1,
                sender,
                at,
                certainty,
                text,
                self._document.source,
                place,
                attachments,
                kind,
                notes,
            )
        )

    def _may_be_the_apps(self, text: str) -> bool:
        """Whether the app may have had its hand in a text; it has not in the most."""
        return (
            "<" in text
            or _MARK in text
            or ")" in text
            or (len(text) < _LONGEST_LINE and text.casefold() in self._app_lines)
        )

    def _unexplained(
        self, line: str, text: str, speaker: _Speaker
    ) -> tuple[Kind, Participant | None, tuple[Attachment, ...]]:
        """What a message is in which the app may have had its hand, but which is nothing sent along, changed or deleted."""
        own, marked = bare(text), text.startswith(_MARK)
        if own in words().calls or (marked and own.startswith(words().calls)):
            return Kind.NOTICE, speaker.participant, ()
        if not (self._ios and marked):
            return Kind.WRITTEN, speaker.participant, ()
        # iPhones put the app's lines under the chat's or somebody's name, with a mark before them.
        if words().is_notice(text) or own.startswith(bare(speaker.participant.name)):
            return Kind.NOTICE, None, ()
        if "\n" in text or "://" in text or len(text) > _LONGEST_NOTICE:
            return Kind.WRITTEN, speaker.participant, ()
        if line.startswith(_MARK):
            return Kind.WRITTEN, speaker.participant, (Attachment(None, Medium.UNKNOWN),)
        self._marked += 1
        return Kind.NOTICE, None, ()

    def _speaker(self, name: str, first: str, rest: str) -> _Speaker | None:
        """Who is named before the first colon of a line; None where the colon belongs to the app's own words."""
        try:
            speaker = self._speakers[name]
        except KeyError:
            speaker = self._speakers[name] = self._new_speaker(name, first, rest)
            return speaker
        if speaker is not None:
            speaker.count += 1
            if speaker.more is not None and not first.startswith(f"{speaker.more}: "):
                speaker.more = None
        return speaker

    def _new_speaker(self, name: str, first: str, rest: str) -> _Speaker | None:
        shown = unmarked(name).strip()
        is_notice = not self._ios and words().is_notice(rest)
        if not shown or len(shown) > _LONGEST_NAME or is_notice:
            return None
        if len(_QUOTES.findall(shown)) % 2 == 1:
            self._quoted += 1
            return None
        more, colon, _ = first.partition(": ")
        follows = bool(colon) and 0 < len(more) <= _LONGEST_NAME and more.isprintable()
        is_owner = False if shown == self._partner else None
        participant = Participant(shown, phone_number(shown), is_owner)
        return _Speaker(participant, more if follows else None)

    def _with_whole_names(self) -> tuple[Message, ...]:
        """The messages, where a name holds a colon with the whole name as the sender."""
        longer: dict[Participant, tuple[Participant, int]] = {}
        for speaker in self._speakers.values():
            if speaker and speaker.more is not None and speaker.count > 1:
                short = speaker.participant
                name = f"{short.name}: {speaker.more}"
                longer[short] = (replace(short, name=name), len(speaker.more) + 2)
                self._gaps.append(
                    Note(
                        "Every message under “{name}” goes on with “{rest}:”, "
                        "which was taken for part of the name: “{whole}”.",
                        name=short.name,
                        rest=speaker.more,
                        whole=name,
                    )
                )
        if not longer:
            return tuple(self._messages)
        return tuple(
            self._under(*longer[m.sender], m) if m.sender in longer else m for m in self._messages
        )

    def _under(self, whole: Participant, taken: int, message: Message) -> Message:
        text = message.text[taken:]
        named = replace(message, sender=whole, text=text)
        if not self._may_be_the_apps(text):
            return named
        notes = (*message.notes, *_own(text))
        return replace(named, attachments=_attachments(text), notes=notes)

    def _say(self, before: int, impossible: int, spoilt: list[int]) -> None:
        if before:
            self._gaps.append(
                Note("{count} line(s) before the first message were left out.", count=before)
            )
        if impossible:
            self._gaps.append(
                Note(
                    "{count} line(s) look like the beginning of a message, but there is no such date: "
                    "they were kept as text of the message before them.",
                    count=impossible,
                )
            )
        if self._quoted:
            self._gaps.append(
                Note(
                    "{count} time(s) a quotation mark is open where a name would end, and the line was taken for a "
                    "notice of the app.",
                    count=self._quoted,
                )
            )
        if self._marked:
            self._gaps.append(
                Note(
                    "{count} line(s) carry the mark that WhatsApp puts before words of its own, and were taken for "
                    "notices of the app although they stand under a name.",
                    count=self._marked,
                )
            )
        if self._backwards:
            self._gaps.append(
                Note(
                    "The clock runs backwards {count} time(s), first at line {line}: "
                    "the messages are in the order of the file.",
                    count=self._backwards,
                    line=self._backwards_from,
                )
            )
        if spoilt:
            self._gaps.append(spoilt_gap(self._document, spoilt))


def _layout(document: Document) -> Layout:
    layout = layout_of(islice(head_text(document).split("\n"), _HEAD_LINES))
    if layout is None:
        raise ReadError(
            Note("{name} does not begin like a WhatsApp chat: export it again.", name=document.name)
        )
    return layout


def _date_order(document: Document, layout: Layout, hint: DateOrder | None) -> FoundOrder:
    """Look through the export until its dates can mean one thing only."""
    orders = DateOrders()
    header = layout.header.match
    for _, line in lines(document, []):
        match = header(line)
        if match is None:
            continue
        written, rest = match["date"], line[match.end() :]
        orders.see(written)
        if layout.after and _AMERICAN.fullmatch(written) and match["time"].endswith(("AM", "PM")):
            orders.see_habit(DateOrder.MONTH_FIRST)
        if orders.settled:
            break
        _see_apps_words(orders, written, rest)
    return orders.found(hint, document.name)


def _see_apps_words(orders: DateOrders, written: str, rest: str) -> None:
    """What file names and the app's language in a first line tell about the order of its date."""
    _, text = _split(rest)
    orders.see_language(words().order_told_by(text))
    for attachment in _attachments(text):
        found = _NAMED_DAY.search(attachment.name or "")
        if found:
            with suppress(ValueError):
                year, month, day = (int(part) for part in found.groups() if part)
                orders.see_named(written, date(year, month, day))


def _split(rest: str) -> tuple[str | None, str]:
    """The name before a line's first colon, None where there is none, and what follows it."""
    name, colon, text = rest.partition(": ")
    if colon:
        return name, text
    # A message to be viewed once leaves "Name:" or "Name:." behind.
    for ending in (":", ":."):
        if rest.endswith(ending) and rest.count(":") == 1:
            return rest.removesuffix(ending), ending[1:]
    return None, rest


def _attachments(text: str) -> tuple[Attachment, ...]:
    shown = unmarked(text)
    first = shown.partition("\n")[0]
    named = [
        attached(found["name"], Medium.STICKER if "-STICKER-" in found["name"] else None)
        for found in (_LEADING_FILE.match(first), *_ANGLED_FILE.finditer(shown))
        if found and (bare(found["word"]) in words().attached or _NAMED_DAY.search(found["name"]))
    ]
    if named:
        return tuple(named)
    for part in (shown, first, text.rpartition(_MARK)[2]):
        medium = words().omitted.get(bare(part))
        if medium is not None:
            return (Attachment(None, medium),)
    return ()


def _own(text: str) -> tuple[str, ...]:
    notes = []
    if bare(text) in words().deleted:
        notes.append("deleted")
    edited = _EDITED.search(text)
    if edited and bare(edited[1]) in words().edited:
        notes.append("edited")
    first, line_end, _ = text.partition("\n")
    if line_end and bare(first).removesuffix(":") in words().polls:
        notes.append("poll")
    return tuple(notes)


def _without_blank_end(more: list[str]) -> list[str]:
    while more and not more[-1]:
        more.pop()
    return more


def _names(document: Document, export: Export) -> tuple[str | None, str | None]:
    """The other person's name, where the export is named after a chat with one, and the chat's title."""
    path = PurePosixPath(document.name)
    stem = path.stem
    if stem == "_chat":
        stem = path.parent.name.removesuffix(".zip") or export.path.stem
    for title in words().titles:
        start, end = title.split("{}")
        if stem.startswith(start) and stem.endswith(end) and len(stem) > len(start + end):
            name = stem[len(start) : len(stem) - len(end)]
            return name, name
    return None, None if stem == "_chat" else stem
