"""imessage-exporter's plain text. Structure: its TXT exporter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Attachment, Conversation, Kind, Medium, Message
from throwline.conversation.readers._assembly import UNNUMBERED, assembled
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._imessage_exporter import (
    EVENT,
    EXPORT_STEPS,
    HEADER,
    LEAVES_OUT,
    OWNER,
    PEOPLE,
    PLATFORM,
    TIMES,
    moment,
    sender,
)
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import clean, head_text, lines, spoilt_gap

_FILE = re.compile(r"(?:~?/|attachments/)[^\n]*\.\w{1,5}")
_MISSING_FILE = "Attachment missing!"
_REACTIONS = ("Reactions:", "Tapbacks:")
_REPLY = "This message responded to an earlier message."
_INDENT = "    "


@dataclass
class _Entry:
    """The lines of a message or of an event."""

    line: int
    time: str
    read: str | None
    event: str = ""
    lines: list[str] = field(default_factory=list)


class IMessageExporterText:
    """Reads the text files of imessage-exporter."""

    platform = PLATFORM
    facts = Facts(
        title="iMessage (imessage-exporter, TXT)",
        known_by="lines with a time such as “May 17, 2022  5:29:42 PM”, each followed by a line with a name",
        people=PEOPLE,
        times=TIMES,
        leaves_out=LEAVES_OUT,
        export_steps=EXPORT_STEPS,
    )

    def recognises(self, document: Document) -> bool:
        """By its first lines."""
        first = head_text(document).lstrip("\ufeff\r\n").split("\n", 2)
        time = first[0].rstrip("\r")
        return bool(EVENT.fullmatch(time) and not HEADER.fullmatch(time)) or bool(
            HEADER.fullmatch(time) and len(first) > 1 and first[1].strip()
        )

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a file. Raises ReadError."""
        for document in documents:
            spoilt: list[int] = []
            messages = [_message(document, entry) for entry in _entries(document, spoilt)]
            yield assembled(
                self.facts,
                PLATFORM,
                "",
                messages,
                gaps=[spoilt_gap(document, spoilt)] if spoilt else [],
            )


def _entries(document: Document, spoilt: list[int]) -> list[_Entry]:
    entries: list[_Entry] = []
    blank = True
    for number, raw in lines(document, spoilt):
        line = clean(raw)
        header = HEADER.fullmatch(line) if blank else None
        event = EVENT.fullmatch(line) if blank and not header else None
        if header:
            entries.append(_Entry(number, header[1], header[2]))
        elif event:
            entries.append(_Entry(number, event[1], None, event[2]))
        elif entries:
            entries[-1].lines.append(line)
        blank = not line
    return entries


def _message(document: Document, entry: _Entry) -> Message:
    at = moment(entry.time)
    name, *rest = entry.lines or [""]
    own, notes = _own_lines(rest) if not entry.event else ([], [])
    files = [line for line in own if _FILE.fullmatch(line) or line == _MISSING_FILE]
    words = [line for line in own if line not in files]
    while words and not words[-1]:
        words.pop()
    return Message(
        number=UNNUMBERED,
        sender=None if entry.event else sender(name, name == OWNER),
        at=at.at,
        certainty=at.certainty,
        text=entry.event or "\n".join(words),
        source=document.source,
        place=entry.line,
        attachments=tuple(
            Attachment(None, Medium.UNKNOWN) if file == _MISSING_FILE else attached(file)
            for file in files
        ),
        kind=Kind.NOTICE if entry.event else Kind.WRITTEN,
        notes=(*at.notes, *([entry.read] if entry.read else []), *notes),
    )


def _own_lines(lines: list[str]) -> tuple[list[str], list[str]]:
    """A message's own lines, and what is said about it below them."""
    own: list[str] = []
    notes: list[str] = []
    reactions = False
    for line in lines:
        if line.startswith(_INDENT) and HEADER.fullmatch(line.strip()):
            # Answers are repeated here; each has a place of its own too.
            break
        if line in _REACTIONS:
            reactions = True
        elif line == _REPLY:
            notes.append("reply")
        elif not reactions:
            own.append(line)
        elif line:
            notes.append(f"reaction: {line}")
    return own, notes
