"""WebP: chunks in a RIFF container. RFC 9649, 2."""

from __future__ import annotations

from collections.abc import Iterator

from throwline.metadata._exif import read_exif, turned
from throwline.metadata._parts import DamagedError, Stripped, taken
from throwline.metadata._trace import XMP, Trace

_SHOWN = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ICCP"})
_FRAME, _EXTENDED = b"ANMF", b"VP8X"
_FRAME_HEADER = 16
_TOLD = {b"XMP ": XMP, b"C2PA": frozenset({Trace.ORIGIN})}
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_OTHER = frozenset({Trace.OTHER})


def is_webp(content: bytes) -> bool:
    """Whether it is such a file by its first bytes."""
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def strip_webp(content: bytes) -> Stripped:
    """The picture without Exif (but for how to turn it), XMP, unknown chunks and whatever lies behind its end.

    Raises DamagedError.
    """
    size = int.from_bytes(content[4:8], "little")
    body = taken(content, 12, size - 4) if size > 4 else b""
    traces = {Trace.BEHIND} if content[8 + size :].strip(b"\0") else set[Trace]()
    kept: list[tuple[bytes, bytes]] = []
    for kind, data in _chunks(body):
        if kind == b"EXIF":
            exif = read_exif(data)
            traces |= exif.traces
            block = turned(exif.orientation)
            kept += [] if block is None else [(kind, block)]
        elif kind == _FRAME:
            kept.append((kind, _frame(data, traces)))
        elif kind == _EXTENDED or kind in _SHOWN:
            kept.append((kind, data))
        else:
            traces |= _TOLD.get(kind, _OTHER)
    if not kept or kept[0][0] not in (b"VP8 ", b"VP8L", _EXTENDED):
        raise DamagedError
    written = b"WEBP" + b"".join(_chunk(kind, data) for kind, data in _told_apart(kept))
    return Stripped(b"RIFF" + len(written).to_bytes(4, "little") + written, frozenset(traces))


def _frame(data: bytes, traces: set[Trace]) -> bytes:
    """A frame of an animation, which is made of chunks itself."""
    kept = [taken(data, 0, _FRAME_HEADER)]
    for kind, part in _chunks(data[_FRAME_HEADER:]):
        if kind in _SHOWN:
            kept.append(_chunk(kind, part))
        else:
            traces |= _OTHER
    return b"".join(kept)


def _told_apart(chunks: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """The chunks, with the first one saying which of the others are there."""
    turned_round = any(kind == b"EXIF" for kind, _ in chunks)
    for kind, data in chunks:
        if kind != _EXTENDED:
            yield kind, data
            continue
        flags = taken(data, 0, 1)[0] & ~(_HAS_EXIF | _HAS_XMP)
        yield kind, bytes((flags | (_HAS_EXIF if turned_round else 0),)) + data[1:]


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(body):
        kind = taken(body, place, 4)
        length = int.from_bytes(taken(body, place + 4, 4), "little")
        yield kind, taken(body, place + 8, length)
        place += 8 + length + length % 2


def _chunk(kind: bytes, data: bytes) -> bytes:
    return kind + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)
