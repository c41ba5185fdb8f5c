"""A bag as it lies there, before anybody says whether it is as it was."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path

from throwline.evidence._error import EvidenceError
from throwline.evidence._manifest import MANIFEST, TAG_FILES, TAG_MANIFEST, read_manifest


@dataclass(frozen=True)
class Found:
    """A bag as it lies there: the SHA-256 of every file by name ("" for what is no plain file), and what its manifests
    say they should be. Every file is read once for that, whatever its size."""

    bag: Path
    digests: dict[str, str]
    tags: dict[str, str]
    payload: dict[str, str]

    @classmethod
    def at(cls, bag: Path) -> Found:
        digests = {path.relative_to(bag).as_posix(): digest_of(path) for path in _files(bag)}
        return cls(bag, digests, read_manifest(bag / TAG_MANIFEST), read_manifest(bag / MANIFEST))

    @property
    def listed(self) -> dict[str, str]:
        return {**self.tags, **self.payload}

    @property
    def changed(self) -> set[str]:
        return {n for n, d in self.listed.items() if self.digests.get(n, d) != d}

    @property
    def editions(self) -> list[str]:
        """Where the tag files lie: of the bag as it is ("") and as it was before each time it was sealed."""
        numbers = takewhile(lambda n: earlier(n) + TAG_MANIFEST in self.tags, count(1))
        return ["", *map(earlier, numbers)]

    def plain(self, name: str) -> bool:
        return bool(self.digests.get(name))

    def content(self, name: str) -> bytes:
        return (self.bag / name).read_bytes()


def find_bag(path: Path) -> Path:
    """The bag at `path`, or the one in the case folder at `path`. Raises EvidenceError where there is none."""
    try:
        for bag in (path, path / "evidence"):
            if any((bag / name).is_file() for name in (*TAG_FILES, TAG_MANIFEST)):
                return bag
    except OSError as error:
        raise EvidenceError(f"{path} cannot be read: {error.strerror}.") from error
    raise EvidenceError(f"{path} is not a bag of evidence: it holds no bagit.txt.")


def earlier(number: int) -> str:
    """The folder in a bag that keeps the tag files from before it was sealed for the `number`th time."""
    return f"earlier/{number}/"


def digest_of(path: Path) -> str:
    """The SHA-256 of the file at `path`, or "" for what is no plain file. Raises OSError where it cannot be read."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return ""  # A link is never followed, and nothing that is no file is opened.
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(bag: Path) -> Iterator[Path]:
    """Everything below `bag` that is not a folder, links included. Raises OSError for a folder that cannot be read."""

    def refuse(error: OSError) -> None:
        raise error

    for folder, folders, files in os.walk(bag, onerror=refuse):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        yield from (Path(folder, name) for name in (*files, *links))
