"""What identifies a picture without showing it: PDQ, which survives resizing, and the digests of its file.

Nothing here opens a picture by itself: it is given pixels or an open file that the person pointed to.
"""

from throwline.fingerprint._digests import Digests, digests
from throwline.fingerprint._form import picture_form, picture_from
from throwline.fingerprint._pdq import Fingerprint, hamming, pdq, pdq_of_pixels
from throwline.fingerprint._picture import (
    DOWNSCALED,
    FULL_SIZE,
    LARGEST_SIDE,
    PictureFingerprint,
    fingerprint_of,
)

__all__ = [
    "DOWNSCALED",
    "FULL_SIZE",
    "LARGEST_SIDE",
    "Digests",
    "Fingerprint",
    "PictureFingerprint",
    "digests",
    "fingerprint_of",
    "hamming",
    "pdq",
    "pdq_of_pixels",
    "picture_form",
    "picture_from",
]
