"""One screenshot as grouping sees it: recognised lines of text, each with the colours and the bubble around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from throwline.conversation import Rectangle, Source
from throwline.screenshots._pixels import Colour, Pixels, Walk, most_common

_STEADY = 0.3
"""The share of a line's pixels that its background fills, at least; on a photograph no colour fills that much."""
_EDGE = 0.008
"""Of the width: what ends nearer to the side of the screen than this is no bubble."""
_BAR_WITHIN = 0.05
"""Of the width: how far left of its text the coloured bar of a message can stand."""
_THIN = 0.02
_STRIKING = 40
"""Bars differ from what is around them by more; the rims that JPEG draws around bubbles do not."""
_SHADES = 30
"""Two lines of one bubble have grounds that differ less, also where its colour runs."""
_HEADER, _INPUT = 0.45, 0.35
"""Of the width: as high as an app's header with a portrait in it, or its field for writing, can be."""


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
    text, if there is one: before a message of an app without bubbles, or before a quotation in a bubble. `steady` is False where the background is no one colour, as on a photograph.
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
    """A screenshot: its size in pixels, the colour of the page, its lines from top to bottom, the rows between which
    the conversation is seen as far as colours tell (`view`), the areas that are pictures, of which nothing is known
    but where they are, and the bubbles in which nothing was read (`wordless`)."""

    source: Source
    width: int
    height: int
    page: Colour
    boxes: tuple[Box, ...]
    view: tuple[int, int]
    pictures: tuple[Rectangle, ...] = ()
    wordless: tuple[tuple[Rectangle, Colour], ...] = ()


def boxes_of(
    pixels: Pixels, texts: Iterable[Text], page: Colour, view: tuple[int, int]
) -> tuple[Box, ...]:
    """The lines with their surroundings, from top to bottom. A bubble ends where the view of the conversation does."""
    ordered = sorted(texts, key=lambda text: (text.rectangle.top, text.rectangle.left))
    return _with_whole_bubbles([_box(pixels, text, page, view) for text in ordered])


