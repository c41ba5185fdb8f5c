"""Opening one picture that the person pointed to, only to take its fingerprint.

The file is read and never written; its pixels live in memory until the fingerprint is taken and go nowhere. This needs
Pillow, so it serves the doors on a computer; in a browser the page itself turns a picture into pixels.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from throwline.fingerprint import (
    DOWNSCALED,
    FULL_SIZE,
    LARGEST_SIDE,
    PictureFingerprint,
    digests,
    fingerprint_of,
)
from throwline.language import Note

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_MAX_PIXELS = 150_000_000
"""The largest phone cameras make about 108 million; more would not fit into a small computer's memory."""
_ISO_MEDIA = b"ftyp"
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


class PictureError(Exception):
    """A picture could not be read. `sentence` is one for the person: what, where, what to do."""

    def __init__(self, sentence: Note) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def fingerprint_picture(path: Path) -> PictureFingerprint:
    """The fingerprint of the JPEG, PNG, WebP or GIF (its first frame) at `path`, the way up its camera says.

    Raises PictureError for a file that is missing, is no such picture, is damaged, or is too large.
    """
    try:
        with path.open("rb") as stream:
            return fingerprint_stream(path.name, stream)
    except OSError as error:
        raise PictureError(
            Note("{name} cannot be opened: {why}.", name=str(path), why=error.strerror or "")
        ) from error


def fingerprint_stream(name: str, stream: BinaryIO) -> PictureFingerprint:
    """The same of an open file, to be called `name`."""
    picture = opened(name, stream)
    stream.seek(0)
    file = digests(stream)
    downscale = FULL_SIZE
    if max(picture.size) > LARGEST_SIDE:
        picture = picture.resize((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.BILINEAR)
        downscale = DOWNSCALED
    rgba = picture.convert("RGBA").tobytes()
    return fingerprint_of(file, rgba, picture.height, picture.width, downscale)


def opened(name: str, stream: BinaryIO, *, heif: bool = False) -> Image.Image:
    """The picture in red, green and blue, upright; HEIC too where `heif` says that Pillow has been taught it.

    Raises PictureError, naming it by `name`, for what is no such picture, is damaged, or is too large.
    """
    if not (heif and is_heif(stream)):
        _refuse_other_media(name, stream)
    formats = (*_FORMATS, "HEIF") if heif else _FORMATS
    try:
        with warnings.catch_warnings():
            # Pillow warns of what is large or odd but readable; what is too large is decided here.
            warnings.simplefilter("ignore")
            picture = Image.open(stream, formats=formats)
            if picture.width * picture.height > _MAX_PIXELS:
                raise _too_large(name)
            return ImageOps.exif_transpose(_eight_bit(picture))
    except UnidentifiedImageError as error:
        raise PictureError(
            Note(
                "{name} is no picture that can be read here: choose a JPEG, PNG, WebP or GIF file.",
                name=name,
            )
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise PictureError(
            Note(
                "{name} is a damaged picture or only half of one: copy it from the phone again.",
                name=name,
            )
        ) from error


def is_heif(stream: BinaryIO) -> bool:
    """Whether it begins as a HEIC picture does."""
    head = stream.read(12)
    stream.seek(0)
    return head[4:8] == _ISO_MEDIA and head[8:12] in _HEIF_BRANDS


def _refuse_other_media(name: str, stream: BinaryIO) -> None:
    """HEIC pictures and most videos share one container; each gets its own advice."""
    head = stream.read(12)
    stream.seek(0)
    if not head:
        raise PictureError(Note("{name} is empty: copy it from the phone again.", name=name))
    if head[4:8] != _ISO_MEDIA:
        return
    if is_heif(stream):
        raise PictureError(
            Note(
                "{name} is a HEIC picture, which cannot be read here: "
                "use a removal service's own page on the phone that holds it.",
                name=name,
            )
        )
    raise PictureError(Note("{name} is a video, not a picture: choose a picture.", name=name))


def _eight_bit(picture: Image.Image) -> Image.Image:
    """The picture in red, green and blue, 0 to 255; what is transparent shows its colour all the same."""
    if picture.mode.startswith("I"):
        # Sixteen bits of grey. Converting would cut the bright part off, so it is scaled down first.
        picture = picture.convert("I").point(lambda level: level / 256)
    return picture.convert("RGB")


def _too_large(name: str) -> PictureError:
    return PictureError(
        Note(
            "{name} has more than {count} million pixels: save a smaller copy and choose that.",
            name=name,
            count=_MAX_PIXELS // 10**6,
        )
    )
