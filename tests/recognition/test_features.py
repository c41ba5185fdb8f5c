"""What the act model reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throwline.recognition._features import word_spans, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pay me $300, now!", ["pay", "me", "$", "###", "now", "!"]),
        ("don't it's 'quoted'", ["don't", "it's", "quoted"]),
        ("snake_case 12.5k a/b", ["snake", "case", "##", "#", "k", "a", "b"]),
        ("pagá 20€ ¿ok?", ["pagá", "##", "€", "¿", "ok", "?"]),
        ("a" * 30, ["a" * 20]),
    ],
)
def test_words(text: str, said: list[str]) -> None:
    assert words(text) == said


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_plain_letters_are_read_as_all_others(text: str) -> None:
    assert words(f"{text} é") == [*words(text), "é"]


@given(st.text())
def test_every_word_has_a_place(text: str) -> None:
    assert len(word_spans(text)) == len(words(text))
