"""PNG: chunks with a checksum each. W3C, Portable Network Graphics (third edition), 5 and 11."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from throwline.metadata._exif import read_exif, turned
from throwline.metadata._parts import DamagedError, Stripped, taken
from throwline.metadata._trace import Trace

MAGIC = b"\x89PNG\r\n\x1a\n"
_NEEDED = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_SHOWN = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs hIST sPLT acTL fcTL fdAT".split()
)
"""Chunks that change how the picture looks: transparency, colours, shape of a pixel, animation."""
_TOLD = {
    b"tEXt": Trace.CAPTION,
    b"zTXt": Trace.CAPTION,
    b"iTXt": Trace.CAPTION,
    b"tIME": Trace.TIME,
    b"caBX": Trace.ORIGIN,
}
_SOFTWARE = (b"Software\0", b"XML:com.adobe.xmp\0")
_ANCILLARY = 0x20
"""The bit in the first letter that says that a program may pass the chunk over."""


def strip_png(content: bytes) -> Stripped:
    """The picture without texts, times, Exif (but for how to turn it) and whatever lies behind its end.

    Raises DamagedError, also for a chunk that is needed to show the picture and not known here.
    """
    kept, traces = [MAGIC], set[Trace]()
    place = len(MAGIC)
    for kind, data in _chunks(content):
        place += len(data) + 12
        if kind in _NEEDED or kind in _SHOWN:
            kept.append(_chunk(kind, data))
        elif kind == b"eXIf":
            exif = read_exif(data)
            traces |= exif.traces
            block = turned(exif.orientation)
            kept += [] if block is None else [_chunk(kind, block)]
        elif not kind[0] & _ANCILLARY:
            raise DamagedError
        else:
            traces.add(_told(kind, data))
    if place < len(content):
        traces.add(Trace.BEHIND)
    return Stripped(b"".join(kept), frozenset(traces))


def _told(kind: bytes, data: bytes) -> Trace:
    return Trace.EDITS if data.startswith(_SOFTWARE) else _TOLD.get(kind, Trace.OTHER)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk up to the end of the picture."""
    place, kind = len(MAGIC), b""
    while kind != b"IEND":
        length = int.from_bytes(taken(content, place, 4))
        kind = taken(content, place + 4, 4)
        data = taken(content, place + 8, length)
        if taken(content, place + 8 + length, 4) != _checksum(kind, data):
            raise DamagedError
        if (place == len(MAGIC)) != (kind == b"IHDR"):
            raise DamagedError
        place += length + 12
        yield kind, data


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + _checksum(kind, data)


def _checksum(kind: bytes, data: bytes) -> bytes:
    return zlib.crc32(kind + data).to_bytes(4)
