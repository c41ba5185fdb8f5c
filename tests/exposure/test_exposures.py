"""What whole bios and posts give away, and that any text can be asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throwline.exposure import exposures, kinds

BIO = "robin 🎨 | 16 | Hill Valley High '27 | 📍Leeds, UK | 🎂 5 aug | sc: robin.draws | rob.in@mail.example"


def told(text: str) -> list[tuple[str, str]]:
    return [(found.what, found.said) for found in exposures(text)]


def test_a_bio_that_tells_it_all() -> None:
    assert told(BIO) == [
        ("school", "Hill Valley High '27"),
        ("birthday", "5 aug"),
        ("age", "16"),
        ("location", "Leeds, UK"),
        ("email", "rob.in@mail.example"),
        ("account", "robin.draws"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("text me at +44 7700 900123 or 📞 07700 900123", {"phone"}),
        (
            "Tengo 17 años, vivo en Monterrey y estudio en el Colegio San José",
            {"age", "location", "school"},
        ),
        ("J'ai 16 ans, j'habite à Lyon, lycée Victor Hugo", {"age", "location", "school"}),
        (
            "Bin 16, wohne in Köln, Lindenstraße 7, Goethe-Gymnasium",
            {"age", "location", "address", "school"},
        ),
        ("Tenho 15 anos, moro em Recife e trampo no Habib's", {"age", "location", "workplace"}),
        ("17 na ako, taga-Cebu, telegram @robin_two", {"age", "location", "account"}),
        ("cash app $robinpays, insta: robin.two", {"account"}),
    ],
)
def test_in_other_words_and_languages(text: str, says: set[str]) -> None:
    assert {what for what, _ in told(text)} == says


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just vibes ✨ cats > people",
        "i love long walks, 20 minutes a day, from now on",
        "new episode at 18:30, season 2, 2016 was better",
        "she's so high right now in school, old school music",
        "live in the moment. work hard. stay humble",
        "gracias por todo, nos vemos en casa a las 10",
    ],
)
def test_what_gives_nothing_away(text: str) -> None:
    assert told(text) == []


@given(st.text(max_size=200))
def test_the_words_shown_are_those_in_the_text(text: str) -> None:
    order = list(kinds())
    found = exposures(text)
    assert list(found) == sorted(found, key=lambda f: (order.index(f.what), f.start))
    for one in found:
        assert text[one.start : one.end] == one.said


@pytest.mark.parametrize(
    "piece", ["A", "A ", "Aa of ", "1", "1 ", "@a", "a.", "📍a", "from A, ", "🎂 ", "0-"]
)
def test_long_texts_of_one_kind(piece: str) -> None:
    exposures(piece * 5000)
