"""Where a screenshot shows pictures: found so that they can be blanked, never looked into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from throwline.conversation import Rectangle
from throwline.screenshots._pixels import Colour, Pixels
from throwline.screenshots._screen import Box

_CELLS = 72
"""The screen is looked at in so many squares across."""
_LIKE = 20
"""The patterns of wallpapers and the inner boxes of bubbles differ less than this from their ground."""
_NARROWEST, _LOWEST = 0.18, 0.1
"""Of the width. Portraits beside bubbles, buttons and stickers are smaller."""
_FILLED = 0.55
_FAR = 0.08
"""Of the width. In a bubble a line of text begins closer to the side than this; a caption on a picture does not."""


def picture_areas(
    pixels: Pixels, boxes: Sequence[Box], page: Colour, view: tuple[int, int]
) -> tuple[Rectangle, ...]:
    """The areas in `view` of at least 18 % by 10 % of the width that are neither page nor bubble nor text.

    A flat area with few words far inside it counts too: it may be a picture that is still loading.
    """
    plates = _plates(boxes, pixels.width)
    told = [box for box in boxes if box.steady and not any(holds(p, box.rectangle) for p in plates)]
    step = max(4, pixels.width // _CELLS)
    areas = _areas(_unexplained(pixels, told, page, view, step), step, pixels)
    found = [area for area in areas if not any(holds(plate, area) for plate in plates)]
    return tuple(sorted([*plates, *found], key=lambda area: area.top))


def _plates(boxes: Sequence[Box], width: int) -> list[Rectangle]:
    """The areas of one colour in which all text stands far from the sides: no bubble is so."""
    beside: dict[Rectangle, list[int]] = {}
    for box in boxes:
        if box.bubble:
            area = next((a for a in beside if holds(a, box.rectangle)), box.bubble)
            beside.setdefault(area, []).append(box.rectangle.left - area.left)
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
        is_large = wide >= _NARROWEST * pixels.width and high >= _LOWEST * pixels.width
        # What fills the screen from side to side and from top to bottom is a wallpaper.
        is_wallpaper = wide > 0.95 * pixels.width and high > 0.7 * pixels.height
        if is_large and not is_wallpaper and len(part) * step**2 >= _FILLED * wide * high:
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
