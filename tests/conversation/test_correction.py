"""What a reader was not sure of is open to correction, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from throwline.conversation import (
    Certainty,
    Kind,
    Message,
    Participant,
    Reading,
    Rectangle,
    Source,
    corrected,
    doubts,
)

KIM, SAM = Participant("Kim"), Participant("Sam")
AT = datetime(2026, 3, 2, 21, 14)
EXPORT = Source("chat.txt", "0" * 64)
SURE = Message(1, KIM, AT.replace(tzinfo=UTC), Certainty.EXACT, "hello", EXPORT, 1)
READING = Reading(0.99, Rectangle(0, 0, 9, 9))
ALL = {"sender", "at", "text"}


@pytest.mark.parametrize(
    ("message", "open_"),
    [
        (SURE, set()),
        (replace(SURE, at=AT, certainty=Certainty.LOCAL), set()),
        (replace(SURE, at=AT, certainty=Certainty.ASSUMED), {"at"}),
        (replace(SURE, at=None, certainty=Certainty.NONE), {"at"}),
        (replace(SURE, sender=None), {"sender"}),
        (replace(SURE, sender=None, kind=Kind.NOTICE), set()),
        (replace(SURE, text="hell�"), {"text"}),
        (replace(SURE, reading=READING), ALL),
        (replace(SURE, source=Source("pasted text", "0" * 64)), ALL),
    ],
)
def test_what_is_in_doubt(message: Message, open_: set[str]) -> None:
    assert doubts(message) == open_


def test_what_was_corrected_can_be_corrected_again() -> None:
    message = corrected(replace(SURE, text="hell�"), by="Ana", text="hell")
    assert message.text == "hell"
    again = corrected(message, by="Bo", text="hello")
    assert again.correction is not None
    assert (again.correction.replaced, again.correction.by) == ((("text", "hell�"),), "Bo")


@pytest.mark.parametrize("what", [{"text": "bye"}, {"sender": SAM}, {"at": AT}])
def test_what_is_sure_is_evidence_and_stays(what: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(what))} is sure"):
        corrected(SURE, by="Ana", **what)  # type: ignore[arg-type]


def test_a_day_that_was_right_is_sure_from_then_on() -> None:
    message = corrected(replace(SURE, at=AT, certainty=Certainty.ASSUMED), by="Ana", at=AT)
    assert (message.certainty, message.correction) == (Certainty.LOCAL, None)
