"""Screens in a row: what two of them show is one message, and nothing is lost or moved."""

from __future__ import annotations

from dataclasses import replace

from tests.screenshots.boxes import Stage, read, said

LINES = (
    "did you get home",
    "yes an hour ago",
    "good to hear that",
    "see you on sunday then",
    "bring the blue bag",
    "the one with the zip",
    "I will",
    "and some ice please",
    "there is none left",
    "ok",
    "thank you so much",
    "no worries at all",
)


def page(*lines: str) -> Stage:
    stage = Stage()
    for number, line in enumerate(lines):
        stage.says(line, own=number % 2 == 1)
    return stage


def seen(whole: Stage, name: str, start: int, end: int) -> Stage:
    """The part of a long page between two rows, under a header."""
    part = whole.scrolled(name, start - 250)
    part.boxes = [box for box in part.boxes if box.rectangle.bottom < end - start + 250]
    return part.header()


def expected(*lines: str) -> list[tuple[str | None, str]]:
    return [("Me" if number % 2 else "Dana", line) for number, line in enumerate(lines)]


def test_what_two_screens_show_is_one_message() -> None:
    whole = page(*LINES)
    chat = read(seen(whole, "a.png", 280, 1000), seen(whole, "b.png", 700, 1500))
    assert said(chat) == expected(*LINES)
    assert {m.source.file for m in chat.messages} == {"a.png", "b.png"}
    assert not any("may be missing" in gap and "b.png" in gap for gap in chat.gaps)


def test_screens_given_from_the_newest_to_the_oldest_are_in_order_too() -> None:
    whole = page(*LINES)
    chat = read(seen(whole, "b.png", 700, 1500), seen(whole, "a.png", 280, 1000))
    assert said(chat) == expected(*LINES)


def test_the_same_screen_twice_is_one() -> None:
    whole = page(*LINES)
    chat = read(seen(whole, "a.png", 280, 1000), seen(whole, "a2.png", 280, 1000))
    assert said(chat) == expected(*LINES[:8])


def test_words_that_are_said_again_are_not_taken_for_the_same() -> None:
    lines = (
        "no",
        "please",
        "no",
        "please",
        "no",
        "please wait",
        "no",
        "ok",
        "no",
        "please",
        "last",
    )
    whole = page(*lines)
    chat = read(seen(whole, "a.png", 280, 960), seen(whole, "b.png", 640, 1500))
    assert said(chat) == expected(*lines)


def test_a_line_read_differently_the_second_time_is_not_doubled() -> None:
    whole = page(*LINES)
    second = seen(whole, "b.png", 700, 1500)
    second.boxes = [
        replace(box, text="bring the b1ue bag", confidence=0.7) if "blue" in box.text else box
        for box in second.boxes
    ]
    chat = read(seen(whole, "a.png", 280, 1000), second)
    assert said(chat) == expected(*LINES)


def test_a_bubble_cut_off_by_the_edge_is_read_where_it_is_whole() -> None:
    whole = (
        Stage().says("one line here").says("first of three lines", "second of three", "third one")
    )
    whole.says("what comes after", own=True)
    first, second = whole.scrolled("a.png", 30).header(), whole.scrolled("b.png", 140).header()
    # The second line of the long bubble ends where the screen does.
    first.boxes = [box for box in first.boxes if box.rectangle.top < 420]
    first.boxes = [
        box if box.bubble is None else replace(box, bubble=box.bubble._replace(bottom=min(box.bubble.bottom, 450)))
        for box in first.boxes
    ]  # fmt: skip
    chat = read(first, second)
    assert [m.text for m in chat.messages] == [
        "one line here",
        "first of three lines\nsecond of three\nthird one",
        "what comes after",
    ]
    assert chat.messages[1].source.file == "b.png"


def test_screens_that_share_nothing_are_put_one_after_the_other_and_it_says_so() -> None:
    chat = read(page(*LINES[:4]).header(), replace(page(*LINES[6:10]), name="b.png").header())
    assert [m.text for m in chat.messages] == [*LINES[:4], *LINES[6:10]]
    assert any(gap.startswith("Nothing on b.png is also on a.png") for gap in chat.gaps)


def test_many_screens() -> None:
    lines = [f"message number {number} of many" for number in range(60)]
    whole = page(*lines)
    screens = [seen(whole, f"{n}.png", 280 + 600 * n, 1180 + 600 * n) for n in range(10)]
    assert said(read(*screens)) == expected(*lines)


def test_a_picture_with_the_same_time_at_the_end_and_at_the_beginning_is_one() -> None:
    first = Stage("a.png").header().says("look", time="21:05").picture(time="21:06")
    second = (
        Stage("b.png").header().picture(time="21:06", high=250).says("nice", own=True, time="21:07")
    )
    chat = read(first, second)
    assert said(chat) == [("Dana", "look"), ("Dana", ""), ("Me", "nice")]


def test_the_lower_end_of_a_bubble_over_that_picture_is_no_message_of_its_own() -> None:
    first = Stage("a.png").header().says("look at", "this", time="21:05").picture(time="21:06")
    second = Stage("b.png").header().says(time="21:05").picture(time="21:06", high=400)
    chat = read(first, second.says("nice", own=True, time="21:07"))
    assert said(chat) == [("Dana", "look at\nthis"), ("Dana", ""), ("Me", "nice")]


def test_pictures_of_different_times_are_two() -> None:
    first = Stage("a.png").header().says("look", time="21:05").picture(time="21:06", high=300)
    second = Stage("b.png").header().picture(time="21:08").says("nice", own=True, time="21:09")
    assert len(read(first, second).messages) == 4
