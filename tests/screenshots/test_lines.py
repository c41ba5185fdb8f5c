"""A line as Tesseract reads it in several languages, and the one that is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throwline.conversation import Rectangle
from throwline.screenshots import Words, line_of

AREA = Rectangle(10, 100, 200, 130)


def reading(text: str, confidence: float = 0.92) -> Words:
    return [(word, confidence) for word in text.split()]


def said(*readings: Words, dotted: int = 0) -> str | None:
    line = line_of(readings, dotted, AREA)
    return line and line.text


def test_the_words_are_one_line_as_sure_as_the_least_sure() -> None:
    line = line_of([[("hello", 0.9), ("you", 0.7)]], 0, AREA)
    assert line is not None
    assert (line.text, line.confidence, line.rectangle) == ("hello you", 0.7, AREA)


# How Tesseract 5 read names on drawings of tests/screenshots/drawing.
@pytest.mark.parametrize(
    ("readings", "dotted", "name"),
    [
        ((("Benoit", 0.90), ("Benoît", 0.87), ("Benoit", 0.89)), 0, "Benoît"),
        ((("Tomas", 0.92), ("Tomäs", 0.92), ("Tomás", 0.91)), 0, "Tomás"),
        ((("Jórdis", 0.90), ("Jôrdis", 0.93), ("Jördis", 0.92)), 1, "Jördis"),
        ((("Marlo V", 0.92), ("Marlo_V", 0.90)), 0, "Marlo_V"),
        ((("Gmarlo.77", 0.41), ("@marlo.77", 0.88)), 0, "@marlo.77"),
    ],
)
def test_letters_that_only_one_language_knows_are_believed(
    readings: tuple[tuple[str, float], ...], dotted: int, name: str
) -> None:
    assert said(*(reading(*each) for each in readings), dotted=dotted) == name


def test_of_equal_readings_the_first_is_taken() -> None:
    assert said(reading("llamar"), reading("Ilamar")) == "llamar"


def test_a_plain_word_needs_no_accent() -> None:
    assert said(reading("avisa o João", 0.92), reading("avisa o Joäo", 0.90)) == "avisa o João"


def test_an_upright_bar_is_a_capital_i() -> None:
    assert said(reading("| know")) == "I know"


def test_what_is_no_word_is_left_out() -> None:
    assert said([("—", 0.9), ("hi", 0.9), ("&", 0.9), ("o", 0.2)]) == "hi"


def test_a_word_hardly_read_stays_in_its_line() -> None:
    assert said([("to", 0.9), ("bc1qw508d6", 0.1), ("now", 0.9)]) == "to bc1qw508d6 now"


@pytest.mark.parametrize("nothing", [[], [("", 0.0)], [("—", 0.95)], [("Inak", 0.1), ("at", 0.4)]])
def test_where_nothing_can_be_read_there_is_no_line(nothing: Words) -> None:
    assert said(nothing) is None


@pytest.mark.parametrize("ticks", ["W/", "4", "XZ"])
def test_ticks_behind_a_time_are_no_letters(ticks: str) -> None:
    assert said([("15:31", 0.96), (ticks, 0.5)]) == "15:31"
    assert said([("9:31", 0.96), ("PM", 0.96), (ticks, 0.0)]) == "9:31 PM"
    assert said([(f"15:31{ticks}", 0.5)]) == "15:31"


def test_a_word_behind_a_time_stays() -> None:
    assert said(reading("15:31 ok")) == "15:31 ok"


@given(
    st.lists(st.lists(st.tuples(st.text(max_size=6), st.floats(0, 1))), max_size=4),
    st.integers(0, 9),
)
def test_whatever_was_read_a_line_has_text(readings: list[Words], dotted: int) -> None:
    line = line_of(readings, dotted, AREA)
    assert line is None or line.text.strip()
