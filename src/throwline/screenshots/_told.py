"""What a piece says: its text as it was typed, as far as that shows, and the time written in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from throwline.indicators import Check, find
from throwline.screenshots._near_misses import near_misses
from throwline.screenshots._pieces import Piece, Shape
from throwline.screenshots._rows import Row, fits, text_of
from throwline.screenshots._times import is_clock, stamp_of, without_stamp
from throwline.screenshots._words import bare, words

_STAMPED = 0.5
"""An app that writes the time into bubbles does so in all of them; some of them are not read."""
_LEAST_LIMIT = 0.55
"""Of the width: no app breaks lines before they are this long."""
_CODE = re.compile(r"(?=\S*[\d/@_.])\S{12,}")
"""A word so long, and of such signs, may have been cut at the end of a line."""


@dataclass(frozen=True, slots=True)
class Told:
    """`clock` is the time as the piece shows it; `quoted` what it answers to."""

    text: str
    confidence: float
    clock: str | None
    quoted: str | None
    is_edited: bool


def are_stamped(pieces: Iterable[Piece]) -> bool:
    """Whether this is an app that writes the time into every bubble."""
    bubbles = [piece for piece in pieces if piece.shape is Shape.BUBBLE and piece.rows]
    stamped = sum(_ends_in_time(piece.rows[-1]) for piece in bubbles)
    return stamped > _STAMPED * len(bubbles)


def widest_row(pieces: Iterable[Piece], width: int) -> float:
    """How long lines get before they are broken, in pixels."""
    rows = (row for piece in pieces for row in piece.rows)
    longest = max((row[-1].rectangle.right - row[0].rectangle.left for row in rows), default=0)
    return max(longest, _LEAST_LIMIT * width)


def told(piece: Piece, *, stamped: bool, widest: float) -> Told:
    """What the piece says, in an app that writes the time into bubbles or does not."""
    rows, clock, is_edited = _unstamped(piece) if stamped else (list(piece.rows), None, False)
    limit = widest + min((row[0].rectangle.left for row in rows), default=0)
    return Told(
        _joined(rows, limit),
        min((box.confidence for box in piece.boxes), default=0.0),
        clock,
        " ".join(text_of(row) for row in piece.quoted) or None,
        is_edited,
    )


def _ends_in_time(row: Row) -> bool:
    return any(is_clock(box.text) for box in row) or without_stamp(row[-1].text)[1] is not None


def _unstamped(piece: Piece) -> tuple[list[Row], str | None, bool]:
    """The rows without the time at their end, that time, and whether it says that the message was changed."""
    *rows, last = piece.rows or ((),)
    for number, box in enumerate(last):
        clock = stamp_of(box.text)
        if clock is not None:
            # What stands behind the time are ticks.
            kept = [*rows, last[:number]] if number else rows
            return kept, clock, bare(box.text.partition(clock)[0]) in words("edited")
    if not last:
        return rows, None, False
    text, clock = without_stamp(last[-1].text)
    return [*rows, (*last[:-1], replace(last[-1], text=text))], clock, False


def _joined(rows: Sequence[Row], limit: float) -> str:
    """The rows as one text: broken where the next word would still have fitted, or where a long word was cut."""
    text = ""
    for number, row in enumerate(rows):
        if number:
            before = rows[number - 1]
            if fits(before, row, limit):
                text += "\n"
            elif not _is_cut(before, limit):
                text += " "
        text += text_of(row)
    return text


def _is_cut(row: Row, limit: float) -> bool:
    """Whether the row is one long word that fills it and is no whole wallet, well or nearly read."""
    text = text_of(row)
    right = row[-1].rectangle.right
    letter = (right - row[0].rectangle.left) / max(len(text), 1)
    if _CODE.fullmatch(text) is None or right + 2 * letter < limit:
        return False
    is_whole = any(hit.checked is Check.CHECKSUM for hit in find(text)) or near_misses(text)
    return not is_whole
