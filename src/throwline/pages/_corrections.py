"""What a reader was not sure of, laid open for correction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from throwline.conversation import (
    Certainty,
    Conversation,
    Intake,
    Message,
    Participant,
    corrected,
    doubts,
)
from throwline.language import gettext
from throwline.pages._exchange import Response
from throwline.pages._form import Form, FormError
from throwline.pages._shown import missing, page
from throwline.reports import day, moment
from throwline.screenshots import Suggestion, near_misses, noted_anew, without_near_misses

_SURE = 0.9
"""Below this confidence the person is asked to look closely."""
_AT_ONCE = 100
"""Messages on a page."""
_MONTHS = 12


@dataclass(frozen=True)
class _Shown:
    """A message as the form for correcting has it; `key` ends the names of its fields."""

    key: str
    message: Message
    people: tuple[Participant, ...]

    @property
    def open(self) -> frozenset[str]:
        """What of it can be put right."""
        return doubts(self.message)

    @property
    def at(self) -> str:
        """The time as a field for times has it, "" where it is not known."""
        return self.message.at.isoformat(timespec="minutes")[:16] if self.message.at else ""

    @property
    def offers(self) -> list[Suggestion]:
        """What may have been meant."""
        return near_misses(self.message.text) if self.message.reading else []

    @property
    def is_unsure(self) -> bool:
        """Whether it was hard to read."""
        return self.message.reading is not None and self.message.reading.confidence < _SURE

    @property
    def sender(self) -> int | None:
        """Which of the people wrote it."""
        return self.people.index(self.message.sender) if self.message.sender else None

    @property
    def notes(self) -> list[str]:
        """What else the screen or the export shows, such as the time as it stands there."""
        return without_near_misses(self.message.notes)

    @property
    def replaced(self) -> dict[str, str | None]:
        """What had been read, where somebody corrected it."""
        return dict(self.message.correction.replaced) if self.message.correction else {}


@dataclass(frozen=True)
class _Talk:
    """A conversation on the page for correcting: those of its messages that are on it, and of its days that may be the
    other way round one as it was read and as it could be."""

    conversation: Conversation
    messages: list[_Shown]
    days: tuple[datetime, datetime] | None


def correcting(intake: Intake, name: str, number: str) -> Response:
    """The `number`th page ("" is the first) on which what a reader was not sure of can be put right."""
    parts = _parts(intake)
    part = number or "1"
    if part not in parts:
        return missing()
    talks = [
        _Talk(talk, [_shown(talk, message) for message in messages], _days(talk))
        for talk, messages in _by_talk(parts[part])
    ]
    read_off = any(shown.message.reading for talk in talks for shown in talk.messages)
    return page(
        "correct.html",
        name=name,
        talks=talks,
        part=part,
        parts=len(parts),
        read_off=read_off,
        refused=intake.refused,
        day=day,
        moment=moment,
    )


def with_corrections(intake: Intake, form: Form, by: str) -> tuple[Intake, str | None]:
    """The intake as the form has it, with what had been read beside it; and which page comes next, None after the last.
    Raises FormError where the form is none of these pages."""
    parts = _parts(intake)
    part = form.text("part")
    if part not in parts:
        raise FormError
    talks = {talk.identifier: talk for talk in intake.conversations}
    for talk, messages in _by_talk(parts[part]):
        changed = {m.number: _put_right(_shown(talk, m), form, by) for m in messages}
        turned = bool(form.text(f"turned-{talk.identifier}"))
        talks[talk.identifier] = _with(talk, changed, by if turned else None)
    following = str(int(part) + 1)
    now = replace(intake, conversations=tuple(talks.values()))
    return now, following if following in parts else None


_Part = list[tuple[Conversation, Message]]


def _parts(intake: Intake) -> dict[str, _Part]:
    """What is in doubt, page by page, by the number of the page."""
    found = [(c, m) for c in intake.conversations for m in c.messages if doubts(m)]
    starts = range(0, len(found), _AT_ONCE)
    return {str(number): found[at : at + _AT_ONCE] for number, at in enumerate(starts, 1)}


def _by_talk(part: _Part) -> Iterator[tuple[Conversation, list[Message]]]:
    for _, pairs in groupby(part, key=lambda pair: pair[0].identifier):
        talks, messages = zip(*pairs, strict=True)
        yield talks[0], list(messages)


def _days(talk: Conversation) -> tuple[datetime, datetime] | None:
    times = (turned for m in talk.messages if (turned := _turned(m)) and turned != m.at)
    other = next(times, None)
    return (_turned_time(other), other) if other else None


def _turned(message: Message) -> datetime | None:
    """Its time with day and month the other way round, where that may be so."""
    if message.certainty is not Certainty.ASSUMED or not message.at or message.at.day > _MONTHS:
        return None
    return _turned_time(message.at)


def _turned_time(at: datetime) -> datetime:
    return at.replace(month=at.day, day=at.month)


def _with(talk: Conversation, changed: dict[int, Message], turned_by: str | None) -> Conversation:
    """The conversation with these messages, by number, and all days and months that can be turned, where somebody says
    so."""
    messages = tuple(changed.get(message.number, message) for message in talk.messages)
    if turned_by:
        messages = tuple(
            corrected(message, by=turned_by, at=at) if (at := _turned(message)) else message
            for message in messages
        )
    named = dict.fromkeys([*talk.participants, *(m.sender for m in messages if m.sender)])
    return replace(talk, messages=messages, participants=tuple(named))


def _put_right(shown: _Shown, form: Form, by: str) -> Message:
    """Only what differs from what the page showed is a correction."""
    message = shown.message
    if not all(form.has(f"{field}-{shown.key}") for field in shown.open):
        raise FormError
    text = _text(shown, form) if "text" in shown.open else None
    at, sender = form.text(f"at-{shown.key}"), form.text(f"sender-{shown.key}")
    try:
        moment = datetime.fromisoformat(at) if at not in ("", shown.at) else None
        person = shown.people[int(sender)] if sender not in ("", str(shown.sender)) else None
        if text is None and moment is None and person is None:
            return message
        now = corrected(message, by=by, text=text, sender=person, at=moment)
    except (ValueError, IndexError) as error:
        raise FormError from error
    return noted_anew(now) if message.reading else now


def _text(shown: _Shown, form: Form) -> str | None:
    text = form.text(f"text-{shown.key}").replace("\r\n", "\n")
    for number, offer in enumerate(shown.offers):
        if form.text(f"use-{shown.key}-{number}"):
            text = text.replace(offer.as_read, offer.offered, 1)
    return text if text != shown.message.text.strip() else None


def _shown(talk: Conversation, message: Message) -> _Shown:
    return _Shown(f"{talk.identifier}-{message.number}", message, _people(talk))


def _people(talk: Conversation) -> tuple[Participant, ...]:
    """Who could have written a message: all who wrote one, and both sides where one of them is not among these."""
    people = list(talk.participants)
    if not any(person.is_owner for person in people):
        people.append(Participant("Me", None, is_owner=True))
    if all(person.is_owner for person in people):
        people.append(Participant(talk.title or gettext("The other one"), None, is_owner=False))
    return tuple(people)
