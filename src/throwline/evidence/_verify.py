"""Whether a bag is as it was: its files, and the custody chain."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from throwline.evidence._custody import (
    BAGGED,
    Chain,
    chain_faults,
    clock_notes,
    read_chain,
)
from throwline.evidence._error import EvidenceError
from throwline.evidence._manifest import (
    CUSTODY,
    MANIFEST,
    TAG_FILES,
    TAG_MANIFEST,
    content_digest,
    read_manifest,
)


@dataclass(frozen=True)
class Verification:
    """Whether a bag is as it was: the names of files that changed, are missing or were added, and what else is wrong
    (`faults`) or worth knowing (`notes`), each a sentence.

    `digest` is the SHA-256 of the tag manifest: two bags with the same one are the same bag.
    """

    digest: str
    files: int
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    chain: Chain = ()

    @property
    def holds(self) -> bool:
        """Whether every byte is as it was, and everything that vouches for it holds."""
        return not (self.changed or self.missing or self.added or self.faults)


def find_bag(path: Path) -> Path:
    """The bag at `path`, or the one in the case folder at `path`. Raises EvidenceError where there is none."""
    for bag in (path, path / "evidence"):
        if (bag / "bagit.txt").is_file():
            return bag
    raise EvidenceError(f"{path} is not a bag of evidence: it holds no bagit.txt.")


def verify(bag: Path) -> Verification:
    """Compare every file of `bag` with its manifests and its custody chain.

    Raises EvidenceError where `bag` is no bag at all, or cannot be read.
    """
    bag = find_bag(bag)
    try:
        return _verified(bag)
    except OSError as error:
        raise EvidenceError(f"{bag} cannot be read: {error.strerror}.") from error


def _verified(bag: Path) -> Verification:
    tags = read_manifest(bag / TAG_MANIFEST)
    payload = read_manifest(bag / MANIFEST)
    present = {path.relative_to(bag).as_posix(): path for path in _files(bag)}
    listed = {**tags, **payload}
    faults = [
        f"{name} is not protected by {TAG_MANIFEST}."
        for name in TAG_FILES
        if tags and name not in tags
    ]
    if not payload:
        faults.append(f"{MANIFEST} lists no file.")
    missing = {name for name in (*listed, TAG_MANIFEST) if name not in present}
    chain: Chain = ()
    try:
        chain = _chain(bag)
        faults += _custody_faults(chain, payload)
    except EvidenceError as error:
        faults.append(str(error))
    return Verification(
        digest=digest_of(bag / TAG_MANIFEST) if TAG_MANIFEST in present else "",
        files=len(payload),
        changed=tuple(
            sorted(n for n in listed if n in present and digest_of(present[n]) != listed[n])
        ),
        missing=tuple(sorted(missing)),
        added=tuple(sorted(present.keys() - listed.keys() - {TAG_MANIFEST, *TAG_FILES})),
        faults=tuple(faults),
        notes=tuple(clock_notes(chain)),
        chain=chain,
    )


def _chain(bag: Path) -> Chain:
    path = bag / CUSTODY
    if not path.is_file() or path.is_symlink():
        raise EvidenceError("There is no custody chain: who handled this bag is not written down.")
    return read_chain(path.read_bytes())


def _custody_faults(chain: Chain, payload: Mapping[str, str]) -> Iterator[str]:
    yield from chain_faults(chain)
    bagged = [entry.subject for entry in chain if entry.what == BAGGED]
    if bagged != [content_digest(payload)]:
        yield "The custody chain speaks of other files than the manifest lists."


def digest_of(path: Path) -> str:
    """The SHA-256 of the file at `path`; of nothing where it is no plain file, so that no link is ever followed."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(bag: Path) -> Iterator[Path]:
    """Everything below `bag` that is not a folder, links included. Raises OSError for a folder that cannot be read."""

    def refuse(error: OSError) -> None:
        raise error

    for folder, folders, files in os.walk(bag, onerror=refuse):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        yield from (Path(folder, name) for name in (*files, *links))
