"""Rows of signed 32-bit whole numbers, each row held in one Python integer.

Adding two such integers adds the rows, and multiplying one by a number multiplies its row, as long as every field stays
within 31 bits. Python does that in one step for the whole row, exactly and on any machine: this is what makes the act
model fast without a compiled package.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

_BITS = 32
HALF = 1 << (_BITS - 1)


class Layout:
    """Rows of `width` fields."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._bytes = width * _BITS // 8
        self._format = struct.Struct(f"<{width}I")
        # Fields are written from 0 up, with half their range added, which is then taken off the whole row at once.
        self._halves = int.from_bytes(self._format.pack(*[HALF] * width), "little")
        self._size = width * _BITS
        self._mask = (1 << self._size) - 1
        self._three_halves = self.beside([self._halves] * 3)
        self._middles = self._halves + int.from_bytes(
            self._format.pack(*[128 << 16] * width), "little"
        )
        self._fitting = b"\x80" * width

    def pack(self, fields: Iterable[int]) -> int:
        """The row with these fields."""
        data = self._format.pack(*[field + HALF for field in fields])
        return int.from_bytes(data, "little") - self._halves

    def fields(self, row: int) -> list[int]:
        """The fields of a row."""
        return [field - HALF for field in self.raised(row)]

    def raised(self, row: int) -> tuple[int, ...]:
        """The fields of a row, HALF added to each."""
        data = (row + self._halves & self._mask).to_bytes(self._bytes, "little")
        return self._format.unpack(data)

    def octets(self, row: int, bits: int) -> bytes:
        """Each field divided by 2**bits, which is at most 2**16, rounded down, and 128 added: as a byte, 0 or 255 where
        it would be less or more. A field must stay within 31 bits when it is multiplied by 2**(16 - bits)."""
        data = ((row << 16 - bits) + self._middles & self._mask).to_bytes(self._bytes, "little")
        octets, above = data[2::4], data[3::4]
        if above == self._fitting:
            return octets
        return bytes(
            o if a == 0x80 else 255 * (a > 0x80) for o, a in zip(octets, above, strict=True)
        )

    def beside(self, rows: Iterable[int]) -> int:
        """Several rows as one number, to be added up together and then told apart by `apart`."""
        return sum(row << (place * self._size) for place, row in enumerate(rows))

    def first(self, several: int) -> int:
        """The first of the rows that stand beside each other in `several`."""
        return (several + self._halves & self._mask) - self._halves

    def apart(self, three: int) -> tuple[int, int, int]:
        """The three rows that stand beside each other in `three`."""
        raised = three + self._three_halves
        size, mask, halves = self._size, self._mask, self._halves
        return (
            (raised & mask) - halves,
            (raised >> size & mask) - halves,
            (raised >> 2 * size) - halves,
        )

    def reaching(self, row: int, negated_thresholds: int) -> int:
        """Which fields are at least their threshold: a number to read with `places`, zero where none is. The thresholds
        come as one row, negated."""
        return row + negated_thresholds + self._halves & self._halves

    def places(self, reaching: int) -> list[int]:
        """The places of the fields that reach theirs."""
        found = []
        while reaching:
            lowest = reaching & -reaching
            found.append((lowest.bit_length() - 1) // _BITS)
            reaching ^= lowest
        return found

    def field(self, row: int, place: int) -> int:
        """One field of a row."""
        return (row + self._halves >> place * _BITS & (1 << _BITS) - 1) - HALF
