"""One screenshot as grouping sees it: recognised lines of text, each with the colours and the bubble around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from throwline.conversation import Rectangle, Source
from throwline.screenshots._pixels import Colour, Pixels, Walk, most_common

_STEADY = 0.3
"""The share of a line's pixels that its background fills, at least; on a photograph no colour fills that much."""
_EDGE = 0.008
"""Of the width: what ends nearer to the side of the screen than this is no bubble."""
_BAR_WITHIN = 0.05
"""Of the width: how far left of its text the coloured bar of a message can stand."""
_THIN = 0.02


@dataclass(frozen=True, slots=True)
class Text:
    """A line as a text recogniser gives it. `confidence` is 0 to 1."""

    text: str
    confidence: float
    rectangle: Rectangle


@dataclass(frozen=True, slots=True)
class Box:
    """A line of text with what is around it.

    `fill` is the colour behind the letters and `ink` theirs. `bubble` is the area of that fill around them, None where
    it runs to the side of the screen and so is no bubble. `bar` is the colour of an upright bar close before the
    text, if there is one. `steady` is False where the background is no one colour, as on a photograph.
    """

    text: str
    confidence: float
    rectangle: Rectangle
    fill: Colour
    ink: Colour
    bubble: Rectangle | None = None
    bar: Colour | None = None
    steady: bool = True


@dataclass(frozen=True, slots=True)
class Screen:
    """A screenshot: its size in pixels, the colour of the page, its lines from top to bottom, and the areas that are
    pictures (`pictures`), of which nothing is known but where they are."""

    source: Source
    width: int
    height: int
    page: Colour
    boxes: tuple[Box, ...]
    pictures: tuple[Rectangle, ...] = ()


def boxes_of(pixels: Pixels, texts: Iterable[Text], page: Colour) -> tuple[Box, ...]:
    """The lines with their surroundings, from top to bottom."""
    ordered = sorted(texts, key=lambda text: (text.rectangle.top, text.rectangle.left))
    return tuple(_box(pixels, text, page) for text in ordered)


def page_colour(pixels: Pixels) -> Colour:
    """The colour that most of the middle of the screen has."""
    middle = Rectangle(0, pixels.height // 8, pixels.width, pixels.height * 7 // 8)
    return most_common(pixels.samples(middle, 40, 80))


def _box(pixels: Pixels, text: Text, page: Colour) -> Box:
    area = text.rectangle
    samples = pixels.samples(area, 60, 10)
    fill = most_common(samples)
    steady = sum(fill.distance(c) <= Walk.SAME for c in samples) >= _STEADY * len(samples)
    bubble = _bubble(pixels, area, fill) if fill.distance(page) > Walk.SAME else None
    bar = None if bubble else _bar(pixels, area, fill)
    return Box(text.text, text.confidence, area, fill, _ink(samples, fill), bubble, bar, steady)


def _ink(samples: list[Colour], fill: Colour) -> Colour:
    """The colour of the letters: among what differs most from the fill, since the edges of letters are mixed."""
    farthest = sorted(samples, key=fill.distance)[-max(4, len(samples) // 25) :]
    return most_common(farthest)


def _bubble(pixels: Pixels, area: Rectangle, fill: Colour) -> Rectangle | None:
    walk = Walk(pixels)
    rows = [area.top + (area.bottom - area.top) * part // 4 for part in (1, 2, 3)]
    left = area.left - min(_reach(pixels, walk, area.left, y, -1, fill) for y in rows)
    right = area.right + min(_reach(pixels, walk, area.right - 1, y, 1, fill) for y in rows)
    edge = pixels.width * _EDGE
    if left < edge or right > pixels.width - edge:
        return None
    inset = max(2, round(pixels.width * 0.006))
    columns = {left + inset, (left + area.left) // 2, (right + area.right) // 2, right - inset}
    beside = [x for x in columns if left <= x < right]
    middle = (area.top + area.bottom) // 2
    up = max((walk.from_(x, middle, 0, -1, fill) for x in beside), default=0)
    down = max((walk.from_(x, middle, 0, 1, fill) for x in beside), default=0)
    return Rectangle(left, min(area.top, middle - up), right, max(area.bottom, middle + down + 1))


def _reach(pixels: Pixels, walk: Walk, x: int, y: int, dx: int, fill: Colour) -> int:
    """How far the fill goes on beside the text; the recogniser's rectangle may end a little inside a letter."""
    slack = max(3, pixels.width // 150)
    starts = range(slack) if pixels.at(x, y).distance(fill) > Walk.SAME else range(1)
    return max(step + walk.from_(x + dx * step, y, dx, 0, fill) for step in starts)


def _bar(pixels: Pixels, area: Rectangle, fill: Colour) -> Colour | None:
    """The colour of the thin upright bar left of the text, on the same ground as the text."""
    walk = Walk(pixels)
    middle = (area.top + area.bottom) // 2
    x = area.left - walk.from_(area.left - 2, middle, -1, 0, fill) - 3
    if not 0 < x or area.left - x > pixels.width * _BAR_WITHIN:
        return None
    colour = pixels.at(x - 1, middle)
    wide = walk.from_(x - 1, middle, -1, 0, colour)
    if colour.distance(fill) <= Walk.SAME or wide > pixels.width * _THIN or x - wide < 3:
        return None
    # A bar stands beside the whole line, a letter does not fill its height, and beyond it is the page again.
    tall = walk.from_(x - 1, middle, 0, -1, colour) + walk.from_(x - 1, middle, 0, 1, colour)
    beyond = pixels.at(x - wide - 4, middle)
    is_bar = tall >= (area.bottom - area.top) * 0.8 and beyond.distance(fill) <= Walk.SAME
    return colour if is_bar else None
