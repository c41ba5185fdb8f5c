"""A bag of evidence that standard tools can check: BagIt 1.0 (RFC 8493), SHA-256.

A bag is written beside its place under another name and put there by one rename, so that it is whole or absent.
The same content gives the same bytes, but for the bagging date.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST = "manifest-sha256.txt"
_TAG_MANIFEST = "tagmanifest-sha256.txt"
_TAG_FILES = ("bagit.txt", "bag-info.txt", _MANIFEST)
_CHUNK = 1024**2


class EvidenceError(Exception):
    """Evidence could not be written or read. The message is one sentence."""


@dataclass(frozen=True)
class Payload:
    """One file to put in a bag: its path under data/, and its bytes in pieces."""

    path: str
    pieces: Iterable[bytes]


@contextmanager
def whole_or_absent(target: Path) -> Iterator[Path]:
    """A new folder that appears at `target` when everything in it has been written, and not at all otherwise.

    Raises EvidenceError where something is at `target` already, or it cannot be written.
    """
    if target.exists():
        raise EvidenceError(
            f"{target} exists already, and evidence is never overwritten: name another place."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.partial-", dir=target.parent))
    except OSError as error:
        raise EvidenceError(f"{target.parent} cannot be written to: {error.strerror}.") from error
    try:
        yield partial
        partial.chmod(0o700)
        partial.rename(target)
        _synced(target.parent)
    except OSError as error:
        raise EvidenceError(f"{target} could not be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def write_bag(folder: Path, payloads: Iterable[Payload], info: Mapping[str, str]) -> None:
    """Write a bag into the existing, empty `folder`. `info` are the lines of bag-info.txt.

    Raises OSError where the disk refuses, and EvidenceError for a payload path that leaves the bag or stands twice.
    """
    digests: dict[str, str] = {}
    octets = 0
    for payload in payloads:
        name = _payload_name(payload, digests)
        size, digests[name] = _written(folder / name, payload.pieces)
        octets += size
    for name, content in _tag_files(digests, octets, info).items():
        _written(folder / name, [content])


def bag_files(payloads: Iterable[Payload], info: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The same bag as `write_bag` makes, in memory: each file's path and content. Raises EvidenceError likewise."""
    digests: dict[str, str] = {}
    octets = 0
    for payload in payloads:
        name = _payload_name(payload, digests)
        content = b"".join(payload.pieces)
        digests[name] = hashlib.sha256(content).hexdigest()
        octets += len(content)
        yield name, content
    yield from _tag_files(digests, octets, info).items()


def _payload_name(payload: Payload, taken: Mapping[str, str]) -> str:
    name = f"data/{_safe(payload.path)}"
    if name in taken:
        raise EvidenceError(f"{name} would stand twice in the evidence.")
    return name


def _tag_files(
    digests: Mapping[str, str], octets: int, info: Mapping[str, str]
) -> dict[str, bytes]:
    lines = {**info, "Payload-Oxum": f"{octets}.{len(digests)}"}
    texts = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": "".join(f"{k}: {_one_line(v)}\n" for k, v in lines.items()),
        _MANIFEST: _manifest(digests),
    }
    tags = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    texts[_TAG_MANIFEST] = _manifest(tags)
    return {name: text.encode() for name, text in texts.items()}


def _safe(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or path.startswith("/"):
        raise EvidenceError(f"{path} cannot stand in the evidence: it points outside.")
    return "/".join(parts)


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _manifest(digests: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {_encoded(name)}\n" for name, digest in sorted(digests.items()))


def _encoded(name: str) -> str:
    """RFC 8493, 2.1.3: only CR, LF and the percent sign itself are percent-encoded."""
    return name.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _decoded(name: str) -> str:
    return (
        name.replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%0d", "\r")
        .replace("%0a", "\n")
        .replace("%25", "%")
    )


def _written(path: Path, pieces: Iterable[bytes]) -> tuple[int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    with path.open("xb") as file:
        for piece in pieces:
            digest.update(piece)
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _synced(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class Verification:
    """Whether a bag is as it was: the names of files that changed, are missing or were added, and what is wrong with
    the bag itself, each a sentence."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    files: int = 0

    @property
    def holds(self) -> bool:
        """Whether every byte is as it was."""
        return not (self.changed or self.missing or self.added or self.faults)


def verify(bag: Path) -> Verification:
    """Compare every file of `bag` with its manifests.

    Raises EvidenceError where `bag` is no bag at all.
    """
    if not (bag / "bagit.txt").is_file():
        raise EvidenceError(f"{bag} is not a bag of evidence: it holds no bagit.txt.")
    try:
        tags = _listed(bag / _TAG_MANIFEST)
        payload = _listed(bag / _MANIFEST)
        present = {path.relative_to(bag).as_posix() for path in bag.rglob("*") if not path.is_dir()}
        listed = {**tags, **payload}
        changed = sorted(n for n in listed if n in present and _digest(bag / n) != listed[n])
    except OSError as error:
        raise EvidenceError(f"{bag} cannot be read: {error.strerror}.") from error
    missing = sorted(set(listed) - present)
    if not tags:
        missing.append(_TAG_MANIFEST)
    unlisted = present - set(listed) - {_TAG_MANIFEST, *_TAG_FILES}
    faults = [
        f"{name} is not protected by {_TAG_MANIFEST}."
        for name in _TAG_FILES
        if tags and name not in tags
    ]
    if not payload:
        faults.append(f"{_MANIFEST} lists no file.")
    return Verification(
        changed=tuple(changed),
        missing=tuple(missing),
        added=tuple(sorted(unlisted)),
        faults=tuple(faults),
        files=len(payload),
    )


def _listed(manifest: Path) -> dict[str, str]:
    if not manifest.is_file():
        return {}
    listed: dict[str, str] = {}
    for number, line in enumerate(manifest.read_text("utf-8", errors="replace").split("\n"), 1):
        digest, _, name = line.partition(" ")
        name = _decoded(name.strip().removeprefix("*"))
        if not line.strip():
            continue
        if (
            len(digest) != 64
            or not name
            or ".." in PurePosixPath(name).parts
            or name.startswith("/")
        ):
            raise EvidenceError(f"{manifest.name} line {number} is not a line of a manifest.")
        listed[name] = digest.lower()
    return listed


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
