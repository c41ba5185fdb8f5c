"""What only an export's reader can settle, asked once of whoever sits at the terminal, after the export was read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from zoneinfo import available_timezones

import click

from throwline.case import Answers, AnswersError
from throwline.conversation import Certainty, DateOrder, Hints, Intake, ReadError, order_doubt

_ZONELESS = (Certainty.LOCAL, Certainty.ASSUMED)
_NEITHER = "unknown"


def at_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def with_date_order(intake: Intake, hints: Hints, read: Callable[[Hints], Intake]) -> Intake:
    """`intake`, read again by what the person says comes first in its dates, where nothing else tells that.

    What was read stays where an export contradicts the answer.
    """
    doubts = (order_doubt(conversation) for conversation in intake.conversations)
    doubt = next(filter(None, doubts), None)
    if doubt is None or not at_terminal():
        return intake
    click.echo(doubt)
    orders = [order.value for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)]
    order = click.prompt(
        "Which comes first?", type=click.Choice([*orders, _NEITHER]), default=_NEITHER
    )
    if order == _NEITHER:
        return intake
    with suppress(ReadError):
        again = read(replace(hints, date_order=DateOrder(order)))
        if len(again.refused) <= len(intake.refused):
            return again
    click.echo("The exports contradict that: their dates stay as they were read.")
    return intake


def known_zone(name: str | None) -> str | None:
    """`name`, if it is a time zone. Raises AnswersError where this computer's list of them does not hold it: a slip in a
    time zone would make every time in the evidence wrong."""
    known = available_timezones()
    if name and known and name not in known:
        raise AnswersError(
            f"There is no time zone {name!r}: give a name such as Europe/London or UTC."
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
        "Time zone of the phone, such as Europe/London (Enter to skip)",
        default="",
        show_default=False,
        value_proc=told,
    )
    return with_zone