def _with_whole_bubbles(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes of one bubble all with the whole of it: words and emoji in the way hide a part of it from each."""
    groups: list[tuple[Rectangle, Colour, list[int]]] = []
    for number, box in enumerate(boxes):
        if box.bubble is None:
            continue
        area, members = box.bubble, [number]
        for group in [g for g in groups if g[1].distance(box.fill) < _SHADES]:
            if _is_same_bubble(group[0], area):
                groups.remove(group)
                area, members = union(area, group[0]), [*group[2], *members]
        groups.append((area, box.fill, members))
    whole = {number: area for area, _, members in groups for number in members}
    return tuple(replace(box, bubble=whole.get(number)) for number, box in enumerate(boxes))


def _is_same_bubble(first: Rectangle, second: Rectangle) -> bool:
    """Whether the areas overlap as no two bubbles do: bubbles of one colour stand neither beside nor over each other."""
    across = min(first.right, second.right) - max(first.left, second.left)
    down = min(first.bottom, second.bottom) - max(first.top, second.top)
    lower = min(first.bottom - first.top, second.bottom - second.top)
    return across > 0 and down > 0.5 * lower


def union(first: Rectangle, second: Rectangle) -> Rectangle:
    """The smallest rectangle that holds both."""
    return Rectangle(
        min(first.left, second.left),
        min(first.top, second.top),
        max(first.right, second.right),
        max(first.bottom, second.bottom),
    )


def page_colour(pixels: Pixels) -> Colour:
    """The colour that most of the sides of the screen have, where no bubble reaches."""
    top, bottom = pixels.height // 8, pixels.height * 7 // 8
    inset = max(1, pixels.width // 100)
    left = Rectangle(0, top, inset, bottom)
    right = Rectangle(pixels.width - inset, top, pixels.width, bottom)
    return most_common([*pixels.samples(left, 1, 200), *pixels.samples(right, 1, 200)])


def view_of(pixels: Pixels, page: Colour) -> tuple[int, int]:
    """The rows between which the conversation is seen: what is above and below has another colour on both sides, or
    is parted from it by a line."""
    inset = max(1, pixels.width // 100)
    sides = (inset, pixels.width - 1 - inset)

    def is_framed(y: int) -> bool:
        return all(pixels.at(x, y).distance(page) > Walk.SAME for x in sides)

    highest = min(int(pixels.width * _HEADER), pixels.height // 3)
    lowest = pixels.height - min(int(pixels.width * _INPUT), pixels.height // 3)
    top = max((y + 1 for y in range(highest) if is_framed(y)), default=0)
    bottom = min((y for y in range(lowest, pixels.height) if is_framed(y)), default=pixels.height)
    return top, bottom


def _box(pixels: Pixels, text: Text, page: Colour, view: tuple[int, int]) -> Box:
    area = _in_view(text.rectangle, view)
    samples = pixels.samples(area, 60, 10)
    fill = most_common(samples)
    bubble = _bubble(pixels, area, fill) if fill.distance(page) > Walk.SAME else None
    if bubble and view[0] <= (area.top + area.bottom) // 2 <= view[1]:
        bubble = bubble._replace(top=max(bubble.top, view[0]), bottom=min(bubble.bottom, view[1]))
    share = sum(fill.distance(c) <= 2 * Walk.SAME for c in samples) / len(samples)
    steady = share >= _STEADY or (bubble is not None and _is_around(bubble, area))
    bar = _bar(pixels, area, (fill, page), bubble)
    return Box(text.text, text.confidence, area, fill, _ink(samples, fill), bubble, bar, steady)


def _in_view(area: Rectangle, view: tuple[int, int]) -> Rectangle:
    """What is seen of a line that the header or the field for writing cuts: the rest has their colours."""
    if not view[0] <= (area.top + area.bottom) // 2 < view[1]:
        return area
    return area._replace(top=max(area.top, view[0]), bottom=min(area.bottom, view[1]))


def _is_around(bubble: Rectangle, area: Rectangle) -> bool:
    return bubble.left < area.left - 3 and bubble.right > area.right + 3


def _ink(samples: list[Colour], fill: Colour) -> Colour:
    """The colour of the letters: among what differs most from the fill, since the edges of letters are mixed."""
    farthest = sorted(samples, key=fill.distance)[-max(4, len(samples) // 25) :]
    return most_common(farthest)


def _bubble(pixels: Pixels, area: Rectangle, fill: Colour) -> Rectangle | None:
    walk = Walk(pixels)
    rows = [area.top + (area.bottom - area.top) * part // 4 for part in (1, 2, 3)]
    high = area.bottom - area.top
    left = area.left - min(_reach(walk, area.left, y, -1, fill, high) for y in rows)
    right = area.right + min(_reach(walk, area.right - 1, y, 1, fill, high) for y in rows)
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


def _reach(walk: Walk, x: int, y: int, dx: int, fill: Colour, high: int) -> int:
    """How far the fill goes on beside the text, past what is no wider than the text is `high`: an emoji, the end of a
    letter that the recogniser's rectangle cut."""
    reach = walk.from_(x, y, dx, 0, fill)
    ahead = reach + 1
    while ahead < reach + 1.6 * high:
        further = walk.from_(x + dx * ahead, y, dx, 0, fill)
        # Less than this is a stroke of a wallpaper's pattern.
        if further >= 0.25 * high:
            reach = ahead + further
            ahead = reach
        ahead += 1
    return reach


def _bar(
    pixels: Pixels, area: Rectangle, grounds: tuple[Colour, ...], bubble: Rectangle | None
) -> Colour | None:
    """The colour of the thin upright bar at the left of the text, if there is one.

    It has none of the colours of `grounds`. A recogniser's rectangle may begin before it; no letter is as high as the
    rectangle.
    """
    walk = Walk(pixels)
    high = area.bottom - area.top
    middle = (area.top + area.bottom) // 2
    within = area.left - round(pixels.width * _BAR_WITHIN)
    starts = bubble.left - round(pixels.width * _THIN) if bubble else 1
    for x in range(max(1, within, starts), area.left + high // 2):
        start = _settled(pixels, x + 1, middle)
        before, colour = pixels.at(x - 1, middle), pixels.at(start, middle)
        if any(colour.distance(other) <= _STRIKING for other in (before, *grounds)):
            continue
        wide = walk.from_(start, middle, 1, 0, colour)
        up, down = (walk.from_(start, middle, 0, way, colour) for way in (-1, 1))
        enough = 1.2 * high if bubble else 0.8 * high
        if up + down >= enough and wide <= pixels.width * _THIN:
            return colour
    return None


def _settled(pixels: Pixels, x: int, y: int) -> int:
    """The first column from `x` on whose colour the next has too: JPEG mixes colours where they meet."""
    near = range(x, x + round(pixels.width * _THIN))
    alike = (n for n in near if pixels.at(n, y).distance(pixels.at(n + 1, y)) <= Walk.SAME)
    return next(alike, x)
