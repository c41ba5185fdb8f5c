"""The answers about the person: given as options, or asked for where somebody sits at a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import click

from throwline.case import Age, Answers, PaidBy, Pictures, Reply, Role
from throwline.cli._ask import at_terminal, known_zone

_QUESTIONS: dict[str, tuple[str, StrEnum]] = {
    "i_am": ("Who are you?", Role.PERSON),
    "pictures_state": ("What has become of the pictures?", Pictures.UNKNOWN),
    "sent_more": ("Were more pictures sent after the threat?", Reply.UNKNOWN),
    "made_with_ai": ("Is the picture a fake, made with AI?", Reply.UNKNOWN),
    "knows_person": ("Is the one who threatens known in real life, or near?", Reply.UNKNOWN),
    "paid": ("Was something paid?", Reply.UNKNOWN),
}
_AGE = ("How old was the person in the picture when it was taken?", Age.UNKNOWN)


def answers_given(told: Mapping[str, Any]) -> Answers:
    """The answers in `told`, the options by the names of the fields of Answers; None where one was not given.

    What is missing is asked at a terminal. Danger and self-harm are not: whoever is alone with that should not have to
    type it first, and every plan begins with a person to reach. Raises AnswersError.
    """
    given = {name: value for name, value in told.items() if value}
    if at_terminal():
        given = _asked(given)
    country = given.get("country")
    ways = frozenset(PaidBy(way) for way in given.get("paid_by", ()))
    return Answers(
        age_in_picture=Age(given.get("age_in_picture", Age.UNKNOWN)),
        i_am=Role(given.get("i_am", Role.PERSON)),
        country=country.upper() if country and len(country) == 2 else country,
        timezone=known_zone(given.get("timezone")),
        language=given.get("language"),
        in_danger_now=_reply(given, "in_danger_now"),
        self_harm=_reply(given, "self_harm"),
        knows_person=_reply(given, "knows_person"),
        pictures_state=Pictures(given.get("pictures_state", Pictures.UNKNOWN)),
        paid=_reply(given, "paid"),
        paid_by=ways,
        sent_more=_reply(given, "sent_more"),
        made_with_ai=_reply(given, "made_with_ai"),
    )


def _reply(given: Mapping[str, Any], name: str) -> Reply:
    return Reply(given.get(name, Reply.UNKNOWN))


def _asked(given: Mapping[str, Any]) -> dict[str, Any]:
    """`given` with what the person answers to the rest."""
    answers = dict(given)
    if "age_in_picture" not in answers:
        answers["age_in_picture"] = _choice(*_AGE)
    if "country" not in answers:
        answers["country"] = click.prompt(
            "Country, two letters (Enter to skip)", default="", show_default=False
        )
    for name, (question, default) in _QUESTIONS.items():
        if name not in answers:
            answers[name] = _choice(question, default)
    if answers["paid"] == Reply.YES and "paid_by" not in answers:
        answers["paid_by"] = click.prompt(
            f"How, of {', '.join(PaidBy)} (several: with commas; Enter to skip)",
            default="",
            show_default=False,
            value_proc=_ways,
        )
    return {name: value for name, value in answers.items() if value}


def _choice(question: str, default: StrEnum) -> str:
    choices = click.Choice([one.value for one in type(default)])
    answer: str = click.prompt(question, type=choices, default=default.value)
    return answer


def _ways(typed: str) -> tuple[str, ...]:
    """The ways of paying in a line. Raises UsageError, upon which it is asked again, for what is none."""
    ways = tuple(way.strip().lower() for way in typed.split(",") if way.strip())
    for way in ways:
        if way not in list(PaidBy):
            raise click.UsageError(f"{way} is none of them.")
    return ways
