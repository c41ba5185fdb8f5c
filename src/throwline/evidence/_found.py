"""A bag as it lies there, before anybody says whether it is as it was."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path

from throwline.evidence._error import EvidenceError
from throwline.evidence._files import Files
from throwline.evidence._manifest import MANIFEST, TAG_FILES, TAG_MANIFEST, read_manifest


@dataclass(frozen=True)
class Found:
    """A bag as it lies there: the SHA-256 of every file by name ("" for what is no plain file), and what its manifests
    say they should be. Every file is read once for that, whatever its size."""

    files: Files
    digests: dict[str, str]
    tags: dict[str, str]
    payload: dict[str, str]

    @classmethod
    def at(cls, files: Files) -> Found:
        """Raises EvidenceError for a manifest that is none, and OSError where a file cannot be read."""
        digests = files.digests()
        tags, payload = (
            read_manifest(name, files.content(name)) if digests.get(name) else {}
            for name in (TAG_MANIFEST, MANIFEST)
        )
        return cls(files, digests, tags, payload)

    @property
    def listed(self) -> dict[str, str]:
        return {**self.tags, **self.payload}

    @property
    def changed(self) -> set[str]:
        return {n for n, d in self.listed.items() if self.digests.get(n, d) != d}

    @property
    def editions(self) -> list[str]:
        """Where the tag files lie: of the bag as it is ("") and as it was each time before it went on as another."""
        numbers = takewhile(lambda n: earlier(n) + TAG_MANIFEST in self.tags, count(1))
        return ["", *map(earlier, numbers)]

    def plain(self, name: str) -> bool:
        return bool(self.digests.get(name))

    def content(self, name: str) -> bytes:
        return self.files.content(name)

    def manifest(self, name: str) -> dict[str, str]:
        """What the manifest `name` lists; nothing where there is none. Raises EvidenceError where it is none."""
        return read_manifest(name, self.content(name)) if self.plain(name) else {}


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
    """The folder in a bag that keeps the tag files from before it went on as another bag for the `number`th time."""
    return f"earlier/{number}/"


def former(number: int) -> str:
    """The folder in a bag that keeps the files in data/ which became others when it was opened again after having gone
    on as another bag for the `number`th time."""
    return f"data/former/{number}/"
