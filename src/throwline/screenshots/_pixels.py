"""The pixels of a screenshot, looked at without any library, so that a browser and a computer see the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from throwline.conversation import Rectangle


class Colour(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int

    def distance(self, other: Colour) -> int:
        """The largest difference in any of the three."""
        return max(abs(a - b) for a, b in zip(self, other, strict=True))

    @property
    def vividness(self) -> int:
        """How far from grey: 0 for greys, 255 for a pure colour."""
        return max(self) - min(self)


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture: `rgb` holds three bytes a pixel, row by row from the upper left corner.

    Raises ValueError where `rgb` has another length than `width` and `height` say.
    """

    width: int
    height: int
    rgb: bytes

    def __post_init__(self) -> None:
        if len(self.rgb) != 3 * self.width * self.height:
            raise ValueError(f"{len(self.rgb)} bytes are not {self.width} x {self.height} pixels")

    def at(self, x: int, y: int) -> Colour:
        """The colour of a pixel; one outside is the nearest inside."""
        x = min(max(x, 0), self.width - 1)
        y = min(max(y, 0), self.height - 1)
        start = 3 * (y * self.width + x)
        return Colour(*self.rgb[start : start + 3])

    def samples(self, area: Rectangle, columns: int, rows: int) -> list[Colour]:
        """Colours on an even grid over `area`."""
        across = _even(area.left, area.right, columns)
        return [self.at(x, y) for y, x in product(_even(area.top, area.bottom, rows), across)]


def _even(start: int, end: int, count: int) -> list[int]:
    """At most so many whole numbers, evenly between `start` and `end`."""
    step = max((end - start) / count, 1)
    return [int(start + step * (n + 0.5)) for n in range(max(1, int((end - start) / step)))]


def most_common(colours: Iterable[Colour]) -> Colour:
    """The colour that most of them have or nearly have. Raises ValueError where there are none."""
    by_shade: dict[tuple[int, ...], list[Colour]] = {}
    for colour in colours:
        by_shade.setdefault(tuple(part >> 3 for part in colour), []).append(colour)
    shade = max(by_shade.values(), key=len)
    return Counter(shade).most_common(1)[0][0]


class Walk:
    """Goes from pixel to pixel as long as the colour stays; slow changes, such as a gradient's, are followed."""

    SAME = 6
    """Bubbles differ from the page by 10 and more in every app; JPEG makes 4 of noise in flat areas."""
    PATIENCE = 2
    """So many pixels of another colour in a row are an edge, fewer are a speck."""

    def __init__(self, pixels: Pixels) -> None:
        self._pixels = pixels

    def from_(self, x: int, y: int, dx: int, dy: int, colour: Colour) -> int:
        """How many pixels can be gone from (`x`, `y`) in the direction (`dx`, `dy`) before `colour` ends."""
        pixels = self._pixels
        red, green, blue = map(float, colour)
        same, off = 0, 0
        for steps, (x_now, y_now) in enumerate(_path(x, y, dx, dy, pixels.width, pixels.height), 1):
            r, g, b = pixels.at(x_now, y_now)
            if max(abs(r - red), abs(g - green), abs(b - blue)) <= self.SAME:
                same, off = steps, 0
                red, green, blue = (
                    red + (r - red) / 8,
                    green + (g - green) / 8,
                    blue + (b - blue) / 8,
                )
            else:
                off += 1
                if off >= self.PATIENCE:
                    break
        return same


def _path(x: int, y: int, dx: int, dy: int, width: int, height: int) -> Iterator[tuple[int, int]]:
    x, y = x + dx, y + dy
    while 0 <= x < width and 0 <= y < height:
        yield x, y
        x, y = x + dx, y + dy
