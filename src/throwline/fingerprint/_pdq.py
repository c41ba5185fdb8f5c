"""PDQ, the perceptual hash that removal services and platforms compare pictures by.

Written after the description by Meta (ThreatExchange, pdq/, "PDQ: a hash for images", 2017) and equal to its C++
reference bit for bit on equal pixels. The reference computes in 32-bit floats, and on flat or symmetric pictures the
last digit decides bits. Here a step is one pass over a whole line of numbers whose results are stored in an
`array("f")`, which rounds each of them to a 32-bit float exactly as the reference does.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import pairwise, repeat
from operator import add, mul, sub, truediv
from typing import TypeAlias

_BLOCKS = 64
"""The picture is averaged down to 64 x 64 before anything else is looked at."""
_FREQUENCIES = 16
_SMALLEST_SIDE = 5
"""The reference gives pictures with a shorter side the all-zero hash and quality 0."""
_RED, _GREEN, _BLUE = ([weight * level for level in range(256)] for weight in (0.299, 0.587, 0.114))

Line: TypeAlias = "array[float]"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A PDQ hash as 64 lower-case hexadecimal digits, and how much the picture gives it to hold on to (0 to 100)."""

    pdq: str
    quality: int


def hamming(one: str, other: str) -> int:
    """In how many of the 256 bits two PDQ hashes differ; the same picture, resized or recompressed, stays below 32.

    Raises ValueError where either is not hexadecimal.
    """
    return (int(one, 16) ^ int(other, 16)).bit_count()


def pdq_of_pixels(rgba: bytes, rows: int, cols: int) -> Fingerprint:
    """The hash of `rows` x `cols` pixels, row by row, four bytes each (red, green, blue, and alpha, which is ignored).

    Where the compiled `pdqhash` and numpy are installed they do the work, with the same answer.
    Raises ValueError where there are more or fewer bytes than the size says.
    """
    if len(rgba) != rows * cols * 4:
        raise ValueError(f"{rows} x {cols} pixels are {rows * cols * 4} bytes, not {len(rgba)}")
    compiled = _compiled()
    return compiled(rgba, rows, cols) if compiled else pdq(luma(rgba), rows, cols)


def luma(rgba: bytes) -> Line:
    """How bright each pixel is, 0 to 255, by the weights of ITU-R BT.601."""
    red = map(_RED.__getitem__, rgba[0::4])
    green = map(_GREEN.__getitem__, rgba[1::4])
    blue = map(_BLUE.__getitem__, rgba[2::4])
    return array("f", map(add, map(add, red, green), blue))


def pdq(luma: Sequence[float], rows: int, cols: int) -> Fingerprint:
    """The hash of a picture given as brightness 0 to 255, row by row, in pure Python.

    Raises ValueError where there are more or fewer numbers than the size says.
    """
    if len(luma) != rows * cols:
        raise ValueError(f"{rows} x {cols} pixels are {rows * cols} numbers, not {len(luma)}")
    if min(rows, cols) < _SMALLEST_SIDE:
        return Fingerprint("0" * 64, 0)
    lines = [array("f", luma[start : start + cols]) for start in range(0, rows * cols, cols)]
    blocks = _blocks(lines)
    return Fingerprint(_hash(_spectrum(blocks)), _quality(blocks))


def _blocks(lines: list[Line]) -> list[Line]:
    """The picture blurred and sampled at the centres of 64 x 64 blocks."""
    rows, cols = len(lines), len(lines[0])
    if rows == cols == _BLOCKS:
        return lines
    once = _turned(_blurred(_turned(_blurred(_turned(lines), range(cols))), range(rows)))
    # Of the second time only what is sampled afterwards: a quarter of the work less, and the same numbers.
    return _blurred(_turned(_blurred(once, _centres(cols))), _centres(rows))


def _centres(side: int) -> list[int]:
    return [int((block + 0.5) * side / _BLOCKS) for block in range(_BLOCKS)]


