"""A cleaned picture shows the same pixels and tells nothing else. Pillow, which made them, is the judge of both."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.metadata.tiny import chunk, segment, with_chunks, with_segments
from throwline.metadata import Cleaned, MetadataError, Trace, cleaned, trace_words

Image = pytest.importorskip("PIL.Image", reason="Pillow is not here", exc_type=ImportError)
from PIL import ImageCms, ImageDraw, PngImagePlugin  # noqa: E402 - only where there is a Pillow

SECRET = "Lighthouse-4711"
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawn(mode: str = "RGB") -> Image.Image:
    """A small drawing that no rotation leaves as it is."""
    picture = Image.new("RGB", (48, 32), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((3, 2, 30, 12), fill="navy")
    draw.ellipse((20, 14, 44, 30), fill="orange")
    return picture.convert(mode)


def exif(orientation: int = 6) -> Image.Exif:
    """What a phone writes, with a place, a maker's notes and a thumbnail."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F] = SECRET
    block[0x0132] = "2026:01:17 23:12:00"
    block[0x013B] = SECRET
    block[0x9C9C] = SECRET.encode("utf-16-le")
    block.get_ifd(0x8769).update({0x927C: SECRET.encode(), 0x9286: SECRET.encode(), 0x829A: 0.01})
    block.get_ifd(0x8825).update({1: "N", 2: (51.0, 16.0, 37.0), 3: "E", 4: (1.0, 5.0, 3.0)})
    return block


def jpeg(**options: object) -> bytes:
    out = io.BytesIO()
    drawn().save(out, "JPEG", **options)
    return out.getvalue()


def png(mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    drawn(mode).save(out, "PNG", **options)
    return out.getvalue()


def webp(mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    drawn(mode).save(out, "WEBP", **options)
    return out.getvalue()


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    info.add_text("Software", SECRET, zip=True)
    info.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    return info


ALL_OF_A_PHONE = with_segments(
    jpeg(exif=exif(), icc_profile=ICC, comment=SECRET, progressive=True),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET.encode()),
    segment(0xED, b"Photoshop 3.0\x008BIM" + SECRET.encode()),
    segment(0xEB, b"JP\0\1" + SECRET.encode()),
    segment(0xE4, SECRET.encode()),
)
PICTURES = {
    "jpeg": jpeg(),
    "jpeg of a phone": ALL_OF_A_PHONE,
    "jpeg with another behind": ALL_OF_A_PHONE + jpeg(comment=SECRET),
    "jpeg with restarts": jpeg(restart_marker_blocks=1, exif=exif(1)),
    "jpeg filled up": jpeg()[:2] + b"\xff\xff" + jpeg()[2:],
    "png": png(),
    "png with texts": png(pnginfo=texts(), exif=exif(), icc_profile=ICC, dpi=(72, 72)),
    "png of a program": with_chunks(png("RGBA"), chunk(b"prVt", SECRET.encode())),
    "png of few colours": png("P", transparency=0),
    "png cut by a careless program": png() + SECRET.encode(),
    "png that moves": png(save_all=True, append_images=[drawn().rotate(90)], duration=80),
    "webp": webp(),
    "webp with all": webp("RGBA", lossless=True, exif=exif(), xmp=SECRET.encode(), icc_profile=ICC),
    "webp that moves": webp(
        save_all=True, append_images=[drawn().rotate(90)], duration=80, xmp=SECRET.encode()
    ),
    "webp with something behind": webp() + SECRET.encode(),
}


def pixels(content: bytes) -> list[bytes]:
    """Every frame, as it is stored."""
    with Image.open(io.BytesIO(content)) as picture:
        frames = []
        for index in range(getattr(picture, "n_frames", 1)):
            picture.seek(index)
            frames.append(picture.convert("RGBA").tobytes())
        return frames


def told(content: bytes) -> dict[int, object]:
    """All tags of Exif."""
    with Image.open(io.BytesIO(content)) as picture:
        found = picture.getexif()
        return {**found, **found.get_ifd(0x8769), **found.get_ifd(0x8825)}


@pytest.mark.parametrize("name", PICTURES)
def test_same_pixels_and_nothing_told(name: str) -> None:
    original = PICTURES[name]
    copy = cleaned(original).content
    assert pixels(copy) == pixels(original)
    for secret in (SECRET.encode(), SECRET.encode("utf-16-le"), b"2026:01:17"):
        assert secret not in copy
    assert told(copy).keys() <= {0x0112}
    with Image.open(io.BytesIO(copy)) as picture, Image.open(io.BytesIO(original)) as before:
        assert picture.info.get("icc_profile") == before.info.get("icc_profile")
        assert picture.info.get("duration") == before.info.get("duration")
    assert cleaned(copy) == Cleaned(copy, ())


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_which_way_up_stays(make: object, orientation: int) -> None:
    assert callable(make)
    copy = cleaned(make(exif=exif(orientation))).content
    assert told(copy).get(0x0112, 1) == orientation


def test_what_was_removed_is_named_most_telling_first() -> None:
    assert cleaned(PICTURES["jpeg with another behind"]).removed == (
        Trace.PLACE,
        Trace.NAME,
        Trace.TIME,
        Trace.DEVICE,
        Trace.CAPTION,
        Trace.EDITS,
        Trace.MAKER_NOTES,
        Trace.ORIGIN,
        Trace.SETTINGS,
        Trace.BEHIND,
        Trace.OTHER,
    )
    assert cleaned(PICTURES["jpeg"]).removed == ()
    assert cleaned(PICTURES["png cut by a careless program"]).removed == (Trace.BEHIND,)
    assert Trace.TIME in cleaned(with_chunks(png(), chunk(b"tIME", bytes(7)))).removed
    assert all(trace_words(trace) for trace in Trace)


def test_thumbnails() -> None:
    small = bytes((2, 1)) + bytes(6)
    jfif = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1" + small)
    jfxx = segment(0xE0, b"JFXX\0\x13" + small)
    plain = jpeg()
    bare = plain[:2] + plain[20:]
    assert plain[2:4] == b"\xff\xe0"
    for extra in (jfif, jfif + jfxx):
        found = cleaned(with_segments(bare, extra))
        assert found.removed == (Trace.THUMBNAIL,)
        assert pixels(found.content) == pixels(plain)
    # A second directory of Exif is the thumbnail's.
    tiff = b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x0112, 3, 1, 1, 26) + bytes(6)
    assert cleaned(jpeg(exif=b"Exif\0\0" + tiff)).removed == (Trace.THUMBNAIL,)


_ORIGINALS = sorted(PICTURES.items())


@given(
    which=st.sampled_from(_ORIGINALS),
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=3)), max_size=4
    ),
    keep=st.floats(0, 1),
)
@example(which=_ORIGINALS[0], changes=[], keep=1.0)
def test_torn_files_are_refused_or_cleaned(
    which: tuple[str, bytes], changes: list[tuple[float, bytes]], keep: float
) -> None:
    content = bytearray(which[1])
    for place, put in changes:
        at = int(place * len(content))
        content[at : at + len(put)] = put
    torn = bytes(content[: round(keep * len(content))])
    try:
        found = cleaned(torn)
    except MetadataError:
        return
    assert cleaned(found.content) == Cleaned(found.content, ())
    assert len(found.content) <= len(torn) + 2
