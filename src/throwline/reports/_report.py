"""The report of a case as one HTML page that stands alone: no script, no request, prints well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jinja2 import (
    Environment,
    PackageLoader,
    StrictUndefined,
    Template,
    select_autoescape,
)

from throwline.case import Case, Read
from throwline.conversation import Message, Participant
from throwline.guidance import Contact, Plan
from throwline.indicators import Indicator
from throwline.recognition import OWN_SIDE, Act
from throwline.reports._words import words

_TIMELINE = 60
"""The most messages a timeline shows; the evidence holds all of them."""


@dataclass(frozen=True, slots=True)
class Said:
    """One cited message on the timeline. `pieces` are its text cut where cited spans begin and end."""

    number: int
    who: str
    when: str
    pieces: tuple[tuple[str, bool], ...]
    does: tuple[str, ...]
    own_side: bool
    attachments: tuple[str, ...]


def report_html(case: Case, plan: Plan) -> str:
    """The whole report. Every user text in it is escaped."""
    return _template("report.html").render(
        case=case,
        plan=plan,
        words=words(),
        who=_who,
        times_note=_times_note,
        platform=platform_name,
        timeline=_timeline,
        left_out=_left_out,
        reach=reach,
        senders=_senders,
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("throwline.reports"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> Template:
    return _environment().get_template(name)


def _who(participant: Participant | None) -> str:
    if participant is None:
        return "Somebody (the text does not say who)"
    if participant.identifier and participant.identifier != participant.name:
        return f"{participant.name} ({participant.identifier})"
    return participant.name


def _when(message: Message, *, noted: bool) -> str:
    note = "" if noted else words()["certainty"][message.certainty.value]
    if message.at is None:
        return note
    zone = " UTC" if message.at.tzinfo is not None else ""
    time = f"{_day(message.at)}, {message.at:%H:%M}{zone}"
    return f"{time} ({note})" if note else time


def _times_note(read: Read) -> str:
    """What holds for the times of all cited messages alike, to be said once; "" where they differ."""
    certainties = {message.certainty for message in read.cited()}
    if len(certainties) != 1:
        return ""
    note = words()["certainty"][certainties.pop().value]
    return f"{note[:1].upper()}{note[1:]}." if note else ""


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def _shown(read: Read) -> tuple[Message, ...]:
    """The cited messages, or, of very many, those around the alarm."""
    cited = read.cited()
    if len(cited) <= _TIMELINE:
        return cited
    turning = read.finding.alarm.n if read.finding.alarm else read.finding.warning_at or 0
    nearest = sorted(cited, key=lambda m: abs(m.number - turning))[:_TIMELINE]
    return tuple(sorted(nearest, key=lambda m: m.number))


def _left_out(read: Read) -> int:
    return len(read.cited()) - len(_shown(read))


def _timeline(read: Read) -> list[Said]:
    acts: dict[int, dict[Act, tuple[int, int]]] = {}
    for cited in read.finding.acts:
        acts.setdefault(cited.n, {})[cited.act] = cited.span
    noted = bool(_times_note(read))
    return [_said(m, acts.get(m.number, {}), noted=noted) for m in _shown(read)]


def _said(message: Message, acts: dict[Act, tuple[int, int]], *, noted: bool) -> Said:
    return Said(
        number=message.number,
        who=_who(message.sender),
        when=_when(message, noted=noted),
        pieces=_pieces(message.text, list(acts.values())),
        does=tuple(words()["acts"][act.value] for act in acts),
        own_side=bool(acts) and all(act in OWN_SIDE for act in acts),
        attachments=tuple(words()["media"][a.medium.value] for a in message.attachments),
    )


def _pieces(text: str, spans: list[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """`text` in pieces, each with whether it is cited."""
    marked = [False] * len(text)
    for start, end in spans:
        for index in range(start, min(end, len(text))):
            marked[index] = True
    pieces: list[tuple[str, bool]] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or marked[index] != marked[start]:
            pieces.append((text[start:index], marked[start]))
            start = index
    return tuple(pieces)


def reach(contact: Contact) -> str:
    """How to reach a service, in a few words."""
    ways = []
    if contact.phone:
        ways.append(f"call {contact.phone}")
    if contact.sms:
        word = f"{contact.sms_word} to " if contact.sms_word else ""
        ways.append(f"text {word}{contact.sms}")
    if contact.url:
        ways.append(contact.url)
    return " · ".join(ways)


def platform_name(platform: str) -> str:
    """The app's name as it writes itself."""
    return words()["platforms"].get(platform, platform)


def _senders(indicator: Indicator) -> str:
    return ", ".join(sorted(s.name for s in indicator.senders if s)) or "not known"
