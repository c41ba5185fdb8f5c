"""Zip and tar archives: what is in them, each member read in place. Names are labels and never used as paths."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from throwline.language import Note

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Opener = Callable[[], io.BufferedIOBase]

MAX_MEMBER_BYTES = 2 * 1024**3 - 1
"""A chat export of two gigabytes or more is refused: none of the formats comes near it without media inside."""
DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError)
"""What the standard library raises on archives that are damaged or break off."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR = slice(257, 262)
HEAD = _TAR.stop
"""So many bytes tell whether a file is an archive."""
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
_MAX_RATIO = 200
"""Text compresses 5 to 30 times; a member that swells more than this is taken for a zip bomb."""
_RATIO_MATTERS_FROM = 10 * 1024**2
_LOCKED = 0x1
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FEW = 8
_CHUNK = 1024**2
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Member:
    """A file in an archive. `refusal` says why it is not to be opened; `size` is in bytes, unpacked."""

    name: str
    size: int
    refusal: Note | None
    open: Opener


def is_archive(head: bytes) -> bool:
    """Whether a file that begins with `head` is an archive that `Archives.members` opens."""
    return head.startswith(_ZIP) or head[_TAR] == b"ustar"


def is_packed(head: bytes) -> bool:
    """Whether a file that begins with `head` is packed in another way (gzip, bzip2, xz, 7-Zip, RAR)."""
    return head.startswith(_PACKED)


class Archives:
    """The archives of one export, of which a few are open at a time."""

    def __init__(self) -> None:
        self._zip = lru_cache(maxsize=_FEW)(_zip)

    def members(self, head: bytes, opener: Opener) -> Iterator[Member]:
        """The files in the archive that `opener` opens and that begins with `head`. Raises one of DAMAGE."""
        return self._zipped(opener) if head.startswith(_ZIP) else _tarred(opener)

    def _zipped(self, opener: Opener) -> Iterator[Member]:
        for info in self._zip(opener).infolist():
            if not info.is_dir():
                refusal = _misplaced(info.filename) or _refusal(info)
                yield Member(
                    _printable(info.filename), info.file_size, refusal, self._reader(opener, info)
                )

    def _reader(self, opener: Opener, info: zipfile.ZipInfo) -> Opener:
        def read() -> io.BufferedIOBase:
            # Read by lines, a buffer in between is many times faster.
            return io.BufferedReader(cast(io.RawIOBase, self._zip(opener).open(info)), _CHUNK)

        return read


def _zip(opener: Opener) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(opener())
    except (ValueError, NotImplementedError, OverflowError) as error:
        raise zipfile.BadZipFile from error


def _tarred(opener: Opener) -> Iterator[Member]:
    with opener() as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
        for info in archive:
            if info.isreg():
                refusal = _misplaced(info.name) or _too_large(info.size)
                if info.issparse():
                    refusal = Note("it is stored with holes")
                yield Member(
                    _printable(info.name),
                    info.size,
                    refusal,
                    _part_reader(opener, info.offset_data, info.size),
                )


def _part_reader(opener: Opener, start: int, size: int) -> Opener:
    return lambda: io.BufferedReader(_Part(opener(), start, size), _CHUNK)


class _Part(io.RawIOBase):
    """A part of a file, as a file."""

    def __init__(self, whole: io.BufferedIOBase, start: int, size: int) -> None:
        self._whole = whole
        self._left = size
        whole.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)[: self._left]
        read = self._whole.readinto(view)
        if len(view) and not read:
            raise EOFError
        self._left -= read
        return read

    def close(self) -> None:
        self._whole.close()
        super().close()


def _printable(name: str) -> str:
    """A member's name as a label: whatever stands in it, it can be printed and written."""
    return _UNPRINTABLE.sub("\ufffd", name)


def _misplaced(name: str) -> Note | None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
        return Note("its name points outside the archive")
    return None


def _too_large(size: int) -> Note | None:
    return Note("it would unpack to {size} bytes", size=size) if size > MAX_MEMBER_BYTES else None


def _refusal(info: zipfile.ZipInfo) -> Note | None:
    if info.flag_bits & _LOCKED:
        return Note("it is locked with a password")
    if info.compress_type not in _WAYS:
        return Note("it is packed in a way that is not read")
    swollen = info.file_size > _MAX_RATIO * max(info.compress_size, 1)
    if _RATIO_MATTERS_FROM < info.file_size <= MAX_MEMBER_BYTES and swollen:
        return Note("it would unpack to far more than a chat can be (a zip bomb)")
    return _too_large(info.file_size)
