"""The block of tags that cameras write (Exif, a TIFF file inside the picture): what it tells, and its shortest form.

Layout: TIFF 6.0, section 2; the sub-directories and their tags: CIPA DC-008-2024 (Exif 3.0), 4.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from throwline.metadata._parts import DamagedError, taken
from throwline.metadata._trace import Trace, exif_traces

Order = Literal["little", "big"]

HEADER = b"Exif\0\0"
_ORDERS: dict[bytes, Order] = {b"II*\0": "little", b"MM\0*": "big"}
_ORIENTATION, _EXIF, _GPS, _INTEROPERABILITY = 0x0112, 0x8769, 0x8825, 0xA005
_SHORT = 3
_ENTRY = 12
_UPRIGHT = 1
_TURNED = range(2, 9)
_MOST_ENTRIES = 1000
"""Of one directory. No camera writes more than some hundred."""


@dataclass(frozen=True, slots=True)
class Exif:
    """What a block tells. `orientation` is 1 (upright) to 8, 1 also where the block does not say."""

    traces: frozenset[Trace]
    orientation: int


def read_exif(block: bytes) -> Exif:
    """Read a block, with or without its header. What cannot be read counts as other data."""
    tiff = block.removeprefix(HEADER)
    order = _ORDERS.get(tiff[:4])
    if order is None:
        return Exif(frozenset({Trace.OTHER}), _UPRIGHT)
    try:
        return _Reader(tiff, order).read()
    except DamagedError:
        return Exif(frozenset({Trace.OTHER}), _UPRIGHT)


def turned(orientation: int) -> bytes | None:
    """The shortest block, without header, that says how to turn the picture; None where it is upright."""
    if orientation not in _TURNED:
        return None
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)


class _Reader:
    def __init__(self, tiff: bytes, order: Order) -> None:
        self._tiff = tiff
        self._order = order

    def read(self) -> Exif:
        traces: set[Trace] = set()
        orientation = _UPRIGHT
        start = self._number(4, 4)
        for tag, value in self._entries(start):
            if tag == _ORIENTATION:
                orientation = self._number(2, value)
            elif tag == _GPS:
                traces.add(Trace.PLACE)
            elif tag == _EXIF:
                traces |= self._told(self._number(4, value))
            else:
                traces.add(exif_traces().get(tag, Trace.SETTINGS))
        if self._following(start):
            traces.add(Trace.THUMBNAIL)
        return Exif(frozenset(traces), orientation)

    def _told(self, start: int) -> set[Trace]:
        return {
            exif_traces().get(tag, Trace.SETTINGS)
            for tag, _ in self._entries(start)
            if tag != _INTEROPERABILITY
        }

    def _entries(self, start: int) -> Iterator[tuple[int, int]]:
        """Every tag of the directory at `start`, with the place of its value or of the offset to it."""
        for index in range(min(self._number(2, start), _MOST_ENTRIES)):
            entry = start + 2 + index * _ENTRY
            yield self._number(2, entry), entry + 8

    def _following(self, start: int) -> int:
        return self._number(4, start + 2 + self._number(2, start) * _ENTRY)

    def _number(self, size: int, place: int) -> int:
        return int.from_bytes(taken(self._tiff, place, size), self._order)
