"""From boxes to messages: what belongs together, who said it, when, and what is the app's own."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.screenshots.boxes import (
    BLUE,
    FAINT,
    INK,
    LINE,
    OTHER,
    PAGE,
    RED,
    WIDTH,
    Stage,
    name_of,
    read,
    said,
)
from throwline.conversation import (
    Certainty,
    DateOrder,
    Hints,
    Kind,
    Medium,
    Rectangle,
    Source,
    conversation_form,
    conversation_from,
)
from throwline.screenshots import Box, Screen, conversation_of


def test_left_is_the_other_side_and_right_the_person_whose_phone_it_is() -> None:
    chat = read(Stage().header().says("hello").says("who are you", own=True).field_())
    assert said(chat) == [("Dana", "hello"), ("Me", "who are you")]
    assert [p.is_owner for p in chat.participants] == [False, True]
    assert chat.title == "Dana"


def test_header_and_field_are_no_messages() -> None:
    chat = read(Stage().header("+44 7700 900456").says("hello").field_("iMessage"))
    assert said(chat) == [("+44 7700 900456", "hello")]
    assert chat.platform == "imessage"


def test_a_keyboard_is_no_message() -> None:
    stage = Stage().header().says("hello").field_()
    stage.line("q w e r t y u i o p", 60, 1500)
    stage.line("a s d f g h j k l", 80, 1600)
    assert said(read(stage)) == [("Dana", "hello")]


def test_without_a_header_the_other_side_has_no_name() -> None:
    chat = read(Stage().says("hello").says("yes", own=True))
    assert [name_of(m) for m in chat.messages] == ["The other side", "Me"]
    assert any("do not show a name" in gap for gap in chat.gaps)


def test_a_wide_bubble_is_told_by_where_the_others_stand_and_by_its_colour() -> None:
    stage = (
        Stage().header().says("short").says("x" * 49).says("y" * 49, own=True).says("no", own=True)
    )
    assert [name_of(m) for m in read(stage).messages] == ["Dana", "Dana", "Me", "Me"]


def test_lines_of_a_bubble_are_one_text() -> None:
    long = "I have the list of everyone you know"
    chat = read(Stage().header().says(long, "and your family").says("ok", "really", own=True))
    assert [m.text for m in chat.messages] == [f"{long} and your family", "ok\nreally"]


# Source of the address: BIP 173, test vectors.
ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"


def test_a_long_word_cut_at_the_end_of_a_line_is_one_word() -> None:
    chat = read(Stage().header().says("Pay to", ADDRESS[:34], ADDRESS[34:] + " now"))
    assert chat.messages[0].text.endswith(f"{ADDRESS} now")


def test_a_whole_address_that_fills_a_line_is_not_glued_to_the_next_word() -> None:
    chat = read(Stage().header().says(ADDRESS, "in two hours"))
    assert chat.messages[0].text == f"{ADDRESS} in two hours"


@pytest.mark.parametrize("time", ["9:41 PM", "21:05", "21:05 ✓✓", "21:05 W"])
def test_times_in_bubbles_are_no_text(time: str) -> None:
    stage = Stage().header().says("hello", time=time).says("yes", own=True, time=time)
    chat = read(stage)
    assert [m.text for m in chat.messages] == ["hello", "yes"]
    shown = time.split(" ✓")[0].removesuffix(" W")
    assert chat.messages[0].notes == (f"the time shown: {shown}",)


def test_a_time_read_together_with_the_words_before_it_is_taken_off() -> None:
    stage = (
        Stage().header().says("hello 21:05").says("yes 21:06", own=True).says("ok", time="21:07")
    )
    assert [m.text for m in read(stage).messages] == ["hello", "yes", "ok"]


def test_a_time_that_somebody_wrote_stays() -> None:
    stage = Stage().header().says("I come at 6:15").says("fine", own=True).says("6:15").says("yes")
    assert [m.text for m in read(stage).messages] == ["I come at 6:15", "fine", "6:15", "yes"]


def test_a_time_without_a_date_is_a_note_and_no_time() -> None:
    stage = Stage().header().middle("Yesterday").says("hello", time="21:05")
    (message,) = read(stage).messages
    assert (message.at, message.certainty) == (None, Certainty.NONE)
    assert message.notes == ("the day shown above it: Yesterday", "the time shown: 21:05")


def test_a_date_and_a_time_are_a_clock_time_without_a_zone() -> None:
    stage = Stage().header().middle("12 March 2026").says("hello", time="9:05 PM")
    (message,) = read(stage).messages
    assert (message.at, message.certainty) == (datetime(2026, 3, 12, 21, 5), Certainty.LOCAL)
    assert message.notes == ()


def test_day_and_month_that_could_be_either_are_assumed_or_as_hinted() -> None:
    stage = Stage().header().middle("03/04/2026").says("hello", time="21:05")
    assumed = read(stage)
    assert assumed.messages[0].certainty is Certainty.ASSUMED
    hinted = read(stage, hints=Hints(DateOrder.MONTH_FIRST))
    assert hinted.messages[0].at == datetime(2026, 3, 4, 21, 5)


def test_a_day_with_a_time_is_that_of_the_message_under_it_alone() -> None:
    stage = Stage().header().middle("12 March 2026, 21:05").says("hello").says("there")
    first, second = read(stage).messages
    assert first.at == datetime(2026, 3, 12, 21, 5)
    assert (second.at, second.notes) == (None, ("the day shown above it: 12 March 2026",))


def test_what_the_app_wrote_is_a_notice_by_nobody() -> None:
    stage = Stage().header().says("hello").middle("Messages are end-to-end encrypted.")
    message, notice = read(stage).messages
    assert (notice.kind, notice.sender) == (Kind.NOTICE, None)
    assert message.kind is Kind.WRITTEN


def test_a_receipt_is_a_note_of_the_message_over_it() -> None:
    chat = read(Stage().header().says("hello", own=True).at_right("Seen").says("yes"))
    assert said(chat) == [("Me", "hello"), ("Dana", "yes")]
    assert chat.messages[0].notes == ("shown below: Seen",)


def test_names_over_bubbles() -> None:
    stage = Stage().header("Team").at_left("Kit").says("hello").says("all").says("hi", own=True)
    stage.at_left("Ana Ruiz").says("good morning")
    names = [name_of(m) for m in read(stage).messages]
    assert names == ["Kit", "Kit", "Me", "Ana Ruiz"]


def test_names_in_bubbles() -> None:
    stage = Stage().header("Team").says("hello", name="Kit", time="21:05").says("all", time="21:05")
    stage.says("hi", own=True, time="21:06").says("who", time="21:06")
    chat = read(stage)
    assert said(chat) == [("Kit", "hello"), ("Kit", "all"), ("Me", "hi"), (None, "who")]


def test_a_name_in_a_bubble_over_a_picture() -> None:
    stage = Stage().header("Team").says("hello", name="Kit", time="21:05")
    stage.says(name="Ana Ruiz", gap=-5).picture(time="21:06").says("nice", own=True, time="21:07")
    assert said(read(stage)) == [("Kit", "hello"), ("Ana Ruiz", ""), ("Me", "nice")]


def test_a_picture_and_the_words_under_it_in_one_bubble_are_one_message() -> None:
    stage = Stage().header("Team")
    stage.pictures.append(Rectangle(40, 350, 430, 700))
    bubble = Rectangle(30, 300, 440, 800)
    stage.line("Kit", 50, 305, fill=OTHER, ink=RED, bubble=bubble)
    stage.line("this is you", 50, 710, fill=OTHER, bubble=bubble)
    stage.line("21:05", 330, 755, fill=OTHER, ink=FAINT, bubble=bubble)
    stage.y = 830
    (message, _) = read(stage.says("no", own=True, time="21:06")).messages
    assert (name_of(message), message.text) == ("Kit", "this is you")
    assert [a.medium for a in message.attachments] == [Medium.IMAGE]


def test_a_link_in_colour_is_no_name() -> None:
    stage = Stage().header().says("see this", name="https://example.com/a", time="21:05")
    assert said(read(stage)) == [("Dana", "https://example.com/a\nsee this")]


def test_a_quotation_is_a_note() -> None:
    stage = Stage().header().says("no", quote=("Dana", "send it"), own=True, time="21:05")
    (message,) = read(stage).messages
    assert (message.text, message.notes[-1]) == ("no", "answers: Dana send it")


def test_pictures_are_attachments_and_no_text_in_them_is_kept_but_the_time() -> None:
    stage = Stage().header().says("look", time="21:05").picture(time="21:06")
    area = stage.pictures[0]
    stage.line("SIGN IN A PICTURE", area.left + 50, area.top + 80)
    chat = read(stage.says("nice", own=True, time="21:07"))
    _, picture, _ = chat.messages
    assert picture.attachments[0].medium is Medium.IMAGE
    assert (picture.text, name_of(picture)) == ("", "Dana")
    assert picture.notes == ("the time shown: 21:06",)
    assert "SIGN" not in json.dumps(conversation_form(chat))


def test_a_bubble_in_which_nothing_was_read_is_a_message_that_says_so() -> None:
    stage = Stage().header().says("hello")
    stage.wordless.append((Rectangle(30, stage.y, 150, stage.y + 90), OTHER))
    message = read(stage).messages[1]
    assert name_of(message) == "Dana"
    assert message.notes == ("nothing in it could be read: perhaps an emoji or a sticker",)


def test_an_app_without_bubbles() -> None:
    wrap = "a line that is so long that the next word would not have fitted"[:50]
    stage = Stage().header("Jess").labelled("JESS", BLUE, "hello", "there")
    stage.labelled("ME", RED, wrap, "whatever it was").labelled(None, RED, "no")
    stage.middle("TODAY").labelled("JESS", BLUE, "yes")
    assert said(read(stage)) == [
        ("Jess", "hello\nthere"),
        ("Me", f"{wrap} whatever it was"),
        ("Me", "no"),
        ("Jess", "yes"),
    ]


def test_every_message_has_its_place_on_its_screenshot_and_how_sure_it_is() -> None:
    stage = Stage().header().says("hello").says("yes", own=True)
    stage.boxes[-1] = Box("yes", 0.61, *_rest(stage.boxes[-1]))
    first, second = read(stage).messages
    assert first.reading is not None
    assert second.reading is not None
    assert (first.place, second.place) == (1, 2)
    assert first.reading.rectangle == Rectangle(30, 300, 180, 370)
    assert (first.reading.confidence, second.reading.confidence) == (0.99, 0.61)
    assert first.source == Source("a.png", "a" * 64)


def _rest(box: Box) -> tuple[object, ...]:
    return box.rectangle, box.fill, box.ink, box.bubble, box.bar, box.steady


def test_near_misses_are_offered_and_not_taken() -> None:
    misread = ADDRESS.replace("0c5", "Oc5")
    (message,) = read(Stage().header().says(misread)).messages
    assert message.text == misread
    assert message.notes == (f"perhaps {ADDRESS} instead of {misread}",)


def test_it_round_trips() -> None:
    stage = Stage().header().middle("12 March 2026").says("hello", time="9:05 PM").picture()
    chat = read(stage)
    form = json.loads(json.dumps(conversation_form(chat)))
    assert conversation_from(form, form["messages"]) == chat


AREAS = st.builds(
    lambda left, top, wide, high: Rectangle(left, top, left + wide, top + high),
    st.integers(0, WIDTH), st.integers(0, 2000), st.integers(1, 900), st.integers(1, 400),
)  # fmt: skip
COLOURS = st.sampled_from([PAGE, INK, OTHER, RED, BLUE])
TEXTS = st.sampled_from(
    [
        "9:41",
        "Today",
        "ME",
        "Message",
        "qwertyuiop",
        "21:05 W",
        "hello",
        "12/13/2026",
        "Seen",
        "?",
        ADDRESS,
    ]
) | st.text(min_size=1, max_size=30)
BOXES = st.builds(
    Box, TEXTS, st.floats(0, 1), AREAS, COLOURS, COLOURS, st.none() | AREAS, st.none() | COLOURS, st.booleans()
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.lists(BOXES, max_size=12), st.lists(AREAS, max_size=2)), max_size=3))
def test_whatever_is_on_the_screens_it_is_read_and_numbered(
    given: list[tuple[list[Box], list[Rectangle]]],
) -> None:
    screens = [
        Screen(
            Source(f"{n}.png", "0" * 64), WIDTH, 2000, PAGE, tuple(boxes), (0, 2000), tuple(areas)
        )
        for n, (boxes, areas) in enumerate(given)
    ]
    chat = conversation_of(screens, Hints())
    assert [m.number for m in chat.messages] == list(range(1, len(chat.messages) + 1))
    assert all(m.sender is None or m.sender in chat.participants for m in chat.messages)


def headed(stage: Stage, name: str, time: str, *lines: str) -> Stage:
    """What somebody wrote, under a heading with name and time, right of a portrait."""
    stage.y += 30
    for text in (f"{name} {time}", *lines):
        stage.line(text, 150, stage.y)
        stage.y += LINE + 10
    return stage


def test_an_app_with_headings_tells_the_owner_by_the_name_that_is_not_in_the_header() -> None:
    stage = Stage().header("@ kell.mor77")
    headed(stage, "kell.mor77", "Yesterday at 9:05 PM", "hello", "are you there")
    headed(stage, "sam.rivers", "12/25/2025 9:06 PM", "yes").field_("Message @kell.mor77")
    chat = read(stage)
    assert said(chat) == [
        ("kell.mor77", "hello"),
        ("kell.mor77", "are you there"),
        ("sam.rivers", "yes"),
    ]
    assert [p.is_owner for p in chat.participants] == [False, True]
    assert chat.messages[0].notes == (
        "the day shown above it: Yesterday",
        "the time shown: 9:05 PM",
    )
    assert chat.messages[1].notes == ("the day shown above it: Yesterday",)
    assert chat.messages[2].at == datetime(2025, 12, 25, 21, 6)


def test_in_a_group_with_headings_nobody_is_guessed_to_be_the_owner() -> None:
    stage = Stage().header("# general")
    headed(stage, "Kit", "9:05 PM", "hello")
    headed(stage, "Ana Ruiz", "9:06 PM", "hi")
    assert {p.is_owner for p in read(stage).participants} == {None}


def test_a_message_that_ends_in_a_time_is_no_heading() -> None:
    stage = Stage().header("Kit")
    headed(stage, "Kit", "Today at 9:05 PM", "hello", "let us meet at 6:15", "ok?")
    assert [m.text for m in read(stage).messages] == ["hello", "let us meet at 6:15", "ok?"]


def test_who_goes_on_writing_at_the_top_of_a_screen_that_shares_nothing_is_not_guessed() -> None:
    first = headed(Stage("a.png").header("Team"), "Kit", "9:05 PM", "hello")
    second = Stage("b.png").header("Team")
    second.line("are you there", 150, second.y)
    second.y += LINE + 30
    headed(second, "Ana Ruiz", "9:30 PM", "no")
    assert said(read(first, second)) == [
        ("Kit", "hello"),
        (None, "are you there"),
        ("Ana Ruiz", "no"),
    ]