def _blurred(lines: list[Line], wanted: Sequence[int]) -> list[Line]:
    """The wanted lines, each replaced by the mean of its neighbours, within a window of half a block."""
    window = -(-len(lines) // (2 * _BLOCKS))
    ahead = (window + 2) // 2 - 1
    behind = window - ahead
    total = _zeros(len(lines[0]))
    held = 0
    for entering in lines[:ahead]:
        total = _rounded(add, total, entering)
        held += 1
    blurred: dict[int, Line] = {}
    sought = set(wanted)
    for index in range(len(lines)):
        if index + ahead < len(lines):
            total = _rounded(add, total, lines[index + ahead])
            held += 1
        if index >= behind:
            total = _rounded(sub, total, lines[index - behind])
            held -= 1
        if index in sought:
            blurred[index] = _rounded(truediv, total, repeat(float(held)))
    return [blurred[index] for index in wanted]


def _spectrum(blocks: list[Line]) -> list[Line]:
    """The lowest 16 x 16 frequencies, without the mean, of the two-dimensional cosine transform."""
    return _turned(_cosines(_turned(_cosines(blocks))))


def _cosines(lines: list[Line]) -> list[Line]:
    return [_weighted_sum(weights, lines) for weights in _cosine_weights()]


def _weighted_sum(weights: Line, lines: list[Line]) -> Line:
    total = _zeros(len(lines[0]))
    for weight, line in zip(weights, lines, strict=True):
        total = _rounded(add, total, _rounded(mul, line, repeat(weight)))
    return total


@cache
def _cosine_weights() -> list[Line]:
    scale = math.sqrt(2 / _BLOCKS)
    (scale,) = array("f", [scale])
    step = math.pi / 2 / _BLOCKS
    return [
        array("f", (scale * math.cos(step * (i + 1) * (2 * j + 1)) for j in range(_BLOCKS)))
        for i in range(_FREQUENCIES)
    ]


def _hash(spectrum: list[Line]) -> str:
    """One bit a frequency: whether it is stronger than the (lower) median of all."""
    strengths = [strength for line in spectrum for strength in line]
    median = sorted(strengths)[len(strengths) // 2 - 1]
    bits = sum(1 << place for place, strength in enumerate(strengths) if strength > median)
    return f"{bits:064x}"


def _quality(blocks: list[Line]) -> int:
    """How many edges of note the picture has, as the reference counts and caps them."""
    steps = sum(
        abs(int(step))
        for lines in (blocks, _turned(blocks))
        for line, following in pairwise(lines)
        for step in _percent(_rounded(sub, line, following))
    )
    return min(100, steps // 90)


def _percent(levels: Line) -> Line:
    return _rounded(truediv, _rounded(mul, levels, repeat(100.0)), repeat(255.0))


def _rounded(
    operation: Callable[[float, float], float], left: Line, right: Iterable[float]
) -> Line:
    """The operation on each pair of numbers, every result rounded to a 32-bit float."""
    return array("f", map(operation, left, right))


def _zeros(count: int) -> Line:
    return array("f", bytes(4 * count))


def _turned(lines: list[Line]) -> list[Line]:
    """Rows as columns."""
    return [array("f", column) for column in zip(*lines, strict=True)]


@cache
def _compiled() -> Callable[[bytes, int, int], Fingerprint] | None:
    """The reference's own C++ behind Python, where it is installed. It never is in a browser."""
    try:
        pdqhash = import_module("pdqhash")
        numpy = import_module("numpy")
    except ImportError:
        return None

    def compiled(rgba: bytes, rows: int, cols: int) -> Fingerprint:
        pixels = numpy.frombuffer(rgba, numpy.uint8).reshape(rows, cols, 4)
        bits, quality = pdqhash.compute(numpy.ascontiguousarray(pixels[:, :, :3]))
        return Fingerprint(numpy.packbits(bits).tobytes().hex(), quality)

    return compiled
