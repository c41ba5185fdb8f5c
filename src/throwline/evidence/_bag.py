"""A bag of evidence that standard tools can check: BagIt 1.0 (RFC 8493), SHA-256.

The same content, taken in at the same moment, gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from throwline.evidence._custody import History, chain_bytes
from throwline.evidence._error import EvidenceError
from throwline.evidence._manifest import CUSTODY, content_digest, tag_files


@dataclass(frozen=True)
class Payload:
    """One file to put in a bag: its path under data/, and its bytes in pieces."""

    path: str
    pieces: Iterable[bytes]


def write_bag(
    folder: Path, payloads: Iterable[Payload], info: Mapping[str, str], history: History
) -> None:
    """Write a bag into the existing, empty `folder`. `info` are the lines of bag-info.txt.

    Pieces are written as they come: the size of a payload does not matter.
    Raises OSError where the disk refuses, and EvidenceError for a payload path that leaves the bag or stands twice.
    """
    digests: dict[str, str] = {}
    octets = 0
    for payload in payloads:
        name = _payload_name(payload, digests)
        size, digests[name] = _written(folder / name, payload.pieces)
        octets += size
    for name, content in _closing(digests, octets, info, history).items():
        _written(folder / name, [content])


def bag_files(
    payloads: Iterable[Payload], info: Mapping[str, str], history: History
) -> Iterator[tuple[str, bytes]]:
    """The same bag as `write_bag` makes, in memory: each file's path and content. Raises EvidenceError likewise."""
    digests: dict[str, str] = {}
    octets = 0
    for payload in payloads:
        name = _payload_name(payload, digests)
        content = b"".join(payload.pieces)
        digests[name] = hashlib.sha256(content).hexdigest()
        octets += len(content)
        yield name, content
    yield from _closing(digests, octets, info, history).items()


def _payload_name(payload: Payload, taken: Mapping[str, str]) -> str:
    parts = PurePosixPath(payload.path).parts
    if not parts or ".." in parts or payload.path.startswith("/"):
        raise EvidenceError(f"{payload.path} cannot stand in the evidence: it points outside.")
    name = "/".join(("data", *parts))
    if name in taken or name == CUSTODY:
        raise EvidenceError(f"{name} would stand twice in the evidence.")
    return name


def _closing(
    digests: Mapping[str, str], octets: int, info: Mapping[str, str], history: History
) -> dict[str, bytes]:
    """The files that speak of the others: the custody chain, and the tag files."""
    custody = chain_bytes(history.chain(content_digest(digests)))
    digests = {**digests, CUSTODY: hashlib.sha256(custody).hexdigest()}
    info = {**info, "Payload-Oxum": f"{octets + len(custody)}.{len(digests)}"}
    return {CUSTODY: custody, **tag_files(digests, info, history.earlier)}


def _written(path: Path, pieces: Iterable[bytes]) -> tuple[int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    with path.open("xb") as file:
        for piece in pieces:
            digest.update(piece)
            size += file.write(piece)
    return size, digest.hexdigest()
