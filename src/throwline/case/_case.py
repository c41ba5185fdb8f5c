"""A case: what was found in the conversations of one person, and the answers they gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from throwline import __version__
from throwline.case._answers import Answers, answers_form
from throwline.case._lines import finding_form
from throwline.conversation import (
    BATCH,
    Conversation,
    Intake,
    MediaFile,
    Message,
    Refused,
    Spread,
    header_form,
    message_forms,
    note_form,
    time_form,
)
from throwline.fingerprint import PictureFingerprint, picture_form
from throwline.indicators import Indicator, indicator_form, indicators
from throwline.recognition import Act, CitedAct, Finding, recognise

VERSION = 2
"""Of the JSON form, described in docs/case-format.md. It rises with every change that an older reader cannot read."""

_THREATS = frozenset({Act.THREAT_SHARE, Act.CLAIM_MATERIAL, Act.HACKED_CLAIM})

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")

Progress = Callable[[int, int], None]
"""Is told how many messages are read, of how many."""


@dataclass(frozen=True, slots=True)
class Read:
    """A conversation with what was found in it."""

    conversation: Conversation
    finding: Finding
    indicators: tuple[Indicator, ...]

    @property
    def stated(self) -> tuple[CitedAct, ...]:
        """The acts that a document states: those that stand in a lexicon's words. Where no threat stands in such words,
        also what the act model judged, which is then said to be no more than perhaps so."""
        spelled = tuple(act for act in self.finding.acts if not act.by_model)
        return spelled if any(act.act in _THREATS for act in spelled) else self.finding.acts

    def cited(self) -> tuple[Message, ...]:
        """The messages that a stated act or an indicator names, in their order."""
        alarm = self.finding.alarm
        numbers = {act.n for act in self.stated}
        numbers.update(n for indicator in self.indicators for n in indicator.seen)
        turning = (self.finding.warning_at, None if alarm is None else alarm.n)
        numbers.update(n for n in turning if n is not None)
        messages = self.conversation.messages
        # The messages are numbered from 1: going through a million for a few takes long.
        return tuple(messages[n - 1] for n in sorted(numbers))


@dataclass(frozen=True, slots=True)
class Case:
    """All of it. `reads` come with alarms first, then warnings, then the others, each in the order they were read."""

    made_at: datetime
    answers: Answers
    reads: tuple[Read, ...]
    media: tuple[MediaFile, ...] = ()
    fingerprints: tuple[PictureFingerprint, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def alarms(self) -> tuple[Read, ...]:
        """The conversations in which extortion was recognised."""
        return tuple(read for read in self.reads if read.finding.alarm is not None)

    @property
    def warnings(self) -> tuple[Read, ...]:
        """The conversations with early signs only."""
        return tuple(
            read
            for read in self.reads
            if read.finding.alarm is None and read.finding.warning_at is not None
        )


def make_case(
    intake: Intake,
    answers: Answers,
    made_at: datetime,
    fingerprints: Sequence[PictureFingerprint] = (),
    progress: Progress = lambda _done, _total: None,
    spread: Spread = map,
) -> Case:
    """Recognise and extract in every conversation of `intake`, with the work done as `spread` does it."""
    total = sum(len(c.messages) for c in intake.conversations)
    done = 0
    reads = []
    for conversation in intake.conversations:
        telling = _telling(spread, progress, done, len(conversation.messages), total)
        reads.append(
            Read(
                conversation,
                recognise(conversation, telling),
                indicators(conversation, region=answers.country, spread=telling),
            )
        )
        done += len(conversation.messages)
        progress(done, total)
    reads.sort(key=_urgency)
    return Case(
        made_at=made_at,
        answers=answers,
        reads=tuple(reads),
        media=intake.media,
        fingerprints=tuple(fingerprints),
        refused=intake.refused,
    )


def _telling(spread: Spread, progress: Progress, done: int, size: int, total: int) -> Spread:
    """The same, telling after each batch how far it is in a conversation of that size, which is gone through twice."""
    batches_done = 0

    def telling(
        function: Callable[[_Given], _Made], batches: Iterable[_Given], /
    ) -> Iterator[_Made]:
        nonlocal batches_done
        for made in spread(function, batches):
            batches_done += 1
            progress(done + min(batches_done * BATCH // 2, size), total)
            yield made

    return telling


def _urgency(read: Read) -> int:
    if read.finding.alarm is not None:
        return 0
    return 1 if read.finding.warning_at is not None else 2


def case_form(case: Case) -> dict[str, Any]:
    """The case as JSON, described in docs/case-format.md. Only cited messages are in it; the whole conversations lie
    in the evidence."""
    return {
        "format": "throwline-case",
        "version": VERSION,
        "made_at": time_form(case.made_at),
        "made_by": f"throwline {__version__}",
        "answers": answers_form(case.answers),
        "conversations": [_read_form(read) for read in case.reads],
        "media": [
            {"name": m.name, "size": m.size, "sha256": m.sha256, "medium": m.medium.value}
            for m in case.media
        ],
        "fingerprints": [picture_form(f) for f in case.fingerprints],
        "unread": [{"name": r.name, "reason": note_form(r.reason)} for r in case.refused],
    }


def _read_form(read: Read) -> dict[str, Any]:
    conversation = read.conversation
    times = [m.at for m in conversation.messages if m.at is not None]
    return {
        **header_form(conversation),
        "count": len(conversation.messages),
        "first_at": time_form(times[0]) if times else None,
        "last_at": time_form(times[-1]) if times else None,
        "finding": finding_form(read.finding, read.indicators),
        "indicators": [indicator_form(i) for i in read.indicators],
        "cited": list(message_forms(conversation, read.cited())),
    }
