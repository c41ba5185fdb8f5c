from __future__ import annotations

import hashlib
import json
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fingerprint.drawings import draw
from throwline.fingerprint import (
    DOWNSCALED,
    FULL_SIZE,
    PictureFingerprint,
    hamming,
    pdq_of_pixels,
    picture_form,
    picture_from,
)

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
pictures = pytest.importorskip("throwline.pictures")


def drawing(paint="mosaic", rows=100, cols=80):
    return Image.frombytes("RGBA", (cols, rows), draw(paint, rows, cols)).convert("RGB")


def saved(folder, picture, name="picture.png", **options):
    path = folder / name
    picture.save(path, **options)
    return path


def test_a_png_is_hashed_as_its_pixels_are(tmp_path):
    path = saved(tmp_path, drawing())
    found = pictures.fingerprint_picture(path)
    expected = pdq_of_pixels(draw("mosaic", 100, 80), 100, 80)
    assert (found.pdq, found.quality) == (expected.pdq, expected.quality)
    assert found.downscale == FULL_SIZE
    assert found.size == path.stat().st_size
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.md5 == hashlib.md5(path.read_bytes()).hexdigest()


def test_a_large_picture_is_scaled_first_and_says_so(tmp_path):
    large = drawing("mosaic", 700, 900)
    found = pictures.fingerprint_picture(saved(tmp_path, large))
    scaled = large.resize((512, 512), Image.Resampling.BILINEAR).convert("RGBA")
    assert found.downscale == DOWNSCALED
    assert found.pdq == pdq_of_pixels(scaled.tobytes(), 512, 512).pdq


@pytest.mark.parametrize("name", ["picture.jpg", "picture.webp", "picture.gif"])
def test_other_formats_of_the_same_picture_stay_near(tmp_path, name):
    original = pictures.fingerprint_picture(saved(tmp_path, drawing()))
    other = pictures.fingerprint_picture(saved(tmp_path, drawing(), name))
    assert hamming(original.pdq, other.pdq) < 32


def test_a_picture_taken_sideways_is_turned_upright(tmp_path):
    upright = saved(tmp_path, drawing(), "upright.jpg", quality=95)
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = drawing().transpose(Image.Transpose.ROTATE_90)
    turned = saved(tmp_path, sideways, "sideways.jpg", quality=95, exif=exif)
    plain = saved(tmp_path, sideways, "plain.jpg", quality=95)
    expected = pictures.fingerprint_picture(upright).pdq
    assert hamming(pictures.fingerprint_picture(turned).pdq, expected) < 16
    assert hamming(pictures.fingerprint_picture(plain).pdq, expected) > 60


def test_sixteen_bits_of_grey_keep_their_bright_part(tmp_path):
    grey = Image.new("I;16", (60, 40))
    for row in range(40):
        for col in range(60):
            grey.putpixel((col, row), (col * 900 + row * 300) % 65536)
    eight = grey.convert("I").point(lambda level: level / 256).convert("L")
    deep = pictures.fingerprint_picture(saved(tmp_path, grey, "deep.png"))
    assert deep.pdq == pictures.fingerprint_picture(saved(tmp_path, eight, "eight.png")).pdq
    assert deep.quality > 0


def test_a_palette_with_transparency_is_read(tmp_path):
    palette = drawing().quantize(16)
    path = saved(tmp_path, palette, "palette.png", transparency=bytes(range(16)))
    assert pictures.fingerprint_picture(path).quality > 50


def test_a_plain_picture_is_marked_weak(tmp_path):
    assert pictures.fingerprint_picture(saved(tmp_path, drawing("grey"))).weak
    assert not pictures.fingerprint_picture(saved(tmp_path, drawing())).weak


def test_nothing_is_written_beside_the_picture(tmp_path):
    path = saved(tmp_path, drawing())
    before = path.read_bytes(), path.stat().st_mtime_ns
    pictures.fingerprint_picture(path)
    assert list(tmp_path.iterdir()) == [path]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 20,000 x 20,000 pixels."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "picture is empty: copy it from the phone again."),
        (
            b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
            "picture is a HEIC picture, which cannot be read here: "
            "use a removal service's own page on the phone that holds it.",
        ),
        (
            b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41",
            "picture is a video, not a picture: choose a picture.",
        ),
        (
            b"Not a picture at all",
            "picture is no picture that can be read here: choose a JPEG, PNG, WebP or GIF file.",
        ),
        (
            bomb(),
            "picture has more than 150 million pixels: save a smaller copy and choose that.",
        ),
    ],
    ids=["empty", "heic", "video", "text", "bomb"],
)
def test_what_is_no_picture_gets_one_clear_sentence(tmp_path, content, sentence):
    path = tmp_path / "picture"
    path.write_bytes(content)
    with pytest.raises(pictures.PictureError) as refusal:
        pictures.fingerprint_picture(path)
    assert str(refusal.value) == sentence


def test_half_a_picture_is_refused(tmp_path):
    path = saved(tmp_path, drawing(), "half.jpg")
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(pictures.PictureError, match=r"half\.jpg is a damaged picture"):
        pictures.fingerprint_picture(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(pictures.PictureError, match=r"gone\.png cannot be opened: No such file"):
        pictures.fingerprint_picture(tmp_path / "gone.png")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["picture.png", "picture.jpg", "picture.gif"]), st.data())
def test_damaged_bytes_never_raise_anything_else(tmp_path, name, data):
    whole = saved(tmp_path, drawing("hills", 20, 20), name)
    content = bytearray(whole.read_bytes())
    for _ in range(3):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    whole.write_bytes(content)
    try:
        found = pictures.fingerprint_picture(whole)
    except pictures.PictureError:
        return
    assert len(found.pdq) == 64


def test_the_json_form_round_trips():
    picture = PictureFingerprint("0f" * 32, 77, DOWNSCALED, "ab" * 32, "cd" * 16, 123_456)
    assert picture_from(json.loads(json.dumps(picture_form(picture)))) == picture
