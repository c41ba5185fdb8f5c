"""Cases made from a few typed messages, for the tests of reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from importlib.resources import files

from throwline.case import Age, Answers, Case, make_case
from throwline.conversation import (
    Certainty,
    Conversation,
    Hints,
    Intake,
    Message,
    Participant,
    Source,
    read_given,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SAMPLE = (files("throwline") / "sample" / "WhatsApp Chat with Dana.txt").read_bytes()
UNDER_18 = Answers(age_in_picture=Age.UNDER_18, timezone="Europe/London")
SOURCE = Source("typed.txt", "ab" * 32)
THREAT = "i saved your pics. send 500 dollars on cashapp $kellmor or i will send it to your mom and everyone you know"


def sample_case(answers: Answers = UNDER_18) -> Case:
    return make_case(read_given("WhatsApp Chat with Dana.txt", SAMPLE, Hints()), answers, NOON)


def conversation(
    lines: Iterable[tuple[Participant | None, str]],
    identifier: str = "c1",
    platform: str = "instagram",
) -> Conversation:
    """A message a minute, in UTC."""
    lines = list(lines)
    return Conversation(
        identifier=identifier,
        platform=platform,
        title="a chat",
        participants=tuple(dict.fromkeys(who for who, _ in lines if who)),
        messages=tuple(
            Message(n, who, NOON + timedelta(minutes=n), Certainty.EXACT, said, SOURCE, n)
            for n, (who, said) in enumerate(lines, 1)
        ),
    )


def case_of(*conversations: Conversation, answers: Answers = UNDER_18) -> Case:
    return make_case(Intake(conversations, (), (), ()), answers, NOON)
