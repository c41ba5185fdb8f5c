"""Putting screens in a row together: what two of them show is one message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from throwline.screenshots._pieces import Piece, Shape
from throwline.screenshots._sides import Side
from throwline.screenshots._times import is_clock

_ALIKE = 0.8
"""The share of letters that two readings of one line have in common, at least."""
_OVER = 0.04
"""Of the width: pieces of one side that overlap by this much are one, cut off at the edges of two screens."""
_LEAST_LETTERS = 4
_STEP = 0.02
"""Of the width: shifts that differ less are the same scrolling."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece on the long page that the screens are views of: `screen` is the number of the screen it is read from, from
    0, and `width` that screen's width. `top` and `bottom` are on the long page, and so is `origin`, the uppermost row of
    the screen; all three in widths of the screen."""

    piece: Piece
    side: Side
    screen: int
    width: int
    origin: float
    top: float
    bottom: float

    @classmethod
    def on_screen(cls, piece: Piece, side: Side, screen: int, width: int) -> Placed:
        """Where the piece stands on its own screen."""
        return cls(
            piece, side, screen, width, 0.0, piece.area.top / width, piece.area.bottom / width
        )

    def moved(self, shift: float) -> Placed:
        """The same, so much further down."""
        origin, top, bottom = (row + shift for row in (self.origin, self.top, self.bottom))
        return replace(self, origin=origin, top=top, bottom=bottom)


def joined(screens: Sequence[Sequence[Placed]]) -> tuple[list[Placed], list[int]]:
    """All pieces in the order of the conversation, each once, and the numbers of the screens that share nothing with
    the one before."""
    page: list[Placed] = []
    breaks = []
    for number, screen in enumerate(screens):
        shift = _shift(page, screen)
        if shift is None:
            shift = _shift_by_picture(page, screen)
        if shift is None:
            end = max((placed.bottom for placed in page), default=0.0)
            if page:
                breaks.append(number)
            page += [placed.moved(end + 1) for placed in screen]
        else:
            page = _merged(page, [placed.moved(shift) for placed in screen])
    return page, breaks


def _shift(page: Sequence[Placed], screen: Sequence[Placed]) -> float | None:
    """How far down the page the screen lies, as most of the letters in lines that both show have it; None where they
    show no line together. Only the two screens before it are looked at.

    What the app wrote does not count: days are alike, and may float.
    """
    start = min((placed.top for placed in page), default=0.0)
    end = max((placed.bottom for placed in page), default=0.0)
    last = max((placed.screen for placed in page), default=0)
    before = list(_lines([placed for placed in page if placed.screen >= last - 1]))
    here = list(_lines(screen))
    alike: Counter[int] = Counter()
    equal: Counter[int] = Counter()
    exact: dict[int, float] = {}
    for row, text, side in here:
        for other_row, other_text, other_side in before:
            if side is other_side and _alike(text, other_text):
                step = round((other_row - row) / _STEP)
                alike[step] += len(text)
                equal[step] += len(text) * (text == other_text)
                exact.setdefault(step, other_row - row)

    def weight(letters: Counter[int], step: int) -> int:
        # A shift can fall between two steps: neighbours count together.
        return letters[step - 1] + letters[step] + letters[step + 1]

    def likelihood(step: int) -> tuple[int, int]:
        # Two readings of a line are mostly equal; lines that are only nearly so may be two.
        return weight(alike, step) + 3 * weight(equal, step), alike[step]

    for step in sorted(exact, key=likelihood, reverse=True):
        doubled = sum(len(text) for row, text, _ in here if start < row + exact[step] < end)
        if weight(alike, step) >= max(_LEAST_LETTERS, doubled / 2):
            return exact[step]
    return None


def _shift_by_picture(page: Sequence[Placed], screen: Sequence[Placed]) -> float | None:
    """The same where all that both screens show is a picture: the last of the one, the first of the other, equally wide
    and with the same time at its lower end."""
    last = max((p for p in page if p.side is not Side.APP), key=lambda p: p.bottom, default=None)
    # Over it may stand the lower end of a bubble, with nothing but its time.
    first = next((p for p in screen if p.side is not Side.APP and not _is_mere_time(p)), None)
    if last is None or first is None or last.side is not first.side:
        return None
    stamps = [[box.text for box in placed.piece.boxes] for placed in (last, first)]
    both_pictures = last.piece.shape is first.piece.shape is Shape.PICTURE
    if not both_pictures or not stamps[0] or stamps[0] != stamps[1]:
        return None
    edges = zip(_across(last), _across(first), strict=True)
    return last.bottom - first.bottom if all(abs(a - b) < _STEP for a, b in edges) else None


def _is_mere_time(placed: Placed) -> bool:
    boxes = placed.piece.boxes
    is_bubble = placed.piece.shape is Shape.BUBBLE and bool(boxes)
    return is_bubble and all(is_clock(box.text) for box in boxes)


def _across(placed: Placed) -> tuple[float, float]:
    area = placed.piece.area
    return area.left / placed.width, area.right / placed.width


def _lines(pieces: Sequence[Placed]) -> Iterator[tuple[float, str, Side]]:
    """The lines that people wrote: the row of the long page on which each begins, what it says, whose it is."""
    for placed in pieces:
        if placed.side is not Side.APP:
            for box in placed.piece.boxes:
                if not is_clock(box.text):
                    row = placed.origin + box.rectangle.top / placed.width
                    yield row, box.text, placed.side


def _alike(first: str, second: str) -> bool:
    return first == second or (
        abs(len(first) - len(second)) <= 3
        and SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
    )


def _merged(page: list[Placed], screen: Sequence[Placed]) -> list[Placed]:
    kept = list(page)
    end = max((placed.bottom for placed in page), default=0.0)
    for placed in screen:
        same = next((n for n, other in enumerate(kept) if _is_same(other, placed)), None)
        if same is not None:
            kept[same] = _fuller(kept[same], placed)
        elif placed.side is not Side.APP or placed.bottom > end:
            # Apps let a day float over the messages: what they wrote counts where it was first seen.
            kept.append(placed)
    return sorted(kept, key=lambda placed: placed.top)


def _is_same(first: Placed, second: Placed) -> bool:
    together = min(first.bottom, second.bottom) - max(first.top, second.top)
    lower = min(first.bottom - first.top, second.bottom - second.top)
    sides = {first.side, second.side} - {Side.UNKNOWN}
    return len(sides) <= 1 and (together > 0.5 * lower or together > _OVER)


def _fuller(first: Placed, second: Placed) -> Placed:
    """The one of two readings of a piece that shows more of it, or the surer one, with what both cover."""
    by_size = _height(first) - _height(second)
    if abs(by_size) < 0.02:
        by_size = _sureness(first) - _sureness(second)
    fuller, other = (first, second) if by_size >= 0 else (second, first)
    return replace(
        fuller,
        piece=replace(fuller.piece, label=fuller.piece.label or other.piece.label),
        side=other.side if fuller.side is Side.UNKNOWN else fuller.side,
        top=min(first.top, second.top),
        bottom=max(first.bottom, second.bottom),
    )


def _height(placed: Placed) -> float:
    return (placed.piece.area.bottom - placed.piece.area.top) / placed.width


def _sureness(placed: Placed) -> float:
    boxes = placed.piece.boxes
    return min((box.confidence for box in boxes), default=0.0)
