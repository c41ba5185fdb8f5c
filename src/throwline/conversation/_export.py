"""What the person handed over: a file, a folder or a zip, opened for reading only and with limits.

Nothing is unpacked to disk. A zip's members are read in place; their names are used as labels and never as paths.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from throwline.conversation._message import Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_DOCUMENT_BYTES = 2 * 1024**3 - 1
"""A chat export of two gigabytes or more is refused: none of the formats comes near it without media inside."""
MAX_DOCUMENTS = 200_000
_MAX_RATIO = 200
"""Text compresses 5 to 30 times; a member that swells more than this is taken for a zip bomb."""
_RATIO_MATTERS_FROM = 10 * 1024**2
_HEAD = 64 * 1024
_CHUNK = 1024**2

ByteCounter = Callable[[int], None]


class ReadError(Exception):
    """Something could not be read. The message is one sentence for the person: what, where, what to do."""


@dataclass(frozen=True)
class Document:
    """One file of an export.

    `name` is its path inside the export, with "/" between the parts. `size` is in bytes, uncompressed.
    """

    name: str
    size: int
    source: Source
    _opener: Callable[[], io.BufferedIOBase]

    def open(self) -> io.BufferedIOBase:
        """The bytes from the start. Raises ReadError where the file cannot be opened."""
        return self._opener()

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB, by which readers recognise their format."""
        with reading(self.name), self.open() as stream:
            return stream.read(_HEAD)

    def read(self) -> bytes:
        """The whole content. Raises ReadError where the file is damaged or too large."""
        if self.size > MAX_DOCUMENT_BYTES:
            raise ReadError(
                f"{self.name} is {self.size:,} bytes, more than a chat export can be: "
                "export the one chat without media and try again."
            )
        with reading(self.name), self.open() as stream:
            return stream.read()

    def digest(self) -> str:
        """SHA-256 of this document's own bytes, in hexadecimal."""
        with reading(self.name), self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True)
class Refused:
    """A file that was left unread, and why, in one sentence."""

    name: str
    reason: str


@dataclass(frozen=True)
class Export:
    """All documents under one path that the person gave, by name."""

    path: Path
    documents: dict[str, Document]
    refused: tuple[Refused, ...] = ()


def open_export(path: Path, count: ByteCounter) -> Export:
    """List what is at `path`. `count` is told of bytes as they are read.

    Raises ReadError for a path that does not exist, is no file or folder, is empty, or is a damaged zip.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}.") from error
    if stat.S_ISDIR(mode):
        return _folder(path, count)
    if not stat.S_ISREG(mode):
        raise ReadError(f"{path} is neither a file nor a folder: name a chat export.")
    if path.stat().st_size == 0:
        raise ReadError(f"{path} is empty: export the chat again and try that file.")
    with path.open("rb") as stream:
        is_zip = stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    return _zip(path, count) if is_zip else _file(path, count)


def given_export(name: str, content: bytes) -> Export:
    """An export that is already in memory (a file dropped on a page, pasted text). Raises ReadError as `open_export`."""
    if not content:
        raise ReadError(f"{name} is empty: export the chat again and try that file.")
    digest = hashlib.sha256(content).hexdigest()
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _members(Path(name), digest, lambda: io.BytesIO(content))
    document = Document(name, len(content), Source(name, digest), lambda: io.BytesIO(content))
    return Export(Path(name), {name: document})


def _file(path: Path, count: ByteCounter) -> Export:
    return Export(path, {path.name: _on_disk(path, path.name, path.name, count)})


def _on_disk(path: Path, name: str, label: str, count: ByteCounter) -> Document:
    def opener() -> io.BufferedIOBase:
        try:
            return io.BufferedReader(_Counted(path.open("rb", buffering=0), count), _CHUNK)
        except OSError as error:
            raise ReadError(f"{name} cannot be opened: {error.strerror}.") from error

    with reading(name), opener() as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Document(name, path.stat().st_size, Source(label, digest), opener)


def _folder(path: Path, count: ByteCounter) -> Export:
    documents: dict[str, Document] = {}
    refused: list[Refused] = []
    for file in _files_below(path):
        name = file.relative_to(path).as_posix()
        if len(documents) >= MAX_DOCUMENTS:
            raise ReadError(
                f"{path} holds more than {MAX_DOCUMENTS:,} files: name the folder of the chat itself."
            )
        try:
            documents[name] = _on_disk(file, name, f"{path.name}/{name}", count)
        except ReadError as error:
            refused.append(Refused(name, str(error)))
    if not documents:
        raise ReadError(f"{path} holds no file that can be read: name the folder of an export.")
    return Export(path, documents, tuple(refused))


def _files_below(path: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            found = Path(folder, file)
            # A link may lead outside what the person meant to hand over.
            if not file.startswith(".") and found.is_file() and not found.is_symlink():
                yield found


def _zip(path: Path, count: ByteCounter) -> Export:
    def opener() -> io.BufferedIOBase:
        return io.BufferedReader(_Counted(path.open("rb", buffering=0), count), _CHUNK)

    with opener() as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return _members(path, digest, opener)


def _members(path: Path, digest: str, opener: Callable[[], io.BufferedIOBase]) -> Export:
    try:
        archive = zipfile.ZipFile(opener())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(
            f"{path.name} is a zip that is damaged or only half there: export or download it again."
        ) from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_DOCUMENTS:
        raise ReadError(f"{path.name} holds more than {MAX_DOCUMENTS:,} files and is not read.")
    documents: dict[str, Document] = {}
    refused: list[Refused] = []
    for info in infos:
        name = _printable(info.filename)
        reason = _refusal(info) or ("its name stands twice" if name in documents else None)
        if reason:
            refused.append(Refused(f"{path.name}/{name}", f"{name} was left unread: {reason}."))
        elif not PurePosixPath(name).name.startswith("."):
            source = Source(path.name, digest, name)
            documents[name] = Document(
                name, info.file_size, source, _member_opener(archive, info, name)
            )
    if not documents:
        why = refused[0].reason if refused else "it is empty."
        raise ReadError(f"{path.name} is a zip with nothing to read in it: {why}")
    return Export(path, documents, tuple(refused))


def _printable(name: str) -> str:
    """A member's name as a label: whatever stands in it, it can be printed and written."""
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "\ufffd", name)


def _refusal(info: zipfile.ZipInfo) -> str | None:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in parts[0]:
        return "its name points outside the archive"
    if info.flag_bits & 0x1:
        return "it is locked with a password"
    if info.file_size > MAX_DOCUMENT_BYTES:
        return f"it would unpack to {info.file_size:,} bytes"
    swollen = info.file_size > _MAX_RATIO * max(info.compress_size, 1)
    if info.file_size > _RATIO_MATTERS_FROM and swollen:
        return "it would unpack to far more than a chat can be (a zip bomb)"
    return None


def _member_opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str
) -> Callable[[], io.BufferedIOBase]:
    def opener() -> io.BufferedIOBase:
        try:
            return cast(io.BufferedIOBase, archive.open(info))
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
            raise ReadError(f"{name} in the zip is damaged and cannot be opened.") from error

    return opener


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turns what damaged bytes cause into a ReadError that names the document."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise ReadError(f"{name} is damaged: export or download it again.") from error


class _Counted(io.RawIOBase):
    """A raw file that tells how much of it was read."""

    def __init__(self, raw: io.FileIO, count: ByteCounter) -> None:
        self._raw = raw
        self._count = count

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        read = self._raw.readinto(buffer) or 0
        self._count(read)
        return read

    def close(self) -> None:
        with suppress(OSError):
            self._raw.close()
        super().close()
