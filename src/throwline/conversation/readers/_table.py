"""Tables out of foreign files: comma-separated values by the names of their columns, each row with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from throwline.conversation._export import Document, ReadError
from throwline.conversation.readers._text import clean, head_text, lines
from throwline.language import Note

_TABLES = 16
"""The names of so many are kept: one reader after the other asks for the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what stands in each column, and the line it begins at, counted from 1."""

    document: Document
    line: int
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        """What stands in the column, "" where the table has no such column."""
        return self.cells.get(column, "")


@lru_cache(maxsize=_TABLES)
def columns(document: Document, delimiter: str = ",") -> tuple[str, ...]:
    """The names in the first line of a document; empty where it is no row of a table."""
    first = head_text(document).split("\n", 1)[0].rstrip("\r")
    if delimiter not in first:
        return ()
    try:
        names = next(csv.reader([first], strict=True, delimiter=delimiter))
        return tuple(name.strip() for name in names)
    except csv.Error:
        return ()


def rows(
    document: Document, spoilt: list[int], *, escape: str | None = None, delimiter: str = ","
) -> Iterator[Row]:
    """The rows below the first, streamed. Numbers of lines that are not proper text are added to `spoilt`.

    A quotation mark within a cell is doubled, or stands behind `escape`.

    Raises ReadError, naming the line, for a row with more cells than the table has columns, or one that never ends.
    """
    names = columns(document, delimiter)
    table = csv.reader(
        (clean(line) + "\n" for _, line in lines(document, spoilt)),
        strict=True,
        delimiter=delimiter,
        escapechar=escape,
        doublequote=escape is None,
    )
    begins = 1
    try:
        next(table, None)
        begins = table.line_num + 1
        for cells in table:
            if len(cells) > len(names):
                raise _broken(document, begins)
            if any(cells):
                yield Row(document, begins, dict(zip(names, cells, strict=False)))
            begins = table.line_num + 1
    except csv.Error as error:
        raise _broken(document, begins) from error


def _broken(document: Document, line: int) -> ReadError:
    return ReadError(
        Note(
            "{name} breaks off or is damaged in the row that begins at line {line}: export it again.",
            name=document.name,
            line=line,
        )
    )
