"""`throwline check`: the quiet word, before anything bad has happened."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from throwline.case import Answers, AnswersError, Case, Read, Role, make_case
from throwline.cli._language import answering
from throwline.conversation import Hints, Intake, ReadError, read_given, read_paths
from throwline.guidance import Plan, Step, plan_for
from throwline.language import gettext, said, speaking
from throwline.recognition import OWN_SIDE, Act, CitedAct
from throwline.reports import called, doing, harmless, named, reach, words

_SIGNS = 6
"""The most signs shown of a conversation: enough to see what is meant."""
_QUOTED = 160
"""Characters of a message that are repeated."""
_FIRST_STEPS = 3


def check_path(path: Path, country: str | None, i_am: str | None, language: str | None) -> int:
    """Print what was noticed in the conversation at `path` ("-": pasted) and what to do. Returns 0, or 2 with one
    sentence where it cannot be read."""
    with speaking(answering(language)):
        return _checked(path, country, i_am, language)


def _checked(path: Path, country: str | None, i_am: str | None, language: str | None) -> int:
    try:
        answers = Answers(
            country=country and country.upper(), i_am=Role(i_am or Role.PERSON), language=language
        )
        case = make_case(_read(path), answers, datetime.now(UTC))
    except ReadError as error:
        click.echo(said(error.sentence), err=True)
        return 2
    except AnswersError as error:
        click.echo(str(error), err=True)
        return 2
    for line in _told(case, plan_for(case)):
        click.echo(line)
    return 0


def _read(path: Path) -> Intake:
    if str(path) == "-":
        return read_given("pasted text", sys.stdin.buffer.read(), Hints())
    return read_paths([path], Hints(), lambda _octets: None)


def _told(case: Case, plan: Plan) -> Iterator[str]:
    human = gettext("A person to talk to: {name} ({reach})").format(
        name=plan.human_now.name, reach=reach(plan.human_now)
    )
    if case.alarms:
        yield human
        yield from _alarm(case, plan)
        return
    if case.warnings:
        yield from _quiet_word(case, plan)
    else:
        yield gettext("No early sign was recognised. This program misses some.")
        yield gettext(
            "If something in this chat feels wrong to you, that is reason enough to stop and to tell somebody."
        )
    yield human


def _alarm(case: Case, plan: Plan) -> Iterator[str]:
    """It is too late for a quiet word, and not too late for help."""
    for read in case.alarms:
        yield words()["patterns"][read.finding.pattern.value]
        yield from _noticed(read)
    yield gettext("What to do first:")
    for number, step in enumerate(plan.steps[:_FIRST_STEPS], 1):
        yield f"  {number}. {step.title}"
    yield gettext(
        "`throwline open` makes the whole plan, the proof and the reports from the same file."
    )


def _quiet_word(case: Case, plan: Plan) -> Iterator[str]:
    step = next(step for step in plan.steps if step.id == "quiet-word")
    yield step.title
    for read in case.warnings:
        yield from _noticed(read)
    yield from _advice(step)


def _noticed(read: Read) -> Iterator[str]:
    """The messages in which somebody did something to the other for the first time."""
    yield gettext("Noticed in {title}:").format(title=_line(called(read.conversation)))
    texts = {message.number: message.text for message in read.cited()}
    for (number, sender), signs in list(_signs(read).items())[:_SIGNS]:
        does = ", ".join(doing(sign.act, judged=sign.by_model) for sign in signs)
        who = _line(named(sender)) if sender else gettext("somebody")
        yield f"  {number}: {who} {does}: “{_line(texts[number])}”"


def _signs(read: Read) -> dict[tuple[int, str | None], list[CitedAct]]:
    done: set[tuple[str | None, Act]] = set()
    signs: dict[tuple[int, str | None], list[CitedAct]] = {}
    for cited in read.stated:
        sign = (cited.sender, cited.act)
        if cited.act not in OWN_SIDE and sign not in done:
            signs.setdefault((cited.n, cited.sender), []).append(cited)
        done.add(sign)
    return signs


def _advice(step: Step) -> Iterator[str]:
    yield gettext("What to do:")
    for sentence in step.do:
        yield f"  - {sentence}"
    for ready in step.words:
        yield gettext("Words for {to}").format(to=ready.to) + f": “{ready.text}”"
    yield gettext("Why:") + f" {step.why}"


def _line(text: str) -> str:
    line = " ".join(text.split())
    return harmless(line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…")
