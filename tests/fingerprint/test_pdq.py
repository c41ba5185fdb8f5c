"""Source of the vectors: pdqhash 0.2.8 (PyPI), which wraps the C++ reference of facebook/ThreatExchange."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fingerprint.drawings import PAINTS, draw
from throwline.fingerprint import Fingerprint, hamming, pdq, pdq_of_pixels
from throwline.fingerprint._pdq import luma

VECTORS = json.loads(Path(__file__).with_name("pdq_vectors.json").read_text("utf-8"))
SIZES = [(4, 9), (5, 5), (6, 130), (63, 64), (64, 64), (65, 64), (127, 129), (200, 333)]


def reference(rgba: bytes, rows: int, cols: int) -> Fingerprint:
    """What the compiled reference says of the same pixels."""
    pdqhash = pytest.importorskip("pdqhash", reason="the compiled reference is not installed")
    numpy = pytest.importorskip("numpy")
    pixels = numpy.frombuffer(rgba, numpy.uint8).reshape(rows, cols, 4)
    bits, quality = pdqhash.compute(pixels[:, :, :3].copy())
    return Fingerprint(f"{int(''.join(map(str, bits)), 2):064x}", quality)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['paint']} {v['rows']}x{v['cols']}")
def test_pure_python_gives_the_references_answers(vector):
    rgba = draw(vector["paint"], vector["rows"], vector["cols"])
    found = pdq(luma(rgba), vector["rows"], vector["cols"])
    assert found == Fingerprint(vector["pdq"], vector["quality"])


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("paint", PAINTS)
def test_both_ways_agree_with_the_reference_on_every_drawing(paint, size):
    rgba = draw(paint, *size)
    expected = reference(rgba, *size)
    assert pdq(luma(rgba), *size) == expected
    assert pdq_of_pixels(rgba, *size) == expected


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(1, 150), st.randoms(use_true_random=False))
def test_both_ways_agree_with_the_reference_on_random_pixels(rows, cols, chance):
    rgba = chance.randbytes(rows * cols * 4)
    assert pdq(luma(rgba), rows, cols) == reference(rgba, rows, cols)


def test_without_the_compiled_reference_the_answer_is_the_same(monkeypatch):
    rgba = draw("hills", 100, 80)
    expected = pdq_of_pixels(rgba, 100, 80)
    monkeypatch.setattr("throwline.fingerprint._pdq._compiled", lambda: None)
    assert pdq_of_pixels(rgba, 100, 80) == expected


def test_brightness_is_left_as_it_was():
    brightness = luma(draw("noise", 70, 90))
    before = brightness[:]
    pdq(brightness, 70, 90)
    assert brightness == before


def test_the_same_scene_at_another_size_stays_near_and_another_scene_does_not():
    mosaic = pdq(luma(draw("mosaic", 384, 384)), 384, 384)
    smaller = pdq(luma(draw("mosaic", 256, 192)), 256, 192)
    disc = pdq(luma(draw("disc", 384, 384)), 384, 384)
    assert hamming(mosaic.pdq, smaller.pdq) < 32
    assert hamming(mosaic.pdq, disc.pdq) > 60


def test_hamming_counts_bits():
    assert hamming("0" * 64, "0" * 64) == 0
    assert hamming("0" * 64, "f" * 64) == 256
    assert hamming("0" * 63 + "1", "0" * 63 + "2") == 2


def test_a_size_that_does_not_fit_the_pixels_is_refused():
    with pytest.raises(ValueError, match="2 x 2 pixels are 16 bytes, not 15"):
        pdq_of_pixels(bytes(15), 2, 2)
    with pytest.raises(ValueError, match="2 x 2 pixels are 4 numbers, not 5"):
        pdq([0.0] * 5, 2, 2)
