"""The files of a bag, on a disk or in memory, by their names in it."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from errno import ENOENT
from pathlib import Path
from typing import Protocol

from throwline.evidence._error import EvidenceError

_CHUNK = 1024**2


class Files(Protocol):
    """Every method but `digests` raises OSError for a name that is not there."""

    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file by name, "" for what is no plain file. Every file is read once for that."""

    def content(self, name: str) -> bytes:
        """All of a file."""

    def size(self, name: str) -> int:
        """Of a file, in bytes."""

    def pieces(self, name: str) -> Iterable[bytes]:
        """A file, piece by piece."""

    def on_disk(self, name: str) -> AbstractContextManager[Path]:
        """A place of a file on a disk, for programs that take no other, and as long as it is needed."""


class OnDisk:
    """All that lies below a folder. A link is never followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def digests(self) -> dict[str, str]:
        """As Files has it. Raises OSError for a folder or a file that cannot be read."""
        return {
            path.relative_to(self._folder).as_posix(): digest_of(path)
            for path in _below(self._folder)
        }

    def content(self, name: str) -> bytes:
        """As Files has it."""
        return (self._folder / name).read_bytes()

    def size(self, name: str) -> int:
        """As Files has it."""
        return (self._folder / name).stat().st_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """As Files has it. Raises EvidenceError where the file cannot be read."""
        path = self._folder / name
        try:
            with path.open("rb") as stream:
                while piece := stream.read(_CHUNK):
                    yield piece
        except OSError as error:
            raise EvidenceError(f"{path} cannot be read: {error.strerror}.") from error

    def on_disk(self, name: str) -> AbstractContextManager[Path]:
        """As Files has it: where it lies."""
        return nullcontext(self._folder / name)


class InMemory:
    """Files that are on no disk."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents

    def digests(self) -> dict[str, str]:
        """As Files has it."""
        return {n: hashlib.sha256(content).hexdigest() for n, content in self._contents.items()}

    def content(self, name: str) -> bytes:
        """As Files has it."""
        if name not in self._contents:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), name)
        return self._contents[name]

    def size(self, name: str) -> int:
        """As Files has it."""
        return len(self.content(name))

    def pieces(self, name: str) -> Iterable[bytes]:
        """As Files has it."""
        return [self.content(name)]

    @contextmanager
    def on_disk(self, name: str) -> Iterator[Path]:
        """As Files has it: a copy, gone afterwards. Only for what tells nothing about anybody, such as a signature."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "file")
            path.write_bytes(self.content(name))
            yield path


def digest_of(path: Path) -> str:
    """The SHA-256 of the file at `path`, or "" for what is no plain file. Raises OSError where it cannot be read."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return ""  # A link is never followed, and nothing that is no file is opened.
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _below(folder: Path) -> Iterator[Path]:
    """Everything below `folder` that is not a folder, links included. Raises OSError for one that cannot be read."""

    def refuse(error: OSError) -> None:
        raise error

    for inside, folders, files in os.walk(folder, onerror=refuse):
        links = [name for name in folders if Path(inside, name).is_symlink()]
        yield from (Path(inside, name) for name in (*files, *links))
