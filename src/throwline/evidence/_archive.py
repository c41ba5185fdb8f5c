"""The archive inside a sealed case: tar (POSIX.1-2001), files only, all below case/."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from throwline.evidence._error import EvidenceError
from throwline.evidence._files import Files

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
    def among(cls, files: Files, name: str, path: str) -> Member:
        return cls(path, files.size(name), files.pieces(name))


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
    """Write the files of an archive into the empty `folder`. Raises EvidenceError as `unpacked`, and OSError where the
    disk refuses."""
    for path, source in unpacked(stream):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            while piece := source.read(_CHUNK):
                file.write(piece)


def unpacked(stream: BinaryIO) -> Iterator[tuple[str, IO[bytes]]]:
    """The files of an archive, read once from beginning to end: the path below case/, and the file, to be read before
    the next one is asked for.

    Raises EvidenceError for an archive that holds anything but files below case/: no link, no device, and no name that
    leads elsewhere.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                if not member.isdir():
                    yield _path(member), archive.extractfile(member) or io.BytesIO()
    except tarfile.TarError as error:
        raise EvidenceError("What is sealed in it is no case.") from error


def _path(member: tarfile.TarInfo) -> str:
    parts = PurePosixPath(member.name).parts
    plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()
    if not plain or parts[:1] != (_TOP,) or len(parts) == 1 or ".." in parts or "\\" in member.name:
        raise EvidenceError(f"What is sealed in it is not safe to unpack: {member.name!a}.")
    return "/".join(parts[1:])
