"""Asking whoever sits at the terminal; what only an export's reader can settle is asked after the export was read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from zoneinfo import available_timezones

import click

from throwline.case import Answers, AnswersError
from throwline.conversation import Certainty, DateOrder, Hints, Intake, ReadError, order_doubt
from throwline.language import Note, gettext, said

_ZONELESS = (Certainty.LOCAL, Certainty.ASSUMED)
_NEITHER = "unknown"
_WORDS = frozenset(
    (
        *(Note("yes"), Note("no")),
        # Translators: “I do not know”, in one word.
        Note("unknown"),
        # Translators: the person in the picture was under 18 when it was taken.
        Note("under18"),
        Note("adult"),
        # Translators: who asks: the person who is threatened.
        Note("person"),
        # Translators: who asks.
        Note("parent"),
        # Translators: who asks: somebody who helps the person.
        Note("helper"),
        # Translators: the pictures were not shown to anybody yet.
        Note("threat-only"),
        # Translators: the pictures were shown to others already.
        Note("shared"),
        # Translators: there are no such pictures.
        Note("none-exist"),
        # Translators: in a date.
        Note("day-first"),
        # Translators: in a date.
        Note("month-first"),
        *(Note("bank"), Note("card"), Note("gift_card"), Note("crypto"), Note("other")),
    )
)
"""Answers that are words of a language. The others are names."""


def at_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def word(value: str) -> str:
    """What is typed for an answer, in the language that is spoken."""
    return gettext(value) if value in _WORDS else value


def choice(question: str, values: Sequence[str], default: str) -> str:
    """Which of `values` is chosen."""
    words = {word(value): value for value in values}
    typed: str = click.prompt(question, type=click.Choice(list(words)), default=word(default))
    return words[typed]


def with_date_order(intake: Intake, hints: Hints, read: Callable[[Hints], Intake]) -> Intake:
    """`intake`, read again by what the person says comes first in its dates, where nothing else tells that.

    What was read stays where an export contradicts the answer.
    """
    doubts = (order_doubt(conversation) for conversation in intake.conversations)
    doubt = next(filter(None, doubts), None)
    if doubt is None or not at_terminal():
        return intake
    click.echo(said(doubt))
    orders = (DateOrder.DAY_FIRST.value, DateOrder.MONTH_FIRST.value, _NEITHER)
    order = choice(gettext("Which comes first?"), orders, _NEITHER)
    if order == _NEITHER:
        return intake
    with suppress(ReadError):
        again = read(replace(hints, date_order=DateOrder(order)))
        if len(again.refused) <= len(intake.refused):
            return again
    click.echo(gettext("The exports contradict that: their dates stay as they were read."))
    return intake


def known_zone(name: str | None) -> str | None:
    """`name`, if it is a time zone. Raises AnswersError where this computer's list of them does not hold it: a slip in a
    time zone would make every time in the evidence wrong."""
    known = available_timezones()
    if name and known and name not in known:
        raise AnswersError(
            gettext(
                "There is no time zone {name}: give a name such as Europe/London or UTC."
            ).format(name=repr(name))
        )
    return name


def with_time_zone(answers: Answers, intake: Intake) -> Answers:
    """`answers` with the time zone of the device, asked for where clock times came without one."""
    messages = (message for chat in intake.conversations for message in chat.messages)
    if answers.timezone or not any(m.certainty in _ZONELESS for m in messages) or not at_terminal():
        return answers

    def told(name: str) -> Answers:
        try:
            return replace(answers, timezone=known_zone(name.strip() or None))
        except AnswersError as error:
            raise click.UsageError(str(error)) from error

    with_zone: Answers = click.prompt(
        gettext("Time zone of the phone, such as Europe/London (Enter to skip)"),
        default="",
        show_default=False,
        value_proc=told,
    )
    return with_zone
