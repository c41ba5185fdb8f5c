"""Compound files, in which old Office programs and Outlook keep many streams in one file (MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""MS-CFB, section 2.2."""
_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
"""Greater numbers mark the end of a chain, or a sector that is in none."""
_NOBODY = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_IN_HEADER = 109
"""So many sectors of the allocation table are named in the header itself."""


class CompoundError(Exception):
    """The bytes are not those of a compound file."""


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """The streams of a compound file, by their paths ("/" before each part). Raises CompoundError."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) < _HEADER or not raw.startswith(SIGNATURE):
            raise CompoundError
        self._raw = raw
        _, major, _, shift, small_shift = struct.unpack_from("<5H", raw, 24)
        if (major, shift, small_shift) not in ((3, 9, 6), (4, 12, 6)):
            raise CompoundError
        self._sector, self._small_sector = 1 << shift, 1 << small_shift
        directory, _, self._cutoff, small_table = struct.unpack_from("<4I", raw, 48)
        self._table = self._allocation()
        self._entries = [*self._directory(self._chained(directory))]
        if not self._entries or self._entries[0].kind != _ROOT:
            raise CompoundError
        self._small_table = _numbers(self._chained(small_table))
        self._small = self._chained(self._entries[0].start, self._entries[0].size)
        self._streams = dict(self._below(0, ""))

    @property
    def paths(self) -> Collection[str]:
        """Of all streams."""
        return self._streams.keys()

    def stream(self, path: str, most: int) -> bytes | None:
        """The bytes of a stream, the first `most` of a longer one; None where there is none of that path."""
        entry = self._streams.get(path)
        if entry is None:
            return None
        wanted = min(entry.size, most)
        if entry.size >= self._cutoff:
            return self._chained(entry.start, wanted)
        size = self._small_sector
        sectors = islice(_chain(self._small_table, entry.start), -(-wanted // size))
        return b"".join(self._small[n * size : (n + 1) * size] for n in sectors)[:wanted]

    def _allocation(self) -> tuple[int, ...]:
        """The number of the sector that follows each."""
        named = list(struct.unpack_from(f"<{_IN_HEADER}I", self._raw, _HEADER - 4 * _IN_HEADER))
        (more,) = struct.unpack_from("<I", self._raw, 68)
        most = len(self._raw) // self._sector
        for _ in range(most):
            if more >= _LAST_SECTOR:
                break
            *numbers, more = _numbers(self._at(more)) or (_NOBODY,)
            named += numbers
        used = (number for number in named if number < _LAST_SECTOR)
        return _numbers(b"".join(self._at(number) for number in islice(used, most)))

    def _at(self, number: int) -> bytes:
        begin = (number + 1) * self._sector
        return self._raw[begin : begin + self._sector]

    def _chained(self, start: int, most: int | None = None) -> bytes:
        wanted = len(self._raw) if most is None else most
        sectors = islice(_chain(self._table, start), -(-wanted // self._sector))
        return b"".join(map(self._at, sectors))[:wanted]

    def _directory(self, raw: bytes) -> Iterator[_Entry]:
        for begin in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            name, length, kind = struct.unpack_from("<64sHB", raw, begin)
            left, right, child = struct.unpack_from("<3I", raw, begin + 68)
            # In files of the third version, only the lower half of the size counts.
            start, size = struct.unpack_from("<2I", raw, begin + 116)
            shown = name[: max(length - 2, 0)].decode("utf-16-le", "replace")
            yield _Entry(shown, kind, left, right, child, start, size)

    def _below(self, storage: int, path: str) -> Iterator[tuple[str, _Entry]]:
        """The streams in a storage and in those within it; what is met twice is left out the second time."""
        met: set[int] = set()
        ahead = [(self._entries[storage].child, path)]
        while ahead:
            number, above = ahead.pop()
            if number in met or number >= len(self._entries):
                continue
            met.add(number)
            entry = self._entries[number]
            below = f"{above}/{entry.name}"
            ahead += [(entry.left, above), (entry.right, above)]
            if entry.kind == _STORAGE:
                ahead.append((entry.child, below))
            elif entry.kind == _STREAM:
                yield below, entry


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _chain(table: tuple[int, ...], number: int) -> Iterator[int]:
    """The sectors from `number` on. Raises CompoundError where they run in a circle or out of the file."""
    for _ in range(len(table) + 1):
        if number >= _LAST_SECTOR:
            return
        if number >= len(table):
            raise CompoundError
        yield number
        number = table[number]
    raise CompoundError
