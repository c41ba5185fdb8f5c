"""The record that takes a picture's place in a case."""

from __future__ import annotations

from dataclasses import dataclass

from throwline.fingerprint._digests import Digests
from throwline.fingerprint._pdq import pdq_of_pixels

LARGEST_SIDE = 512
"""A picture with a longer side is scaled to 512 x 512, its shape ignored, before it is hashed: as the reference tool
does (ThreatExchange, pdq/cpp/io/pdqio.cpp)."""
FULL_SIZE = "none"
DOWNSCALED = "512x512 bilinear"
"""Scaling is part of the hash: the same picture hashed at full size differs from this by up to some 18 bits."""
_QUALITY_FLOOR = 50
"""Meta advises to leave hashes of lower quality out of comparisons (ThreatExchange, pdq/README.md)."""


@dataclass(frozen=True, slots=True)
class PictureFingerprint:
    """Everything kept of one picture. Its pixels cannot be got back from it.

    `pdq` is 64 hexadecimal digits, `quality` 0 to 100, `downscale` FULL_SIZE or DOWNSCALED. `sha256` and `md5` are
    the digests of the file as it is, in lower-case hexadecimal, and `size` is its size in bytes.
    """

    pdq: str
    quality: int
    downscale: str
    sha256: str
    md5: str
    size: int

    @property
    def weak(self) -> bool:
        """Whether the picture is so plain (dark, blurred, nearly one colour) that others may share its PDQ hash."""
        return self.quality < _QUALITY_FLOOR


def fingerprint_of(
    file: Digests, rgba: bytes, rows: int, columns: int, downscale: str
) -> PictureFingerprint:
    """The fingerprint of a picture that shows `rows` x `columns` pixels when it is scaled as `downscale` says.

    Raises ValueError where there are more or fewer bytes of pixels than the size says.
    """
    found = pdq_of_pixels(rgba, rows, columns)
    return PictureFingerprint(found.pdq, found.quality, downscale, file.sha256, file.md5, file.size)
