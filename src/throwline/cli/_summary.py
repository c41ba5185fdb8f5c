"""What a terminal shows at the end: at most 25 lines."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from throwline.case import Case, Read
from throwline.guidance import Plan
from throwline.reports import doing, reach, words

_CONVERSATIONS = 3
_ACTS = 3
_INDICATORS = 4
_STEPS = 5
_REFUSED = 2


def summary(case: Case, plan: Plan, target: Path | None, console: Console) -> None:
    """Print what was found, what to do first, and where everything lies."""
    lines = [*_found(case), *_unread(case), *_todo(plan)]
    if target is not None:
        lines += [
            "",
            f"Everything is in [bold]{escape(str(target))}[/bold]: open report.html first.",
        ]
    for line in lines:
        text = Text.from_markup(line)
        text.truncate(console.width, overflow="ellipsis")
        console.print(text)


def _found(case: Case) -> list[str]:
    shown = (*case.alarms, *case.warnings)[:_CONVERSATIONS]
    lines = [line for read in shown for line in _conversation(read, brief=len(shown) > 1)]
    messages = sum(len(read.conversation.messages) for read in case.reads)
    read_in_all = f"{len(case.reads)} conversation(s), {messages} messages read."
    if not shown:
        lines.append("No threat to show private pictures was recognised. This program misses some.")
    more = len(case.alarms) + len(case.warnings) - len(shown)
    lines.append(read_in_all + (f" {more} more with signs: see the report." if more else ""))
    return lines


def _conversation(read: Read, *, brief: bool) -> list[str]:
    finding = read.finding
    title = escape(read.conversation.title or read.conversation.identifier)
    if finding.alarm is None:
        return [f"[bold]{title}[/bold]: an early sign in message {finding.warning_at}; no threat."]
    lines = [f"[bold]{title}[/bold]: {words()['patterns'][finding.pattern.value]}"]
    by = f" by {escape(finding.offender)}" if finding.offender else ""
    lines.append(
        f"  Clear from message {finding.alarm.n} of {len(read.conversation.messages)}{by}."
    )
    texts = {m.number: m for m in read.cited()}
    around = [a for a in read.stated if a.n >= finding.alarm.n] if brief else list(read.stated)
    theirs = sorted((a for a in around if a.sender == finding.offender), key=lambda a: a.by_model)
    for act in sorted(theirs[: 1 if brief else _ACTS], key=lambda a: a.n):
        said = " ".join(texts[act.n].text.split())
        lines.append(f"  {act.n}: {doing(act.act, judged=act.by_model)}: “{escape(said)}”")
    for indicator in read.indicators[: 1 if brief else _INDICATORS]:
        name = words()["indicators"][indicator.kind]
        lines.append(f"  {name}: {escape(indicator.as_written)} (message {indicator.seen[0]})")
    return lines


def _unread(case: Case) -> list[str]:
    lines = [
        f"Not read in this language: {escape(read.conversation.title or read.conversation.identifier)}."
        for read in case.reads
        if read.finding.unread_language
    ][:_CONVERSATIONS]
    lines += [f"Left unread: {escape(refused.reason)}" for refused in case.refused[:_REFUSED]]
    if len(case.refused) > _REFUSED:
        lines.append(f"Left unread: {len(case.refused) - _REFUSED} more, listed in the report.")
    return lines


def _todo(plan: Plan) -> list[str]:
    human = plan.human_now
    lines = [
        "",
        f"A person to reach now: [bold]{escape(human.name)}[/bold] ({escape(reach(human))})",
    ]
    for number, step in enumerate(plan.steps[:_STEPS], 1):
        lines.append(f"  {number}. {escape(step.title)}")
    lines.append(f"  … and {len(plan.steps) - _STEPS} more steps in the report.")
    return lines
