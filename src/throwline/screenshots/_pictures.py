"""Where a screenshot shows pictures: found so that they can be blanked, never looked into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from throwline.conversation import Rectangle
from throwline.screenshots._pixels import Colour, Pixels, most_common
from throwline.screenshots._screen import Box

_CELLS = 72
"""The screen is looked at in so many squares across."""
_LIKE = 20
"""The patterns of wallpapers and the inner boxes of bubbles differ less than this from their ground."""
_NARROWEST, _LOWEST = 0.18, 0.1
"""Of the width. Portraits beside bubbles, buttons and stickers are smaller."""
_LOW, _HIGH = 0.06, 0.14
"""Of the width: a bubble with one line of emoji in it."""
_SHADE = 12
_FILLED = 0.55
_LEAST = 0.09
_FAR = 0.08
"""Of the width. In a bubble a line of text begins closer to the side than this; a caption on a picture does not."""


def other_areas(
    pixels: Pixels, boxes: Sequence[Box], page: Colour, view: tuple[int, int]
) -> tuple[tuple[Rectangle, ...], tuple[tuple[Rectangle, Colour], ...]]:
    """What is seen in `view` and is neither page nor text nor its bubble: pictures, and bubbles without words.

    Pictures are at least 18 % by 10 % of the width. A flat area with few words far inside it is taken for one too: it
    may be a picture that is still loading.
    """
    plates = _plates(boxes, pixels.width)
    told = [box for box in boxes if box.steady and not any(holds(p, box.rectangle) for p in plates)]
    step = max(4, pixels.width // _CELLS)
    areas = _areas(_unexplained(pixels, told, page, view, step), step, pixels)
    free = [area for area in areas if not any(holds(plate, area) for plate in plates)]
    wordless = {a: fill for a in free if (fill := _bubble_fill(pixels, a, told, view, step))}
    pictures = [*plates, *(a for a in free if a not in wordless and _is_large(a, pixels.width))]
    return tuple(sorted(pictures, key=lambda area: area.top)), tuple(wordless.items())


def _bubble_fill(
    pixels: Pixels, area: Rectangle, boxes: Sequence[Box], view: tuple[int, int], step: int
) -> Colour | None:
    """The colour of a bubble without words: that of another bubble, on the same side. None where it is no bubble."""
    is_cut = area.top < view[0] + 2 * step or area.bottom > view[1] - 2 * step
    if is_cut or not _LOW < (area.bottom - area.top) / pixels.width < _HIGH:
        return None
    fill = most_common(pixels.samples(area, 20, 20))
    for box in boxes:
        bubble = box.bubble
        if bubble and box.fill.distance(fill) <= _SHADE:
            ends = (area.left - bubble.left, area.right - bubble.right)
            if min(map(abs, ends)) <= 1.5 * step:
                return fill
    return None


def _is_large(area: Rectangle, width: int) -> bool:
    wide, high = area.right - area.left, area.bottom - area.top
    return wide >= _NARROWEST * width and high >= _LOWEST * width


def _plates(boxes: Sequence[Box], width: int) -> list[Rectangle]:
    """The areas of one colour in which all text stands far from the sides: no bubble is so."""
    beside: dict[Rectangle, list[int]] = {}
    for box in boxes:
        if box.bubble:
            beside.setdefault(box.bubble, []).append(box.rectangle.left - box.bubble.left)
    return [
        area
        for area, distances in beside.items()
        if min(distances) > width * _FAR and area.bottom - area.top > width * _LOWEST
    ]


def blanked(pixels: Pixels, areas: Iterable[Rectangle]) -> Pixels:
    """The same screenshot with every area in grey."""
    rgb = bytearray(pixels.rgb)
    for area in areas:
        grey = b"\x80" * (3 * (area.right - area.left))
        for y in range(area.top, area.bottom):
            start = 3 * (y * pixels.width + area.left)
            rgb[start : start + len(grey)] = grey
    return Pixels(pixels.width, pixels.height, bytes(rgb))


def _unexplained(
    pixels: Pixels, boxes: Sequence[Box], page: Colour, view: tuple[int, int], step: int
) -> set[tuple[int, int]]:
    """The squares, by column and row, that show something else than page, bubbles and text."""
    texts = _covered([box.rectangle for box in boxes], step)
    fills: dict[tuple[int, int], list[Colour]] = {}
    for box in boxes:
        for cell in _covered([box.bubble] if box.bubble else [], step):
            fills.setdefault(cell, []).append(box.fill)
    found = set()
    for row in range(-(-view[0] // step), view[1] // step):
        for column in range(pixels.width // step):
            cell = column, row
            if cell not in texts:
                known = [page, *fills.get(cell, ())]
                strange = sum(
                    all(colour.distance(other) > _LIKE for other in known)
                    for colour in _samples(pixels, column * step, row * step, step)
                )
                if strange >= 2:
                    found.add(cell)
    return found


def _samples(pixels: Pixels, x: int, y: int, step: int) -> list[Colour]:
    return [pixels.at(x + step * part // 4, y + step * part // 4) for part in (1, 2, 3)]


def _covered(areas: Iterable[Rectangle], step: int) -> set[tuple[int, int]]:
    return {
        (column, row)
        for area in areas
        for column in range(area.left // step, area.right // step + 1)
        for row in range(area.top // step, area.bottom // step + 1)
    }


def _areas(cells: set[tuple[int, int]], step: int, pixels: Pixels) -> list[Rectangle]:
    found = []
    left = set(cells)
    while left:
        part = _connected(left)
        columns, rows = [c for c, _ in part], [r for _, r in part]
        area = Rectangle(
            min(columns) * step,
            min(rows) * step,
            min((max(columns) + 1) * step, pixels.width),
            min((max(rows) + 1) * step, pixels.height),
        )
        wide, high = area.right - area.left, area.bottom - area.top
        is_mere = wide < _LEAST * pixels.width or high < _LOW * pixels.width
        # What fills the screen from side to side and from top to bottom is a wallpaper.
        is_wallpaper = wide > 0.95 * pixels.width and high > 0.7 * pixels.height
        if not is_mere and not is_wallpaper and len(part) * step**2 >= _FILLED * wide * high:
            found.append(area)
    return found


def _connected(left: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Takes one square and all that hang together with it out of `left`."""
    part = [left.pop()]
    for column, row in part:
        for cell in ((column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)):
            if cell in left:
                left.remove(cell)
                part.append(cell)
    return part


def holds(outer: Rectangle, inner: Rectangle) -> bool:
    """Whether the middle of `inner` lies in `outer`."""
    x, y = (inner.left + inner.right) // 2, (inner.top + inner.bottom) // 2
    return outer.left <= x < outer.right and outer.top <= y < outer.bottom
