"""Steam: the table that the script Steam-Chat-Log-Export makes of the page "Friend Messages"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Conversation
from throwline.conversation.readers._moment import Moment
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._steam import (
    LEAVES_OUT,
    PEOPLE,
    PLATFORM,
    Entry,
    Side,
    conversations,
)
from throwline.conversation.readers._table import Row, columns, rows
from throwline.conversation.readers._text import spoilt_gap
from throwline.conversation.readers._written import WrittenTimes
from throwline.language import Note

_COLUMNS = ("SenderID", "Sender", "RecipientID", "Recipient", "Time", "Message")
_GUARDED_NUMBER = re.compile(r"'(?=[\d.]+$)")


class SteamCsv:
    """Reads the table."""

    platform = PLATFORM
    facts = Facts(
        title="Steam friend messages (CSV)",
        known_by="the columns SenderID, Sender, RecipientID, Recipient, Time, Message",
        people=PEOPLE,
        times="Clock time in the zone of Steam's page, to the minute: the seconds are made up by the script and left out.",
        leaves_out=(
            *LEAVES_OUT,
            Note("Line breaks within messages were made spaces by the script."),
        ),
        export_steps=(
            "If you can, save Steam's page itself: it is read too.",
            "Otherwise give the CSV file of Steam-Chat-Log-Export here.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its columns."""
        return columns(document) == _COLUMNS

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a friend. Raises ReadError."""
        for document in documents:
            spoilt: list[int] = []
            times = WrittenTimes((), hints, document.name)
            entries = [_entry(row, times) for row in rows(document, spoilt, escape="\\")]
            gaps = [spoilt_gap(document, spoilt)] if spoilt else []
            yield from conversations(self.facts, entries, gaps)


def _entry(row: Row, times: WrittenTimes) -> Entry:
    return Entry(
        _side(row, "Sender"),
        _side(row, "Recipient"),
        _to_the_minute(times.read(row.cell("Time"))),
        _number(row.cell("Message")),
        row.document.source,
        row.line,
    )


def _side(row: Row, column: str) -> Side:
    return Side(_number(row.cell(f"{column}ID")), _number(row.cell(column)))


def _number(cell: str) -> str:
    """The script puts an apostrophe in front of numbers."""
    return _GUARDED_NUMBER.sub("", cell, count=1) if cell.startswith("'") else cell


def _to_the_minute(moment: Moment) -> Moment:
    return moment._replace(at=moment.at and moment.at.replace(second=0))
