"""The archive inside a sealed case: tar (POSIX.1-2001), files only, all below case/."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from throwline.evidence._error import EvidenceError

_TOP = "case"
_CHUNK = 1024**2
_BLOCK = tarfile.BLOCKSIZE


@dataclass(frozen=True)
class Member:
    """A file to put into an archive: its path, its size in bytes, and its content in pieces."""

    path: str
    size: int
    pieces: Iterable[bytes]

    @classmethod
    def holding(cls, path: str, content: bytes) -> Member:
        return cls(path, len(content), [content])

    @classmethod
    def on_disk(cls, path: str, file: Path) -> Member:
        return cls(path, file.stat().st_size, _read(file))


def packed(members: Iterable[Member], at: datetime) -> Iterator[bytes]:
    """The archive in pieces; every file in it is dated `at`. Raises EvidenceError where a file has not its size."""
    for member in members:
        header = tarfile.TarInfo(f"{_TOP}/{member.path}")
        header.size, header.mode, header.mtime = member.size, 0o600, int(at.timestamp())
        yield header.tobuf(tarfile.PAX_FORMAT)
        written = 0
        for piece in member.pieces:
            written += len(piece)
            yield piece
        if written != member.size:
            raise EvidenceError(f"{member.path} was changed while it was being read: try again.")
        yield bytes(-written % _BLOCK)
    yield bytes(2 * _BLOCK)


def unpack(stream: BinaryIO, folder: Path) -> None:
    """Write the files of an archive, read once from beginning to end, into the empty `folder`.

    Raises EvidenceError for an archive that holds anything but files below case/: no link, no device, and no name that
    leads elsewhere. Raises OSError where the disk refuses.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                if not member.isdir():
                    _write(archive, member, folder)
    except tarfile.TarError as error:
        raise EvidenceError("What is sealed in it is no case.") from error


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    parts = PurePosixPath(member.name).parts
    plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()
    if not plain or parts[:1] != (_TOP,) or len(parts) == 1 or ".." in parts or "\\" in member.name:
        raise EvidenceError(f"What is sealed in it is not safe to unpack: {member.name!a}.")
    source = archive.extractfile(member)
    target = folder.joinpath(*parts[1:])
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        while source and (piece := source.read(_CHUNK)):
            file.write(piece)


def _read(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except OSError as error:
        raise EvidenceError(f"{file} cannot be read: {error.strerror}.") from error
