"""From the lines of a screen to pieces that belong together: bubbles, labelled lines, what the app wrote between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce
from itertools import pairwise, takewhile
from statistics import median

from throwline.conversation import Rectangle
from throwline.screenshots._frame import Frame
from throwline.screenshots._headings import heading_of, is_at
from throwline.screenshots._pictures import holds
from throwline.screenshots._pixels import Colour
from throwline.screenshots._rows import Row, covered, fits, middle_of, rows_of, text_of
from throwline.screenshots._screen import Box, Screen, union
from throwline.screenshots._times import day_of, is_clock


class Shape(StrEnum):
    """What a piece looks like."""

    BUBBLE = "bubble"
    BARRED = "barred"
    """Text behind an upright bar in the colour of who wrote it."""
    HEADED = "headed"
    """Text under a heading with a name and a time."""
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
    stamp: str | None = None
    """The day and the time in the heading right over the piece."""
    pictures: int = 0
    """How many pictures it shows: one where it is one, those in a bubble with words."""

    @property
    def boxes(self) -> list[Box]:
        """All lines, in reading order."""
        return [box for row in self.rows for box in row]


def pieces_of(screen: Screen, frame: Frame) -> list[Piece]:
    """What stands between header and field, from top to bottom."""
    seen = [
        box for box in screen.boxes if _is_in(box.rectangle, frame) and _is_legible(box, screen)
    ]
    plain = [box for box in seen if box.bubble is None]
    bubbles = _bubbles([box for box in seen if box.bubble], screen.width)
    pictures = [
        Piece(Shape.PICTURE, area, _stamp_on(area, screen), screen.page, pictures=1)
        for area in screen.pictures
        if _is_in(area, frame)
    ]
    bubbles, pictures = _with_pictures(bubbles, pictures)
    wordless = [
        Piece(Shape.BUBBLE, area, (), fill) for area, fill in screen.wordless if _is_in(area, frame)
    ]
    if frame.indent is not None:
        runs, between = _headed_runs(rows_of(plain), frame.indent, screen.width)
        said = _in_runs(runs, between, pictures, screen.width)
    elif any(row[0].bar for row in rows_of(plain)):
        runs, between = _barred_runs(rows_of(plain), screen.width)
        said = _in_runs(runs, between, pictures, screen.width)
    else:
        said = [*_plain(plain, screen.width), *pictures]
    return sorted([*bubbles, *wordless, *said], key=lambda piece: (piece.area.top, piece.area.left))


def _is_in(area: Rectangle, frame: Frame) -> bool:
    middle = (area.top + area.bottom) // 2
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
    groups: dict[Rectangle, list[Box]] = {}
    for box in boxes:
        assert box.bubble is not None
        groups.setdefault(box.bubble, []).append(box)
    pieces = [_bubble(area, rows_of(members)) for area, members in groups.items()]
    return _without_tags(sorted(pieces, key=lambda piece: piece.area.top), width)


def _with_pictures(
    bubbles: Sequence[Piece], pictures: Sequence[Piece]
) -> tuple[list[Piece], list[Piece]]:
    """The bubbles with the pictures that stand in them over their words, and the pictures by themselves."""
    inside = [[p for p in pictures if holds(bubble.area, p.area)] for bubble in bubbles]
    captions = [
        replace(
            bubble,
            area=reduce(union, (p.area for p in held), bubble.area),
            pictures=sum(p.pictures for p in held),
        )
        for bubble, held in zip(bubbles, inside, strict=True)
    ]
    return captions, [p for p in pictures if all(p not in held for held in inside)]


def _bubble(area: Rectangle, rows: tuple[Row, ...]) -> Piece:
    """Rows behind a bar are a quotation: at the beginning, or under the name of who answers."""
    named = rows[:1] if len(rows) > 1 and not rows[0][0].bar and rows[1][0].bar else ()
    quoted = tuple(takewhile(lambda row: row[0].bar, rows[len(named) :]))
    said = rows[len(named) + len(quoted) :]
    if all(is_clock(text_of(row)) for row in said):
        return Piece(Shape.BUBBLE, area, rows, rows[0][0].fill)
    return Piece(Shape.BUBBLE, area, (*named, *said), said[0][0].fill, quoted)


def _without_tags(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """Without the little reactions that hang over the lower edge of a bubble."""
    kept: list[Piece] = []
    for piece in pieces:
        small = piece.area.right - piece.area.left < 0.16 * width
        hangs = bool(kept) and piece.area.top < kept[-1].area.bottom - 2
        if not (small and hangs and sum(len(box.text) for box in piece.boxes) <= 2):
            kept.append(piece)
    return kept


# -- runs: lines behind bars, lines under headings -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """What one person wrote in a row, under one name: behind bars of one colour, or under a heading with a time."""

    shape: Shape
    label: str | None
    colour: Colour
    area: Rectangle
    """Of its first line."""
    rows: list[Row] = field(default_factory=list)
    pictures: list[Piece] = field(default_factory=list)
    stamp: str | None = None


def _in_runs(
    runs: list[_Run], between: Sequence[Box], pictures: Sequence[Piece], width: int
) -> list[Piece]:
    """The messages of an app that has no bubbles, and what it wrote between them."""
    rest: list[Piece] = list(_plain(between, width))
    for picture in pictures:
        above = [run for run in runs if run.area.top < picture.area.top]
        day = max(
            (piece.area.top for piece in rest if piece.area.top < picture.area.top), default=-1
        )
        if above and above[-1].area.top > day:
            above[-1].pictures.append(picture)
        else:
            rest.append(picture)
    limit = max([0.85 * width, *(row[-1].rectangle.right for run in runs for row in run.rows)])
    tightest = _tightest(runs, limit)
    if runs and not (runs[-1].rows or runs[-1].pictures):
        # A name at the lower end of the screen: what it is over is not seen.
        del runs[-1]
    return [*rest, *(piece for run in runs for piece in _messages_in(run, tightest, limit))]


def _headed_runs(rows: Sequence[Row], indent: int, width: int) -> tuple[list[_Run], list[Box]]:
    """The runs under headings, and the lines that are in none."""
    runs: list[_Run] = []
    between: list[Box] = []
    above: Row | None = None
    for row in rows:
        first = row[0]
        heading = heading_of(row) if is_at(row, indent, width) and _is_apart(above, row) else None
        if heading:
            run = _Run(Shape.HEADED, heading.name, first.fill, first.rectangle)
            run.stamp = heading.stamp
            runs.append(run)
        elif first.rectangle.left < indent - 0.03 * width or day_of(text_of(row)):
            between += row
        else:
            if not runs:
                runs.append(_Run(Shape.HEADED, None, first.fill, first.rectangle))
            runs[-1].rows.append(row)
        above = row
    return runs, between


def _is_apart(above: Row | None, row: Row) -> bool:
    """Whether the row stands farther from the one above it than the lines of a message do."""
    area = row[0].rectangle
    return above is None or area.top - above[0].rectangle.bottom > 0.4 * (area.bottom - area.top)


def _barred_runs(rows: Sequence[Row], width: int) -> tuple[list[_Run], list[Box]]:
    """The runs behind bars, and the lines that are in none."""
    indent = median(row[0].rectangle.left for row in rows if row[0].bar)
    names = [row[0].rectangle.left for row, below in pairwise(rows) if _names_below(row, below)]
    runs: list[_Run] = []
    between: list[Box] = []
    run: _Run | None = None
    for row, below in pairwise([*rows, ()]):
        first = row[0]
        bar = first.bar
        if bar is None and run and abs(first.rectangle.left - indent) < 0.012 * width:
            # What stands under a line with a bar belongs to it, though the bar was not seen.
            bar = run.colour
        # A name over a picture, or over what could not be read, has no bar under it.
        like_names = any(abs(first.rectangle.left - left) < 0.012 * width for left in names)
        is_name = _names_below(row, below) or (like_names and first.ink.vividness > 50)
        if first.bar is None and is_name:
            run = _Run(
                Shape.BARRED, text_of(row), (below and below[0].bar) or first.ink, first.rectangle
            )
            runs.append(run)
        elif bar is None:
            between += row
            run = None
        else:
            if run is None or run.colour.distance(bar) > 40:
                run = _Run(Shape.BARRED, None, bar, first.rectangle)
                runs.append(run)
            run.rows.append(row)
    return runs, between


def _names_below(row: Row, below: Row) -> bool:
    """Whether the row is a name in the colour of the bar that stands right below it."""
    bar = below[0].bar if below else None
    if bar is None or row[0].bar:
        return False
    height = row[0].rectangle.bottom - row[0].rectangle.top
    return (
        below[0].rectangle.top - row[0].rectangle.bottom < height and bar.distance(row[0].ink) < 80
    )


def _tightest(runs: Iterable[_Run], limit: float) -> float:
    """The distance between lines where the second plainly goes on with the first: its first word would not have fitted
    on that, and no picture stands between them."""
    pitches = (
        middle_of(below) - middle_of(row)
        for run in runs
        for row, below in pairwise(run.rows)
        if not fits(row, below, limit) and not _is_apart(row, below)
    )
    return min(pitches, default=0.0)


def _messages_in(run: _Run, tightest: float, limit: float) -> list[Piece]:
    """The messages of a run, from top to bottom."""
    said = [replace(picture, fill=run.colour, label=run.label) for picture in run.pictures]
    messages: list[list[Row]] = []
    for row in run.rows:
        if messages and _is_next_line(messages[-1][-1], row, tightest, limit):
            messages[-1].append(row)
        else:
            messages.append([row])
    said += [
        Piece(run.shape, covered(rows), tuple(rows), run.colour, label=run.label)
        for rows in messages
    ]
    if run.label and not said:
        said = [Piece(run.shape, run.area, (), run.colour, label=run.label)]
    said.sort(key=lambda piece: piece.area.top)
    return [replace(said[0], stamp=run.stamp), *said[1:]]


def _is_next_line(row: Row, below: Row, tightest: float, limit: float) -> bool:
    """Whether the second line goes on with the message of the first, told by how far apart they are, and where that
    leaves it open, by whether its first word would have fitted on the first."""
    pitch = middle_of(below) - middle_of(row)
    return pitch <= (1.05 if fits(row, below, limit) else 1.15) * tightest


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
    return near and alike and day_of(text_of(row)) is None and day_of(text_of(below)) is None


def _plain_piece(rows: Sequence[Row]) -> Piece:
    return Piece(Shape.PLAIN, covered(rows), tuple(rows), rows[0][0].fill)


def _across(row: Row) -> float:
    return (row[0].rectangle.left + row[-1].rectangle.right) / 2
