"""What the person handed over: a file, a folder or an archive, opened for reading only and with limits.

Nothing is unpacked to disk. The members of an archive are read in place; their names are used as labels and never as
paths.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from throwline.conversation._archive import (
    DAMAGE,
    HEAD,
    MAX_MEMBER_BYTES,
    Archives,
    Opener,
    is_archive,
)
from throwline.conversation._message import Source
from throwline.language import Note

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_DOCUMENTS = 200_000
_HEAD = 64 * 1024
_HEADS = 16
"""So many are kept: each is looked at by one reader after the other."""
_CHUNK = 1024**2

ByteCounter = Callable[[int], None]


class ReadError(Exception):
    """Something could not be read. `sentence` is one for the person: what, where, what to do."""

    def __init__(self, sentence: Note) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Document:
    """One file of an export.

    `name` is its path inside the export, with "/" between the parts. `size` is in bytes, uncompressed.
    """

    name: str
    size: int
    source: Source
    _opener: Opener

    def open(self) -> io.BufferedIOBase:
        """The bytes from the start. Raises ReadError where the file cannot be opened."""
        try:
            return self._opener()
        except (*DAMAGE, RuntimeError) as error:
            raise ReadError(
                Note("{name} is damaged and cannot be opened.", name=self.name)
            ) from error

    @property
    def head(self) -> bytes:
        """The first 64 KiB, by which readers recognise their format."""
        return _head(self)

    def read(self) -> bytes:
        """The whole content. Raises ReadError where the file is damaged or too large."""
        if self.size > MAX_MEMBER_BYTES:
            raise ReadError(
                Note(
                    "{name} is {size} bytes, more than a chat export can be: "
                    "export the one chat without media and try again.",
                    name=self.name,
                    size=self.size,
                )
            )
        with reading(self.name), self.open() as stream:
            return stream.read()

    def digest(self) -> str:
        """SHA-256 of this document's own bytes, in hexadecimal."""
        with reading(self.name), self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


@lru_cache(maxsize=_HEADS)
def _head(document: Document) -> bytes:
    with reading(document.name), document.open() as stream:
        return stream.read(_HEAD)


@dataclass(frozen=True)
class Refused:
    """A file that was left unread, and why, in one sentence."""

    name: str
    reason: Note


@dataclass(frozen=True)
class Export:
    """All documents under one path that the person gave, by name.

    `companions` are those without a conversation in which a reader looked something up; it fills while they read.
    """

    path: Path
    documents: dict[str, Document]
    refused: tuple[Refused, ...] = ()
    companions: dict[str, Document] = field(default_factory=dict)

    def companion(self, document: Document) -> Document:
        """`document`, noted as one in which something is looked up."""
        self.companions[document.name] = document
        return document

    def beside(self, document: Document, name: str) -> Document | None:
        """The companion called `name` in the same folder as `document`, None where there is none."""
        folder = document.name.rpartition("/")[0]
        found = self.documents.get(f"{folder}/{name}" if folder else name)
        return found and self.companion(found)


