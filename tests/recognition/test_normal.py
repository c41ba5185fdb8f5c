"""Folding text, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throwline.recognition._normal import normal


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Send It NOW", "send it now"),
        ("séñal café", "senal cafe"),
        ("p\u200bay m\u200de", "pay me"),  # zero-width space and joiner
        ("ѕеnd уоur рісѕ", "send your pics"),  # Cyrillic look-alikes
        ("\uff33\uff25\uff2e\uff24", "send"),  # full width
        ("s.e.n.d it", "send it"),
        ("p4y n0w", "pay now"),
        ("s3nd the p1cs", "send the pics"),
        ("don’t", "don't"),
        ("100k by 5pm 2nd", "100k by 5pm 2nd"),  # numbers stay numbers
        ("привет", "привет"),  # other scripts stay themselves
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert normal(written).text == folded


@given(st.text())
def test_spans_lead_back_into_the_original(text: str) -> None:
    folded = normal(text)
    for start in range(len(folded.text)):
        first, last = folded.original_span(start, start + 1)
        assert 0 <= first < last <= len(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_offsets_never_go_back(text: str) -> None:
    offsets = normal(text).offsets
    assert offsets is None or offsets == sorted(offsets)


def test_a_cited_span_reads_as_written() -> None:
    text = "ok. I will s\u200be\u200bnd it"
    folded = normal(text)
    start = folded.text.index("send")
    first, last = folded.original_span(start, start + 4)
    assert text[first:last] == "s\u200be\u200bnd"


@pytest.mark.parametrize("piece", ["x", "x1", "1x", "a ", "a.b.", "send$", "s.e.n.d", "é1", "ѕ"])
def test_a_very_long_message_is_folded(piece: str) -> None:
    """In linear time: with a quadratic pattern this would take minutes."""
    assert len(normal(piece * 50_000).text) >= 25_000
