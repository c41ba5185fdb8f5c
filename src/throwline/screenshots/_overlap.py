"""Putting screens in a row together: what two of them show is one message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from throwline.screenshots._pieces import Piece
from throwline.screenshots._sides import Side

_ALIKE = 0.8
"""The share of letters that two readings of one line have in common, at least."""
_STEP = 0.02
"""Of the width: shifts that differ less are the same scrolling."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece on the long page that the screens are views of: `shift` is what to add to a row of its screen for the row
    of the page, in widths of the screen; `screen` is the number of the screen, from 0."""

    piece: Piece
    side: Side
    screen: int
    shift: float
    width: int

    @property
    def top(self) -> float:
        return self.piece.area.top / self.width + self.shift

    @property
    def bottom(self) -> float:
        return self.piece.area.bottom / self.width + self.shift


def joined(screens: Sequence[Sequence[Placed]]) -> tuple[list[Placed], list[int]]:
    """All pieces in the order of the conversation, each once, and the numbers of the screens that share nothing with
    the one before."""
    page: list[Placed] = []
    breaks = []
    for number, screen in enumerate(screens):
        shift = _shift(page, screen)
        if shift is None:
            end = max((placed.bottom for placed in page), default=0.0)
            if page:
                breaks.append(number)
            page += [replace(placed, shift=end + placed.shift + 1) for placed in screen]
        else:
            page = _merged(page, [replace(placed, shift=shift) for placed in screen])
    return page, breaks


def letters(piece: Piece) -> str:
    """What is written in a piece, as it is compared."""
    return "".join(c for box in piece.boxes for c in box.text.casefold() if c.isalnum())


def _shift(page: Sequence[Placed], screen: Sequence[Placed]) -> float | None:
    """How far the screen lies down the page, as most of the letters in lines that both show have it."""
    votes: Counter[int] = Counter()
    exact: dict[int, float] = {}
    lines = [(box, placed) for placed in page for box in placed.piece.boxes]
    for placed in screen:
        for box in placed.piece.boxes:
            for other, there in lines:
                if there.side is placed.side and _alike(box.text, other.text):
                    shift = (
                        other.rectangle.top / there.width
                        + there.shift
                        - box.rectangle.top / placed.width
                    )
                    step = round(shift / _STEP)
                    votes[step] += len(box.text)
                    exact.setdefault(step, shift)
    # A shift can fall between two steps: neighbours count together.
    weights = {step: votes[step - 1] + votes[step] + votes[step + 1] for step in votes}
    if not weights:
        return None
    best = max(weights, key=lambda step: (weights[step], votes[step]))
    return exact[best] if weights[best] >= 4 else None


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
    return first.side is second.side and together > 0.5 * lower


def _fuller(first: Placed, second: Placed) -> Placed:
    """The one of two readings of a piece that shows more of it, or the surer one."""
    by_size = (first.bottom - first.top) - (second.bottom - second.top)
    if abs(by_size) > 0.02:
        fuller, other = (first, second) if by_size > 0 else (second, first)
    else:
        fuller, other = (
            (first, second) if _sureness(first) >= _sureness(second) else (second, first)
        )
    label = fuller.piece.label or other.piece.label
    return replace(fuller, piece=replace(fuller.piece, label=label))


def _sureness(placed: Placed) -> float:
    boxes = placed.piece.boxes
    return min((box.confidence for box in boxes), default=0.0)
