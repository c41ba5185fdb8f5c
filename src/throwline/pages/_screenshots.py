"""Screenshots: chosen, read, and laid open for correction."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from throwline.case import Answers
from throwline.conversation import (
    Conversation,
    Hints,
    Intake,
    Message,
    Participant,
    ReadError,
)
from throwline.language import Note
from throwline.pages._exchange import Response
from throwline.pages._form import File, Form, FormError
from throwline.pages._job import Progress
from throwline.pages._shown import page
from throwline.screenshots import Suggestion, corrected, near_misses, without_near_misses

ScreenshotReader = Callable[[Sequence[tuple[str, bytes]], Hints, Progress], Intake]
"""Reads pictures, by name and content, in order, and tells how many of them are done. Raises ReadError where it cannot."""

_SURE = 0.9
"""Below this confidence the person is asked to look closely."""


def chosen(form: Form) -> list[tuple[str, bytes]]:
    """Name and content of the pictures of a form, ordered by name, numbers in it as numbers: phones put the time or a
    count there. Raises ReadError where there are none."""
    if files := form.files("pictures"):
        return [(file.name, file.content) for file in sorted(files, key=_place)]
    raise ReadError(Note("No picture was chosen. Choose the screenshots of the chat."))


def _place(file: File) -> list[tuple[int, str]]:
    pieces = re.findall(r"\d+|\D+", file.name.casefold())
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]


# -- correcting --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Shown:
    """A message as the form for correcting has it; `key` ends the names of its fields."""

    key: str
    message: Message
    people: tuple[Participant, ...]

    @property
    def at(self) -> str:
        """The time as a field for times has it, "" where it is not known."""
        return self.message.at.isoformat(timespec="minutes")[:16] if self.message.at else ""

    @property
    def offers(self) -> list[Suggestion]:
        """What may have been meant."""
        return near_misses(self.message.text)

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
        """What else the screen shows, such as the time as it stands there."""
        return without_near_misses(self.message.notes)

    @property
    def replaced(self) -> dict[str, str | None]:
        """What had been read, where somebody corrected it."""
        return dict(self.message.reading.replaced) if self.message.reading else {}


def can_be_corrected(intake: Intake) -> bool:
    """Whether anything of it was read off pictures."""
    return any(m.reading for c in intake.conversations for m in c.messages)


def correcting(intake: Intake, answers: Answers, name: str) -> Response:
    """The page on which every message that was read off a picture can be put right."""
    talks = [(c, [_Shown(_key(c, m), m, _people(c)) for m in c.messages if m.reading])
             for c in intake.conversations]  # fmt: skip
    return page(
        "correct.html", name=name, talks=talks, by=answers.i_am.value, refused=intake.refused
    )


def with_corrections(intake: Intake, form: Form, answers: Answers) -> Intake:
    """The intake as the form has it, with what had been read beside it. Raises FormError where it has no such form."""
    by = form.text("by")[:60] or answers.i_am.value
    return replace(
        intake, conversations=tuple(_corrected(c, form, by) for c in intake.conversations)
    )


def _corrected(conversation: Conversation, form: Form, by: str) -> Conversation:
    people = _people(conversation)
    messages = tuple(
        _put_right(_Shown(_key(conversation, m), m, people), form, by) if m.reading else m
        for m in conversation.messages
    )
    named = dict.fromkeys([*conversation.participants, *(m.sender for m in messages if m.sender)])
    return replace(conversation, messages=messages, participants=tuple(named))


def _put_right(shown: _Shown, form: Form, by: str) -> Message:
    """Only what differs from what the page showed is a correction."""
    message = shown.message
    if not form.has(f"text-{shown.key}"):
        raise FormError
    text = form.text(f"text-{shown.key}").replace("\r\n", "\n")
    for number, offer in enumerate(shown.offers):
        if form.text(f"use-{shown.key}-{number}"):
            text = text.replace(offer.as_read, offer.offered, 1)
    at, sender = form.text(f"at-{shown.key}"), form.text(f"sender-{shown.key}")
    try:
        moment = datetime.fromisoformat(at) if at not in ("", shown.at) else None
        person = shown.people[int(sender)] if sender not in ("", str(shown.sender)) else None
    except (ValueError, IndexError) as error:
        raise FormError from error
    told = text if text != message.text.strip() else None
    if told is None and moment is None and person is None:
        return message
    return corrected(message, by=by, text=told, sender=person, at=moment)


def _key(conversation: Conversation, message: Message) -> str:
    return f"{conversation.identifier}-{message.number}"


def _people(conversation: Conversation) -> tuple[Participant, ...]:
    """Who could have written a message: all who wrote one, and both sides where one of them is not among these."""
    people = list(conversation.participants)
    if not any(person.is_owner for person in people):
        people.append(Participant("Me", None, is_owner=True))
    if all(person.is_owner for person in people):
        people.append(Participant(conversation.title, None, is_owner=False))
    return tuple(people)
