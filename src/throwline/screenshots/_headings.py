"""Apps without bubbles and bars, where a line with a name and a time stands over what somebody wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from throwline.screenshots._rows import Row, rows_of, text_of
from throwline.screenshots._screen import Screen
from throwline.screenshots._times import day_of
from throwline.screenshots._words import bare, words

_LONGEST = 40
_START = re.compile(r"(?<=\s)\S|(?<=[^\W\d])\d|(?<=[^\W_])[A-ZÀ-Þ]")
"""Where the time may begin: a recogniser loses the space before it."""
_ALIGNED = 0.012
"""Of the width: a heading begins where the text under it does."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Who wrote what stands under it, and when, as it is written there."""

    name: str
    stamp: str


def heading_of(row: Row) -> Heading | None:
    """The heading that the row is: a name, and after it a time of day, with its day or without."""
    text = text_of(row)
    for found in _START.finditer(text, 1, _LONGEST):
        name, stamp = text[: found.start()].strip(" ·-–—|"), text[found.start() :].strip()
        day = day_of(stamp) if _begins_a_time(stamp) else None
        if day is not None and day.clock is not None:
            return Heading(name, stamp) if name and day_of(name) is None else None
    return None


def _begins_a_time(stamp: str) -> bool:
    return stamp[0].isdecimal() or bare(stamp.split()[0]) in words("days")


def indent_of(screen: Screen) -> int | None:
    """The column in which headings and what stands under them begin; None where this is no app that has them."""
    rows = rows_of(box for box in screen.boxes if box.bubble is None and box.bar is None)
    lefts = [
        row[0].rectangle.left
        for row, below in pairwise(rows)
        if heading_of(row) and is_at(below, row[0].rectangle.left, screen.width)
    ]
    bubbles = {box.bubble for box in screen.boxes if box.bubble}
    bars = sum(box.bar is not None for box in screen.boxes)
    # One bubble is the field for writing, and one bar may stand before a quotation.
    return lefts[0] if lefts and len(lefts) >= max(len(bubbles), bars) else None


def is_at(row: Row, column: int, width: int) -> bool:
    """Whether the row begins at `column`."""
    return abs(row[0].rectangle.left - column) < _ALIGNED * width
