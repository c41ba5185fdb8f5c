"""From the lines of a screen to pieces that belong together: bubbles, labelled lines, what the app wrote between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from itertools import pairwise, takewhile
from statistics import median

from throwline.conversation import Rectangle
from throwline.screenshots._frame import Frame
from throwline.screenshots._pictures import holds
from throwline.screenshots._pixels import Colour
from throwline.screenshots._screen import Box, Screen
from throwline.screenshots._times import day_of, is_clock

Row = tuple[Box, ...]
"""Lines of text at the same height, from left to right."""


class Shape(StrEnum):
    """What a piece looks like."""

    BUBBLE = "bubble"
    BARRED = "barred"
    """Text behind an upright bar in the colour of who wrote it."""
    PICTURE = "picture"
    PLAIN = "plain"
    """Text on the page: a day, a notice, a name over a bubble, a receipt below one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together. `area` is the bubble, the picture, or what the text covers."""

    shape: Shape
    area: Rectangle
    rows: tuple[Row, ...]
    fill: Colour
    quoted: tuple[Row, ...] = field(default=())
    """What is quoted from an earlier message, in a box within the bubble."""
    label: str | None = None
    """The name over the piece."""

    @property
    def boxes(self) -> list[Box]:
        """All lines, in reading order."""
        return [box for row in self.rows for box in row]


def pieces_of(screen: Screen, frame: Frame) -> list[Piece]:
    """What stands between header and field, from top to bottom."""
    seen = [box for box in screen.boxes if _is_in(box, frame) and _is_legible(box, screen)]
    bubbles = _bubbles([box for box in seen if box.bubble], screen.width)
    plain = [box for box in seen if box.bubble is None]
    pictures = [
        Piece(Shape.PICTURE, area, _stamp_on(area, screen), screen.page)
        for area in screen.pictures
        if frame.top <= (area.top + area.bottom) // 2 < frame.bottom
    ]
    barred, rest = _barred(plain, screen.width)
    texts = [*bubbles, *barred, *_plain(rest, screen.width)]
    return sorted([*texts, *pictures], key=lambda piece: (piece.area.top, piece.area.left))


def _is_in(box: Box, frame: Frame) -> bool:
    middle = (box.rectangle.top + box.rectangle.bottom) // 2
    return frame.top <= middle < frame.bottom


def _is_legible(box: Box, screen: Screen) -> bool:
    """Whether it is text of the conversation, not of a picture, and no lone sign such as ticks or an emoji's outline."""
    on_picture = any(holds(area, box.rectangle) for area in screen.pictures)
    return box.steady and not on_picture and any(c.isalnum() or c in "?!€$£" for c in box.text)


def _stamp_on(picture: Rectangle, screen: Screen) -> tuple[Row, ...]:
    """The time that an app writes on a picture: the only text in it that is kept."""
    return tuple(
        (box,) for box in screen.boxes if holds(picture, box.rectangle) and is_clock(box.text)
    )[-1:]


# -- bubbles -----------------------------------------------------------------------------------------------------------


def _bubbles(boxes: Iterable[Box], width: int) -> list[Piece]:
    groups: list[tuple[Rectangle, list[Box]]] = []
    for box in boxes:
        assert box.bubble is not None
        area, members = box.bubble, [box]
        for other in [g for g in groups if _same_bubble(g[0], area, g[1][-1].fill, box.fill)]:
            groups.remove(other)
            area, members = union(area, other[0]), [*other[1], *members]
        groups.append((area, members))
    pieces = [_bubble(area, rows_of(members)) for area, members in groups]
    return _without_tags(sorted(pieces, key=lambda piece: piece.area.top), width)


def _bubble(area: Rectangle, rows: tuple[Row, ...]) -> Piece:
    """The rows behind a bar at its beginning are a quotation."""
    quoted = tuple(takewhile(lambda row: row[0].bar, rows))
    said = rows[len(quoted) :]
    return Piece(Shape.BUBBLE, area, said, (said or rows)[0][0].fill, quoted)


def _same_bubble(first: Rectangle, second: Rectangle, fill: Colour, other: Colour) -> bool:
    across = min(first.right, second.right) - max(first.left, second.left)
    down = min(first.bottom, second.bottom) - max(first.top, second.top)
    narrower = min(first.right - first.left, second.right - second.left)
    lower = min(first.bottom - first.top, second.bottom - second.top)
    return across > 0.5 * narrower and down > 0.5 * lower and fill.distance(other) < 30


