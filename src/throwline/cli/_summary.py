"""What a terminal shows at the end: at most 25 lines."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from throwline.case import Case, Read
from throwline.guidance import Plan
from throwline.language import gettext, ngettext, said
from throwline.reports import called, doing, named, reach, words

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
            gettext("Everything is in {folder}: open report.html first.").format(
                folder=f"[bold]{escape(str(target))}[/bold]"
            ),
        ]
    for line in lines:
        text = Text.from_markup(line)
        text.truncate(console.width, overflow="ellipsis")
        console.print(text)


def _found(case: Case) -> list[str]:
    shown = (*case.alarms, *case.warnings)[:_CONVERSATIONS]
    lines = [line for read in shown for line in _conversation(read, brief=len(shown) > 1)]
    messages = sum(len(read.conversation.messages) for read in case.reads)
    read_in_all = ngettext("{count} message read.", "{count} messages read.", messages)
    if not shown:
        lines.append(
            gettext("No threat to show private pictures was recognised. This program misses some.")
        )
    more = len(case.alarms) + len(case.warnings) - len(shown)
    said = [read_in_all.format(count=messages)]
    if more:
        said.append(gettext("{count} more with signs: see the report.").format(count=more))
    lines.append(" ".join(said))
    return lines


def _conversation(read: Read, *, brief: bool) -> list[str]:
    finding = read.finding
    title = escape(called(read.conversation))
    if finding.alarm is None:
        sign = gettext(
            "a reason to be careful in message {number}; whether it is a threat is not clear."
        )
        return [f"[bold]{title}[/bold]: {sign.format(number=finding.warning_at)}"]
    lines = [f"[bold]{title}[/bold]: {words()['patterns'][finding.pattern.value]}"]
    clear = gettext("Clear from message {number} of {count}.")
    if finding.offender:
        clear = gettext("Clear from message {number} of {count}, by {name}.")
    said = clear.format(
        number=finding.alarm.n,
        count=len(read.conversation.messages),
        name=escape(named(finding.offender or "")),
    )
    lines.append(f"  {said}")
    texts = {m.number: m for m in read.cited()}
    around = [a for a in read.stated if a.n >= finding.alarm.n] if brief else list(read.stated)
    theirs = sorted((a for a in around if a.sender == finding.offender), key=lambda a: a.by_model)
    for act in sorted(theirs[: 1 if brief else _ACTS], key=lambda a: a.n):
        quoted = " ".join(texts[act.n].text.split())
        lines.append(f"  {act.n}: {doing(act.act, judged=act.by_model)}: “{escape(quoted)}”")
    for indicator in read.indicators[: 1 if brief else _INDICATORS]:
        name = words()["indicators"][indicator.kind]
        place = gettext("(message {number})").format(number=indicator.seen[0])
        lines.append(f"  {name}: {escape(indicator.as_written)} {place}")
    return lines


def _unread(case: Case) -> list[str]:
    lines = [
        gettext("Not read in this language: {title}.").format(
            title=escape(called(read.conversation))
        )
        for read in case.reads
        if read.finding.unread_language
    ][:_CONVERSATIONS]
    lines += [
        gettext("Left unread: {reason}").format(reason=escape(said(refused.reason)))
        for refused in case.refused[:_REFUSED]
    ]
    if len(case.refused) > _REFUSED:
        more = gettext("Left unread: {count} more, listed in the report.")
        lines.append(more.format(count=len(case.refused) - _REFUSED))
    return lines


def _todo(plan: Plan) -> list[str]:
    human = plan.human_now
    lines = [
        "",
        gettext("A person to reach now: {name} ({reach})").format(
            name=f"[bold]{escape(human.name)}[/bold]", reach=escape(reach(human))
        ),
    ]
    for number, step in enumerate(plan.steps[:_STEPS], 1):
        lines.append(f"  {number}. {escape(step.title)}")
    more = gettext("… and {count} more steps in the report.")
    lines.append("  " + more.format(count=len(plan.steps) - _STEPS))
    return lines
