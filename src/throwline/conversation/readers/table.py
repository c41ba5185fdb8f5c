"""Any table or JSON lines whose columns the person has named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Conversation, Message
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._json import json_lines
from throwline.conversation.readers._moment import MILLISECOND, SECOND, Moment, epoch, iso_or_local
from throwline.conversation.readers._reader import Columns, Facts, Hints
from throwline.conversation.readers._table import columns, rows
from throwline.conversation.readers._text import head_text, spoilt_gap
from throwline.conversation.readers._written import WrittenTimes
from throwline.language import Note

_DELIMITERS = ",;\t|"
_DIGITS_OF_SECONDS = 10

Cells = dict[str, str]


class Table:
    """Reads what stands in the columns."""

    platform = "unknown"
    facts = Facts(
        title="Any table (CSV) or JSON lines, with its columns named",
        known_by="the columns that are named with `--columns sender=From,at=Date,text=Body`",
        people="By what stands in the column for the sender.",
        times="Exact where they have an offset or count from 1970 (seconds or milliseconds); else clock time without a "
        "zone, the order of day and month found out or asked.",
        leaves_out=(Note("Only the columns that were named were read."),),
        export_steps=(
            "Look at the first line of the file: it names the columns.",
            "Say which of them hold the sender, the time and the text. Only the text must be there.",
        ),
    )

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def recognises(self, document: Document) -> bool:
        """By the named columns in its first line."""
        return self._delimiter(document) is not None or self._is_json(document)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a file. Raises ReadError."""
        for document in documents:
            spoilt: list[int] = []
            found = list(self._entries(document, spoilt))
            written = (self._cell(cells, self._columns.at) for _, cells in found)
            times = WrittenTimes(written, hints, document.name)
            gaps = [times.gap] if times.gap else []
            if spoilt:
                gaps.append(spoilt_gap(document, spoilt))
            messages = [self._message(document, line, cells, times) for line, cells in found]
            yield assembled(self.facts, self.platform, "", oldest_first(messages), gaps=gaps)

    def _delimiter(self, document: Document) -> str | None:
        named = set(self._columns.names)
        return next((d for d in _DELIMITERS if named <= set(columns(document, d))), None)

    def _is_json(self, document: Document) -> bool:
        first = head_text(document).split("\n", 1)[0]
        with suppress(ValueError, RecursionError):
            value = json.loads(first)
            return isinstance(value, dict) and set(self._columns.names) <= value.keys()
        return False

    def _entries(self, document: Document, spoilt: list[int]) -> Iterator[tuple[int, Cells]]:
        delimiter = self._delimiter(document)
        if delimiter:
            for row in rows(document, spoilt, delimiter=delimiter):
                yield row.line, row.cells
        else:
            for line, node in json_lines(document, spoilt):
                yield line, {name: node.text(name) for name in self._columns.names}

    def _message(self, document: Document, line: int, cells: Cells, times: WrittenTimes) -> Message:
        moment = _moment(self._cell(cells, self._columns.at), times)
        return Message(
            number=UNNUMBERED,
            sender=person(self._cell(cells, self._columns.sender)),
            at=moment.at,
            certainty=moment.certainty,
            text=cells.get(self._columns.text, ""),
            source=document.source,
            place=line,
            notes=moment.notes,
        )

    @staticmethod
    def _cell(cells: Cells, column: str | None) -> str:
        return cells.get(column, "").strip() if column else ""


def _moment(written: str, times: WrittenTimes) -> Moment:
    if written.isdecimal():
        return epoch(written, SECOND if len(written) <= _DIGITS_OF_SECONDS else MILLISECOND)
    standard = iso_or_local(written)
    return times.read(written) if standard.at is None else standard
