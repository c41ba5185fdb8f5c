"""The answers: honest defaults, a round trip, and one clear sentence for each value that cannot be used."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from throwline.case import (
    Age,
    Answers,
    AnswersError,
    PaidBy,
    Pictures,
    Reply,
    Role,
    answers_form,
    answers_from,
)
from throwline.guidance import Level, Signals
from throwline.recognition import Act, Alarm, CitedAct, Finding, Pattern, Speaker


def test_every_answer_starts_as_unknown() -> None:
    form = answers_form(Answers())
    assert form.pop("i_am") == "person"
    assert form.pop("paid_by") == []
    assert {form.pop(field) for field in ("country", "timezone", "language")} == {None}
    assert set(form.values()) == {"unknown"}


@pytest.mark.parametrize("paid_by", [frozenset(), frozenset(PaidBy), frozenset({PaidBy.ZELLE})])
def test_answers_come_back_as_they_were_written(paid_by: frozenset[PaidBy]) -> None:
    for age, role, pictures, reply in product(Age, Role, Pictures, Reply):
        answers = Answers(
            age_in_picture=age,
            i_am=role,
            country="BR",
            timezone="America/Argentina/Buenos_Aires",
            language="pt-BR",
            pictures_state=pictures,
            in_danger_now=reply,
            paid=Reply.YES,
            paid_by=paid_by,
        )
        assert answers_from(json.loads(json.dumps(answers_form(answers)))) == answers


@pytest.mark.parametrize(
    "zone", ["UTC", "Europe/London", "America/Argentina/Buenos_Aires", "Etc/GMT+5"]
)
def test_zones_with_all_kinds_of_names_are_taken(zone: str) -> None:
    assert Answers(timezone=zone).timezone == zone


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"country": "UK"}, "is GB, not UK"),
        ({"country": "us"}, "The country 'us' cannot be used: give two capital letters"),
        ({"country": ""}, "The country '' cannot be used"),
        ({"country": "ZZ"}, "The country 'ZZ' cannot be used: give two capital letters such as US"),
        (
            {"timezone": "CET+1 maybe"},
            "The timezone .* cannot be used: give a name such as Europe/London",
        ),
        ({"language": "English"}, "The language 'English' cannot be used: give a tag"),
        (
            {"paid_by": frozenset({PaidBy.CARD})},
            r"A way of paying is given \(card\), but paid is unknown",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_named(given: dict[str, Any], why: str) -> None:
    with pytest.raises(AnswersError, match=why):
        Answers(**given)


def _finding(*acts: Act, alarm: Alarm | None = None, warning_at: int | None = None) -> Finding:
    cited = tuple(CitedAct(n, act, "Sam", (0, 1), "test") for n, act in enumerate(acts, 1))
    pattern = Pattern.FINANCIAL if alarm else Pattern.NONE
    return Finding("c", alarm, warning_at, pattern, Speaker.OFFENDER_PRESENT, cited)


def test_signals_come_from_a_finding() -> None:
    alarm = Alarm(3, "Sam", Speaker.OFFENDER_PRESENT)
    paid = frozenset({PaidBy.CRYPTO})
    assert Signals.of(_finding()) == Signals()
    assert Signals.of(_finding(warning_at=2)).level is Level.WARNING
    assert Signals.of(_finding(alarm=alarm, warning_at=2), paid) == Signals(
        Level.ALARM, Pattern.FINANCIAL, distress=False, payment_channels=paid
    )


@pytest.mark.parametrize("act", [Act.DISCLOSE_DISTRESS, Act.INCITE_SELF_HARM])
def test_distress_in_the_messages_is_a_signal(act: Act) -> None:
    assert Signals.of(_finding(act)).distress
