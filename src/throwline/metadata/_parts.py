"""What the formats have in common: a file taken apart, and what came out of it."""

from __future__ import annotations

from dataclasses import dataclass

from throwline.metadata._trace import Trace


class DamagedError(ValueError):
    """The file does not hold together where its format says it must."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """A file without its metadata, and what that told."""

    content: bytes
    traces: frozenset[Trace]


def taken(content: bytes, start: int, length: int) -> bytes:
    """`length` bytes from `start`. Raises DamagedError where the file ends before."""
    part = content[start : start + length]
    if len(part) != length:
        raise DamagedError
    return part
