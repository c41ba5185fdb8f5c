"""What was read off a picture travels with its message through the JSON form."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from throwline.conversation import (
    Certainty,
    Conversation,
    Correction,
    Message,
    Participant,
    Reading,
    Rectangle,
    Source,
    conversation_form,
    conversation_from,
)

PIXELS = st.integers(0, 20_000)
READINGS = st.builds(
    Reading,
    st.floats(0, 1),
    st.builds(Rectangle, PIXELS, PIXELS, PIXELS, PIXELS),
)
CORRECTIONS = st.builds(
    Correction,
    st.dictionaries(
        st.sampled_from(["sender", "at", "text"]), st.none() | st.text(), min_size=1
    ).map(lambda replaced: tuple(replaced.items())),
    st.text(),
)


def told(reading: Reading | None, correction: Correction | None = None) -> Conversation:
    dana = Participant("Dana")
    source = Source("screen.png", "0" * 64)
    message = Message(
        1, dana, None, Certainty.NONE, "Hello", source, 1, reading=reading, correction=correction
    )
    return Conversation("c1", "unknown", "Dana", (dana,), (message,))


@given(READINGS, st.none() | CORRECTIONS)
def test_a_reading_round_trips(reading: Reading, correction: Correction | None) -> None:
    form = json.loads(json.dumps(conversation_form(told(reading, correction))))
    assert conversation_from(form, form["messages"]) == told(reading, correction)


@given(READINGS, CORRECTIONS)
def test_version_1_had_the_correction_in_the_reading(
    reading: Reading, correction: Correction
) -> None:
    form = json.loads(json.dumps(conversation_form(told(reading, correction))))
    (message,) = form["messages"]
    message["reading"] |= message.pop("correction")
    assert conversation_from(form, form["messages"]) == told(reading, correction)


def test_what_was_not_read_off_a_picture_has_no_reading() -> None:
    (form,) = conversation_form(told(None))["messages"]
    assert "reading" not in form
