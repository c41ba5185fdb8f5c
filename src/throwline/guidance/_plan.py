"""What to do now, in order, and whom to reach."""

from __future__ import annotations

from dataclasses import dataclass

from throwline.case import Age, Answers, Reply
from throwline.guidance._directory import Contact, Directory, Kind, directory
from throwline.guidance._signals import Signals
from throwline.guidance._situation import situation
from throwline.guidance._steps import Step, places
from throwline.language import cache_by_language

_FOR_DANGER = (Kind.EMERGENCY,)
_FOR_DISTRESS = (Kind.CRISIS_LINE, Kind.EMERGENCY)
_FOR_AGE = {
    Age.UNDER_18: (Kind.CHILD_HELPLINE, Kind.CRISIS_LINE),
    Age.ADULT: (Kind.NATIONAL_HOTLINE, Kind.CRISIS_LINE),
    Age.UNKNOWN: (Kind.CRISIS_LINE, Kind.CHILD_HELPLINE),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in order, never none; `human_now` is somebody who can be reached now."""

    steps: tuple[Step, ...]
    human_now: Contact
    age: Age
    directory: Directory

    @property
    def first(self) -> Step:
        """The step to begin with."""
        return self.steps[0]

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(step.minutes for step in self.steps)

    def contacts(self, step: Step) -> tuple[Contact, ...]:
        """The services to show beside a step, best first, each once."""
        by_name: dict[str, Contact] = {}
        for kind in step.contacts:
            for contact in self.directory.of(kind, self.age):
                by_name.setdefault(contact.name, contact)
        return tuple(by_name.values())


def plan(answers: Answers, signals: Signals | None = None) -> Plan:
    """The plan for one case: the first fitting telling of every step that has one."""
    signals = Signals() if signals is None else signals
    bits = situation(answers, signals)
    return Plan(
        steps=_steps(bits),
        human_now=_human(answers.country, answers.age_in_picture, _wanted(answers, signals)),
        age=answers.age_in_picture,
        directory=directory(answers.country),
    )


def _steps(bits: int) -> tuple[Step, ...]:
    chosen = []
    for tellings in places():
        for telling in tellings:
            if telling.fits(bits):
                chosen.append(telling.step)
                break
    return tuple(chosen)


def _wanted(answers: Answers, signals: Signals) -> tuple[Kind, ...]:
    if answers.in_danger_now is Reply.YES:
        return _FOR_DANGER
    if signals.distress or answers.self_harm is Reply.YES:
        return _FOR_DISTRESS
    return _FOR_AGE[answers.age_in_picture]


@cache_by_language
def _human(country: str | None, age: Age, wanted: tuple[Kind, ...]) -> Contact:
    """One who answers at any hour comes first, then one who can be called, then a page that leads to one."""
    known = directory(country)
    candidates = (contact for kind in wanted for contact in known.of(kind, age) if contact.verified)
    return min(candidates, key=lambda contact: (not contact.always_open, not contact.has_number))