def _without_tags(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """Without the little reactions that hang over the lower edge of a bubble."""
    kept: list[Piece] = []
    for piece in pieces:
        small = piece.area.right - piece.area.left < 0.16 * width
        hangs = bool(kept) and piece.area.top < kept[-1].area.bottom - 2
        if not (small and hangs and sum(len(box.text) for box in piece.boxes) <= 2):
            kept.append(piece)
    return kept


# -- lines behind a bar ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """Lines behind bars of one colour, under one name."""

    label: str | None
    colour: Colour
    rows: list[Row] = field(default_factory=list)


def _barred(plain: Sequence[Box], width: int) -> tuple[list[Piece], list[Box]]:
    """Messages that stand behind bars, and the lines that do not."""
    rows = rows_of(plain)
    starts = [row[0].rectangle.left for row in rows if row[0].bar]
    if len(starts) < 2:
        return [], list(plain)
    indent = median(starts)
    runs: list[_Run] = []
    rest: list[Box] = []
    run: _Run | None = None
    for row, below in pairwise([*rows, None]):
        assert row is not None
        bar = row[0].bar
        if bar is None and run and abs(row[0].rectangle.left - indent) < 0.012 * width:
            # What stands under a line with a bar belongs to it, though the bar was not seen.
            bar = run.colour
        if below is not None and below[0].bar and _is_label(row, below):
            run = _Run(_joined(row), below[0].bar)
            runs.append(run)
        elif bar is None:
            rest += row
            run = None
        else:
            if run is None or run.colour.distance(bar) > 40:
                run = _Run(None, bar)
                runs.append(run)
            run.rows.append(row)
    limit = max([0.85 * width, *(row[-1].rectangle.right for run in runs for row in run.rows)])
    tight = 1.15 * _tightest(runs, limit)
    return [piece for run in runs for piece in _messages_in(run, tight)], rest


def _tightest(runs: Iterable[_Run], limit: float) -> float:
    """The distance between lines where the second plainly goes on with the first: its first word would not have fitted
    on that."""
    pitches = (
        _middle(below) - _middle(row)
        for run in runs
        for row, below in pairwise(run.rows)
        if not fits(row, below, limit)
    )
    return min(pitches, default=0.0)


def _is_label(row: Row, below: Row) -> bool:
    bar = below[0].bar
    height = row[0].rectangle.bottom - row[0].rectangle.top
    near = below[0].rectangle.top - row[0].rectangle.bottom < height
    return bar is not None and row[0].bar is None and near and bar.distance(row[0].ink) < 80


def _messages_in(run: _Run, tight: float) -> Iterator[Piece]:
    """The messages of a run: lines farther apart than `tight` are different ones."""
    message: list[Row] = []
    for row in run.rows:
        if message and _middle(row) - _middle(message[-1]) > tight:
            yield _barred_piece(run, message)
            message = []
        message.append(row)
    if message:
        yield _barred_piece(run, message)


def _barred_piece(run: _Run, rows: Sequence[Row]) -> Piece:
    return Piece(Shape.BARRED, _covered(rows), tuple(rows), run.colour, label=run.label)


# -- text on the page --------------------------------------------------------------------------------------------------


def _plain(boxes: Sequence[Box], width: int) -> Iterator[Piece]:
    """Lines close under one another and alike in where they stand are one; a day is always by itself."""
    group: list[Row] = []
    for row in rows_of(boxes):
        if group and not _goes_on(group[-1], row, width):
            yield _plain_piece(group)
            group = []
        group.append(row)
    if group:
        yield _plain_piece(group)


def _goes_on(row: Row, below: Row, width: int) -> bool:
    height = row[0].rectangle.bottom - row[0].rectangle.top
    near = below[0].rectangle.top - row[-1].rectangle.bottom < 0.5 * height
    shift = abs(row[0].rectangle.left - below[0].rectangle.left)
    middles = abs(_across(row) - _across(below))
    alike = min(shift, middles) < 0.02 * width
    return near and alike and day_of(_joined(row)) is None and day_of(_joined(below)) is None


def _plain_piece(rows: Sequence[Row]) -> Piece:
    return Piece(Shape.PLAIN, _covered(rows), tuple(rows), rows[0][0].fill)


# -- rows --------------------------------------------------------------------------------------------------------------


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
    letters = _joined(below)
    width = (below[-1].rectangle.right - below[0].rectangle.left) / max(len(letters), 1)
    return row[-1].rectangle.right + width * (len(letters.split()[0]) + 2) < limit


def union(first: Rectangle, second: Rectangle) -> Rectangle:
    """The smallest rectangle that holds both."""
    return Rectangle(
        min(first.left, second.left),
        min(first.top, second.top),
        max(first.right, second.right),
        max(first.bottom, second.bottom),
    )


def _covered(rows: Sequence[Row]) -> Rectangle:
    return reduce(union, (box.rectangle for row in rows for box in row))


def _joined(row: Row) -> str:
    return " ".join(box.text for box in row)


def _middle(row: Row) -> float:
    return (row[0].rectangle.top + row[0].rectangle.bottom) / 2


def _across(row: Row) -> float:
    return (row[0].rectangle.left + row[-1].rectangle.right) / 2