def open_export(path: Path, count: ByteCounter) -> Export:
    """List what is at `path`. `count` is told of bytes as they are read.

    Raises ReadError for a path that does not exist, is no file or folder, is empty, or is a damaged archive.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise ReadError(
            Note("{name} cannot be opened: {why}.", name=str(path), why=error.strerror or "")
        ) from error
    if stat.S_ISDIR(mode):
        return _folder(path, count)
    if not stat.S_ISREG(mode):
        raise ReadError(
            Note("{name} is neither a file nor a folder: name a chat export.", name=str(path))
        )
    if path.stat().st_size == 0:
        raise ReadError(
            Note("{name} is empty: export the chat again and try that file.", name=str(path))
        )
    return _single(path, path.stat().st_size, _on_disk(path, path.name, count))


def given_export(name: str, content: bytes, count: ByteCounter = lambda _octets: None) -> Export:
    """An export that is already in memory (a file dropped on a page, pasted text). `count` and ReadError are as in
    `open_export`."""
    if not content:
        raise ReadError(
            Note("{name} is empty: export the chat again and try that file.", name=name)
        )
    return _single(
        Path(name), len(content), lambda: io.BufferedReader(_CountedBytes(content, count), _CHUNK)
    )


def _single(path: Path, size: int, opener: Opener) -> Export:
    documents, refused = _found(path.name, path.name, "", size, opener, Archives())
    if not documents:
        why = refused[0].reason if refused else Note("it is empty.")
        raise ReadError(
            Note("{name} is an archive with nothing to read in it: {why}", name=path.name, why=why)
        )
    return Export(path, documents, tuple(refused))


def _folder(path: Path, count: ByteCounter) -> Export:
    documents: dict[str, Document] = {}
    refused: list[Refused] = []
    archives = Archives()
    for file in _files_below(path):
        name = file.relative_to(path).as_posix()
        try:
            opener = _on_disk(file, name, count)
            found, left = _found(
                name, f"{path.name}/{name}", f"{name}/", file.stat().st_size, opener, archives
            )
        except ReadError as error:
            refused.append(Refused(name, error.sentence))
            continue
        documents |= found
        refused += left
        if len(documents) > MAX_DOCUMENTS:
            raise ReadError(
                Note(
                    "{name} holds more than {count} files: name the folder of the chat itself.",
                    name=str(path),
                    count=MAX_DOCUMENTS,
                )
            )
    if not documents:
        raise ReadError(
            Note(
                "{name} holds no file that can be read: name the folder of an export.",
                name=str(path),
            )
        )
    return Export(path, documents, tuple(refused))


def _files_below(path: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            found = Path(folder, file)
            # A link may lead outside what the person meant to hand over.
            if not file.startswith(".") and found.is_file() and not found.is_symlink():
                yield found


def _on_disk(path: Path, name: str, count: ByteCounter) -> Opener:
    def opener() -> io.BufferedIOBase:
        try:
            return io.BufferedReader(_Counted(path, count), _CHUNK)
        except OSError as error:
            raise ReadError(
                Note("{name} cannot be opened: {why}.", name=name, why=error.strerror or "")
            ) from error

    return opener


def _found(
    name: str, label: str, prefix: str, size: int, opener: Opener, archives: Archives
) -> tuple[dict[str, Document], list[Refused]]:
    """What a file is: one document, or the members of an archive, with `prefix` before their names; and what is refused.

    `label` is what sources call the file. Raises ReadError where it cannot be opened or is a damaged archive.
    """
    with reading(name), opener() as stream:
        head = stream.read(HEAD)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if not is_archive(head):
        return {name: Document(name, size, Source(label, digest), opener)}, []
    documents: dict[str, Document] = {}
    refused: list[Refused] = []
    try:
        for member in archives.members(head, opener):
            if len(documents) > MAX_DOCUMENTS:
                raise ReadError(
                    Note(
                        "{name} holds more than {count} files and is not read.",
                        name=name,
                        count=MAX_DOCUMENTS,
                    )
                )
            inside = prefix + member.name
            reason = member.refusal or (
                Note("its name stands twice") if inside in documents else None
            )
            if reason:
                sentence = Note(
                    "{name} was left unread: {reason}.", name=member.name, reason=reason
                )
                refused.append(Refused(f"{name}/{member.name}", sentence))
            elif not PurePosixPath(member.name).name.startswith("."):
                source = Source(label, digest, member.name)
                documents[inside] = Document(inside, member.size, source, member.open)
    except DAMAGE as error:
        raise ReadError(
            Note(
                "{name} is an archive that is damaged or only half there: export or download it again.",
                name=name,
            )
        ) from error
    return documents, refused


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turns what damaged bytes cause into a ReadError that names the document."""
    try:
        yield
    except DAMAGE as error:
        raise ReadError(
            Note("{name} is damaged: export or download it again.", name=name)
        ) from error


class _Counted(io.RawIOBase):
    """A file on disk that tells how much of it was read.

    It is closed with the last object that uses it: an archive stays open as long as its documents are there.
    """

    _file = -1

    def __init__(self, path: Path, count: ByteCounter) -> None:
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._raw = io.FileIO(self._file, closefd=False)
        self._count = count

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return os.lseek(self._file, offset, whence)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        size = self._raw.readinto(buffer)
        self._count(size)
        return size

    def close(self) -> None:
        if not self.closed and self._file >= 0:
            os.close(self._file)
        super().close()


class _CountedBytes(io.RawIOBase):
    """The same for what is in memory."""

    def __init__(self, content: bytes, count: ByteCounter) -> None:
        self._held = io.BytesIO(content)
        self._count = count

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return self._held.seek(offset, whence)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        size = self._held.readinto(buffer)
        self._count(size)
        return size
