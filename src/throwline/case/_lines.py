"""Conversations in, findings out, one JSON object a line: the interchange form of docs/conversation-format.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from throwline.conversation import (
    Attachment,
    Certainty,
    Conversation,
    Medium,
    Message,
    Participant,
    Source,
)
from throwline.indicators import Indicator, indicators
from throwline.recognition import Finding, recognise

_STDIN = Source("standard input", "")


class LineError(Exception):
    """A line that is no conversation. The message is one sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one line of input led to: a finding's form, or what was wrong with the line."""

    line: int
    form: dict[str, Any] | None
    error: str | None = None


def conversation_of(line: str, number: int) -> Conversation:
    """Read one line. Raises LineError saying what is wrong with it."""
    try:
        form = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError(f"not JSON: {error}") from error
    if not isinstance(form, dict) or not isinstance(form.get("messages"), list):
        raise LineError('not an object with a list "messages"')
    people: dict[str, Participant] = {}
    messages = tuple(_message(m, i, people) for i, m in enumerate(form["messages"], 1))
    return Conversation(
        identifier=str(form.get("id", number)),
        platform=str(form.get("platform") or "unknown"),
        title="",
        participants=tuple(people.values()),
        messages=messages,
    )


def _message(form: Any, position: int, people: dict[str, Participant]) -> Message:
    if not isinstance(form, dict):
        raise LineError(f"message {position} is not an object")
    read = form.get
    number, sender, text, media = read("n"), read("sender"), read("text"), read("media")
    if not isinstance(number, int) or isinstance(number, bool):
        raise LineError(f'message {position} has no whole number "n"')
    if not isinstance(text, str | None) or not isinstance(sender, str | None):
        raise LineError(f'message {number}: "text" and "sender" must be strings or null')
    if sender is not None and sender not in people:
        people[sender] = Participant(sender)
    at, certainty = _time(read("at"), number)
    return Message(
        number=number,
        sender=None if sender is None else people[sender],
        at=at,
        certainty=certainty,
        text=text or "",
        source=_STDIN,
        place=f"/messages/{position - 1}",
        attachments=(Attachment(None, _medium(media)),) if media else (),
    )


def _time(value: Any, number: int) -> tuple[datetime | None, Certainty]:
    if value is None:
        return None, Certainty.NONE
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise LineError(f'message {number}: "at" is not a time in ISO 8601') from error
    if at.tzinfo is None:
        return at, Certainty.LOCAL
    return at.astimezone(UTC), Certainty.EXACT


def _medium(value: Any) -> Medium:
    return Medium(value) if value in set(Medium) else Medium.UNKNOWN


def finding_form(finding: Finding, indicated: Iterable[Indicator]) -> dict[str, Any]:
    """A finding as one JSON object, as docs/conversation-format.md describes it."""
    return {
        "id": finding.conversation,
        "alarm": finding.alarm is not None,
        "alarm_at": None if finding.alarm is None else finding.alarm.n,
        "warning_at": finding.warning_at,
        "offender": finding.offender,
        "pattern": finding.pattern.value,
        "speaker": finding.speaker.value,
        "acts": [
            {"n": a.n, "act": a.act.value, "sender": a.sender, "span": list(a.span), "why": a.why}
            for a in finding.acts
        ],
        "indicators": [
            {"n": n, "type": i.kind, "value": i.as_written, "checked": i.checked}
            for i in indicated
            for n in i.seen
        ],
        **({"unread_language": True} if finding.unread_language else {}),
    }


def answers(lines: Iterable[str]) -> Iterator[Answer]:
    """An answer for every line, in order. Empty lines are passed over."""
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            conversation = conversation_of(text, number)
        except LineError as error:
            yield Answer(number, None, str(error))
            continue
        found = finding_form(recognise(conversation), indicators(conversation))
        yield Answer(number, found)
