"""A picture's bytes in, the same picture without its metadata out."""

from __future__ import annotations

from dataclasses import dataclass

from throwline.language import gettext
from throwline.metadata._jpeg import MAGIC as _JPEG
from throwline.metadata._jpeg import strip_jpeg
from throwline.metadata._parts import DamagedError, Stripped
from throwline.metadata._png import MAGIC as _PNG
from throwline.metadata._png import strip_png
from throwline.metadata._trace import Trace
from throwline.metadata._webp import is_webp, strip_webp

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_TIFF = (b"II*\0", b"MM\0*")


class MetadataError(ValueError):
    """A file that cannot be cleaned. The message says why, and what to do; it does not name the file."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The copy, and what the original told, most telling first; nothing where there was nothing to remove."""

    content: bytes
    removed: tuple[Trace, ...]


def cleaned(content: bytes) -> Cleaned:
    """The JPEG, PNG or WebP `content` without anything but the picture and which way up it is.

    Raises MetadataError for other kinds of files and for damaged ones.
    """
    try:
        stripped = _stripped(content)
    except DamagedError as error:
        raise MetadataError(
            gettext("it is damaged or only half there: copy it from the phone again.")
        ) from error
    return Cleaned(stripped.content, tuple(trace for trace in Trace if trace in stripped.traces))


def _stripped(content: bytes) -> Stripped:
    if content.startswith(_JPEG):
        return strip_jpeg(content)
    if content.startswith(_PNG):
        return strip_png(content)
    if is_webp(content):
        return strip_webp(content)
    raise MetadataError(_refusal(content))


def _refusal(content: bytes) -> str:
    if not content:
        return gettext("it is empty: copy it from the phone again.")
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return gettext(
            "it is a HEIC or AVIF picture, which cannot be cleaned here: "
            "save it as JPEG in the phone's own app, and clean that."
        )
    if content[4:8] == b"ftyp" or content[:4] == b"\x1aE\xdf\xa3" or content[8:12] == b"AVI ":
        return gettext(
            "it is a video, which cannot be cleaned here: videos tell place and time in many spots."
        )
    if content[:4] in (b"GIF8", *_TIFF):
        return gettext(
            "only JPEG, PNG and WebP pictures can be cleaned here: save it as one of these first."
        )
    return gettext("it is no JPEG, PNG or WebP picture.")
