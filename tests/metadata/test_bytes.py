"""Bytes of every kind: what is no picture is refused, what a program adds is gone, what is torn does no harm."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.metadata.tiny import (
    JFIF,
    JPEG,
    PNG,
    WEBP,
    chunk,
    riff,
    segment,
    with_chunks,
    with_segments,
)
from throwline.metadata import Cleaned, MetadataError, Trace, cleaned


@pytest.mark.parametrize("picture", [JPEG, PNG, WEBP])
def test_nothing_to_remove(picture: bytes) -> None:
    assert cleaned(picture) == Cleaned(picture, ())


def test_exif_that_cannot_be_read_is_removed_all_the_same() -> None:
    for block in (b"", b"II*\0", b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", b"???"):
        found = cleaned(with_segments(JPEG, segment(0xE1, b"Exif\0\0" + block)))
        assert found.removed == (Trace.OTHER,)
        assert found.content == JPEG


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"hello", "no JPEG, PNG or WebP"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "HEIC"),
        (b"\0\0\0\x18ftypavif" + bytes(20), "AVIF"),
        (b"\0\0\0\x18ftypisom" + bytes(20), "is a video"),
        (b"\0\0\0\x18ftypqt  " + bytes(20), "is a video"),
        (b"\x1aE\xdf\xa3" + bytes(20), "is a video"),
        (b"RIFF\0\0\0\0AVI " + bytes(20), "is a video"),
        (b"GIF89a" + bytes(20), "only JPEG, PNG and WebP"),
        (b"II*\0" + bytes(20), "only JPEG, PNG and WebP"),
        (JPEG[:-2], "only half there"),
        (JPEG[:-2] + b"\xff\x01\xff\xd9", "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (b"\xff\xd8\xff\xe0\0\1", "damaged"),
        (JPEG[:20] + b"x" + JPEG[20:], "damaged"),
        (PNG[:-1], "only half there"),
        (PNG[:40] + b"x" + PNG[41:], "damaged"),
        (PNG[:8] + chunk(b"IEND", b""), "damaged"),
        (with_chunks(PNG, chunk(b"NEED", b"")), "damaged"),
        (WEBP[:-3], "only half there"),
        (b"RIFF\4\0\0\0WEBP", "damaged"),
        (b"RIFF\x0c\0\0\0WEBPEXIF\0\0\0\0", "damaged"),
    ],
)
def test_refusals(content: bytes, says: str) -> None:
    with pytest.raises(MetadataError, match=says):
        cleaned(content)


@given(marker=st.integers(0xE0, 0xFE), data=st.binary(max_size=80), behind=st.binary(max_size=80))
def test_whatever_a_program_puts_into_a_jpeg(marker: int, data: bytes, behind: bytes) -> None:
    assume(marker not in range(0xF0, 0xFE))
    assume(not data.startswith((b"JFIF", b"Adobe", b"ICC_PROFILE", b"Exif")))
    found = cleaned(with_segments(JPEG, segment(marker, data)) + behind)
    assert found.content == JPEG
    assert found.removed


@given(kind=st.from_regex(rb"[a-z][A-Za-z]{3}", fullmatch=True), data=st.binary(max_size=80))
def test_whatever_a_program_puts_into_a_png(kind: bytes, data: bytes) -> None:
    shown = b"tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs hIST sPLT acTL fcTL fdAT eXIf"
    assume(kind not in shown.split())
    found = cleaned(with_chunks(PNG, chunk(kind, data)))
    assert found.content == PNG
    assert found.removed


@given(kind=st.binary(min_size=4, max_size=4), data=st.binary(max_size=80))
def test_whatever_a_program_puts_into_a_webp(kind: bytes, data: bytes) -> None:
    assume(kind not in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"EXIF"))
    found = cleaned(riff((b"VP8L", b"data!"), (kind, data)))
    assert found.content == WEBP
    assert found.removed


def test_a_webp_says_what_is_left_in_it() -> None:
    extended = bytes((0b00111100, *bytes(9)))
    picture = riff((b"VP8X", extended), (b"VP8L", b"data!"), (b"EXIF", b"?"), (b"XMP ", b"?"))
    flags = bytes((0b00110000, *bytes(9)))
    assert cleaned(picture).content == riff((b"VP8X", flags), (b"VP8L", b"data!"))


@given(
    picture=st.sampled_from(
        (JPEG, PNG, WEBP, with_segments(JPEG, JFIF), riff((b"ANMF", bytes(40))))
    ),
    place=st.integers(0, 80),
    put=st.binary(max_size=12),
    keep=st.integers(0, 120),
)
def test_torn_files_are_refused_or_cleaned(
    picture: bytes, place: int, put: bytes, keep: int
) -> None:
    torn = (picture[:place] + put + picture[place + len(put) :])[:keep]
    try:
        found = cleaned(torn)
    except MetadataError:
        return
    assert cleaned(found.content) == Cleaned(found.content, ())
