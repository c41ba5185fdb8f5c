"""JPEG: segments behind markers. ITU-T T.81, annex B; JFIF: ITU-T T.871; Exif's segment: CIPA DC-008-2024, 4.7."""

from __future__ import annotations

import re

from throwline.metadata._exif import HEADER, read_exif, turned
from throwline.metadata._parts import DamagedError, Stripped, taken
from throwline.metadata._trace import XMP, Trace

MAGIC = b"\xff\xd8\xff"
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP2, _APP11, _APP13, _APP14 = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE
_APPS = range(0xE0, 0xF0)
_NEEDED = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)}) - {0xC8}
"""Frames, tables, scans, restart intervals: the picture itself."""
_JFIF_LENGTH = 14
_ADOBE_LENGTH = 12
# In the data of a scan a marker is 0xFF before anything but a stuffed zero, a restart, or another 0xFF to fill up.
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_TOLD = (
    (_APP1, b"http://ns.adobe.com/xap/1.0/\0", XMP),
    (_APP1, b"http://ns.adobe.com/xmp/extension/\0", XMP),
    (_APP0, b"JFXX\0", frozenset({Trace.THUMBNAIL})),
    (_APP2, b"MPF\0", frozenset({Trace.BEHIND})),
    (_APP11, b"JP", frozenset({Trace.ORIGIN})),
    (_APP13, b"Photoshop 3.0\0", frozenset({Trace.CAPTION, Trace.EDITS})),
)


def strip_jpeg(content: bytes) -> Stripped:
    """The picture without comments, application segments and whatever lies behind its end.

    What is needed to show it as it was stays: JFIF without its thumbnail, Adobe's word on colours, the colour
    profile, and of Exif how to turn it. Raises DamagedError.
    """
    return _Jpeg(content).stripped()


class _Jpeg:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._kept = [b"\xff\xd8"]
        self._traces: set[Trace] = set()
        self._shown = False

    def stripped(self) -> Stripped:
        place = 2
        while True:
            marker, place = self._marker(place)
            if marker == _END:
                break
            place = self._segment(marker, place)
        if not self._shown:
            raise DamagedError
        if self._content[place:].strip(b"\0\xff"):
            self._traces.add(Trace.BEHIND)
        self._kept.append(b"\xff\xd9")
        return Stripped(b"".join(self._kept), frozenset(self._traces))

    def _marker(self, place: int) -> tuple[int, int]:
        """The marker at `place` and where it ends; any number of 0xFF may fill up before it."""
        if taken(self._content, place, 1) != b"\xff":
            raise DamagedError
        while taken(self._content, place, 1) == b"\xff":
            place += 1
        return self._content[place], place + 1

    def _segment(self, marker: int, place: int) -> int:
        """Keep or leave the segment whose length stands at `place`; where the next marker begins."""
        length = int.from_bytes(taken(self._content, place, 2))
        if length < 2:
            raise DamagedError
        data = taken(self._content, place + 2, length - 2)
        place += length
        kept = data if marker in _NEEDED else self._left(marker, data)
        if kept is not None:
            self._kept.append(bytes((0xFF, marker)) + (len(kept) + 2).to_bytes(2) + kept)
        if marker == _SCAN:
            found = _MARKER_IN_SCAN.search(self._content, place)
            if found is None:
                raise DamagedError
            self._kept.append(self._content[place : found.start()])
            self._shown = True
            place = found.start()
        return place

    def _left(self, marker: int, data: bytes) -> bytes | None:
        """What stays of a segment that is not the picture itself; None for nothing."""
        if marker == _APP0 and data.startswith(b"JFIF\0"):
            return self._jfif(data)
        if marker == _APP14 and data.startswith(b"Adobe"):
            return data[:_ADOBE_LENGTH]
        if marker == _APP2 and data.startswith(b"ICC_PROFILE\0"):
            return data
        if marker == _APP1 and data.startswith(HEADER):
            exif = read_exif(data)
            self._traces |= exif.traces
            block = turned(exif.orientation)
            return None if block is None else HEADER + block
        if marker == _COMMENT:
            self._traces.add(Trace.CAPTION)
        elif marker in _APPS:
            self._traces |= _told(marker, data)
        else:
            raise DamagedError
        return None

    def _jfif(self, data: bytes) -> bytes:
        if len(data) > _JFIF_LENGTH:
            self._traces.add(Trace.THUMBNAIL)
        return taken(data, 0, _JFIF_LENGTH - 2) + b"\0\0"


def _told(marker: int, data: bytes) -> frozenset[Trace]:
    for at, start, traces in _TOLD:
        if marker == at and data.startswith(start):
            return traces
    return frozenset({Trace.OTHER})
