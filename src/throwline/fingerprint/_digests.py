"""SHA-256 and MD5 of a file, read once and in constant memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 1024**2


@dataclass(frozen=True, slots=True)
class Digests:
    """What stands for the bytes of a file: both digests in lower-case hexadecimal, and its size in bytes.

    MD5 protects nothing any more; it is here because the lists that platforms and hotlines exchange use it.
    """

    sha256: str
    md5: str
    size: int


def digests(stream: BinaryIO) -> Digests:
    """Read `stream` to its end. Raises OSError where it cannot be read."""
    sha256 = hashlib.sha256()
    md5 = hashlib.md5(usedforsecurity=False)
    size = 0
    while chunk := stream.read(_CHUNK):
        sha256.update(chunk)
        md5.update(chunk)
        size += len(chunk)
    return Digests(sha256.hexdigest(), md5.hexdigest(), size)
