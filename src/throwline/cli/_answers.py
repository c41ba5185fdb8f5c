"""The answers about the person: given as options, or asked for where somebody sits at a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import click

from throwline.case import Age, Answers, PaidBy, Pictures, Reply, Role
from throwline.cli._ask import at_terminal, choice, known_zone, word
from throwline.language import Note, gettext, said

_QUESTIONS: dict[str, tuple[Note, StrEnum]] = {
    "i_am": (Note("Who are you?"), Role.PERSON),
    "pictures_state": (Note("What has become of the pictures?"), Pictures.UNKNOWN),
    "sent_more": (Note("Were more pictures sent after the threat?"), Reply.UNKNOWN),
    "made_with_ai": (Note("Is the picture a fake, made with AI?"), Reply.UNKNOWN),
    "knows_person": (Note("Is the one who threatens known in real life, or near?"), Reply.UNKNOWN),
    "paid": (Note("Was something paid?"), Reply.UNKNOWN),
}
_AGE = (Note("How old was the person in the picture when it was taken?"), Age.UNKNOWN)


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
            gettext("Country, two letters (Enter to skip)"), default="", show_default=False
        )
    for name, (question, default) in _QUESTIONS.items():
        if name not in answers:
            answers[name] = _choice(question, default)
    if answers["paid"] == Reply.YES and "paid_by" not in answers:
        answers["paid_by"] = click.prompt(
            gettext("How, of {ways} (several: with commas; Enter to skip)").format(
                ways=", ".join(map(word, PaidBy))
            ),
            default="",
            show_default=False,
            value_proc=_ways,
        )
    return {name: value for name, value in answers.items() if value}


def _choice(question: Note, default: StrEnum) -> str:
    return choice(said(question), [one.value for one in type(default)], default.value)


def _ways(typed: str) -> tuple[str, ...]:
    """The ways of paying in a line. Raises UsageError, upon which it is asked again, for what is none."""
    known = {word(way).casefold(): way.value for way in PaidBy}
    ways = tuple(way.strip() for way in typed.split(",") if way.strip())
    for way in ways:
        if way.casefold() not in known:
            raise click.UsageError(gettext("{word} is none of them.").format(word=way))
    return tuple(known[way.casefold()] for way in ways)
