"""Lines of text side by side and one under the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from throwline.conversation import Rectangle
from throwline.screenshots._screen import Box, union

Row = tuple[Box, ...]
"""Lines of text at the same height, from left to right."""


def rows_of(boxes: Iterable[Box]) -> tuple[Row, ...]:
    """Lines at the same height put side by side, the rows from top to bottom."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.rectangle.top + box.rectangle.bottom):
        last = rows[-1][-1].rectangle if rows else None
        area = box.rectangle
        lower = min(last.bottom - last.top, area.bottom - area.top) if last else 0
        if last and min(last.bottom, area.bottom) - max(last.top, area.top) > 0.6 * lower:
            rows[-1].append(box)
        else:
            rows.append([box])
    return tuple(tuple(sorted(row, key=lambda box: box.rectangle.left)) for row in rows)


def fits(row: Row, below: Row, limit: float) -> bool:
    """Whether the first word of `below` would have fitted at the end of `row`, in lines that end at `limit`."""
    letters = text_of(below)
    width = (below[-1].rectangle.right - below[0].rectangle.left) / max(len(letters), 1)
    return row[-1].rectangle.right + width * (len(letters.split()[0]) + 2) < limit


def covered(rows: Sequence[Row]) -> Rectangle:
    """The smallest rectangle that holds them all."""
    return reduce(union, (box.rectangle for row in rows for box in row))


def text_of(row: Row) -> str:
    """The words of a row."""
    return " ".join(box.text for box in row)


def middle_of(row: Row) -> float:
    """The height at which its first line stands."""
    return (row[0].rectangle.top + row[0].rectangle.bottom) / 2
