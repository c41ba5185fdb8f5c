"""Words as Tesseract gives them, joined to lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from throwline.conversation import Rectangle
from throwline.screenshots import Text, lines_of


def word(text: str, left: int, top: int = 100, high: int = 20, confidence: float = 0.9) -> Text:
    wide = 10 * len(text)
    return Text(text, confidence, Rectangle(left, top, left + wide, top + high))


def said(*words: Text) -> list[str]:
    return [line.text for line in lines_of(words)]


def test_words_of_a_line_are_joined_whatever_their_order() -> None:
    assert said(word("you", 80), word("hello", 10), word("there", 125)) == ["hello you there"]


def test_a_time_at_the_other_end_is_a_line_of_its_own() -> None:
    assert said(word("hello", 10), word("9:41", 300)) == ["hello", "9:41"]


def test_lines_below_each_other_stay_apart() -> None:
    assert said(word("hello", 10), word("there", 10, top=130)) == ["hello", "there"]


def test_letters_of_different_height_stand_in_one_line() -> None:
    assert said(word("you", 10, top=106, high=20), word("THE", 45, top=100)) == ["you THE"]


def test_a_word_cut_at_a_full_stop_is_whole_again() -> None:
    assert said(word("kell.", 10), word("mor77", 61)) == ["kell.mor77"]


def test_an_upright_bar_is_a_capital_i() -> None:
    assert said(word("|", 10), word("know", 25)) == ["I know"]


def test_what_is_no_word_is_left_out() -> None:
    assert said(word("—", 10), word("hi", 300), word("hello", 10, confidence=0.2)) == ["hi"]


def test_round_signs_of_the_app_are_left_out_and_short_words_stay() -> None:
    assert said(word("Oo", 10, confidence=0.7), word("ok", 300, confidence=0.96)) == ["ok"]


def test_a_line_has_room_around_its_letters() -> None:
    (line,) = lines_of([word("hello", 2)])
    assert line.rectangle == Rectangle(0, 95, 57, 125)


@given(
    st.lists(
        st.tuples(st.text(max_size=5), st.integers(0, 500), st.integers(0, 500), st.integers(1, 60))
    )
)
def test_no_word_is_told_twice(found: list[tuple[str, int, int, int]]) -> None:
    words = [word(text, left, top, high) for text, left, top, high in found]
    letters = sum(len(w.text.replace(" ", "")) for w in words)
    assert sum(len(line.text.replace(" ", "")) for line in lines_of(words)) <= letters
