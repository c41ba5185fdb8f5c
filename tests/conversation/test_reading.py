"""What was read off a picture travels with its message through the JSON form."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from throwline.conversation import (
    Certainty,
    Conversation,
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
    st.dictionaries(st.sampled_from(["sender", "at", "text"]), st.none() | st.text()).map(
        lambda replaced: tuple(replaced.items())
    ),
).flatmap(
    lambda read: st.builds(replace, st.just(read), by=st.text() if read.replaced else st.none())
)


def told(reading: Reading | None) -> Conversation:
    dana = Participant("Dana")
    source = Source("screen.png", "0" * 64)
    message = Message(1, dana, None, Certainty.NONE, "Hello", source, 1, reading=reading)
    return Conversation("c1", "unknown", "Dana", (dana,), (message,))


@given(READINGS)
def test_a_reading_round_trips(reading: Reading) -> None:
    form = json.loads(json.dumps(conversation_form(told(reading))))
    assert conversation_from(form, form["messages"]) == told(reading)


def test_what_was_not_read_off_a_picture_has_no_reading() -> None:
    (form,) = conversation_form(told(None))["messages"]
    assert "reading" not in form
