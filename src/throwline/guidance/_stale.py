"""Which facts need a new look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from throwline.guidance._directory import INTERNATIONAL, all_contacts
from throwline.guidance._platforms import platforms
from throwline.guidance._provenance import Confidence, Provenance
from throwline.guidance._steps import places


@dataclass(frozen=True, slots=True)
class Due:
    """A fact to look at again: `where` it stands (a country code, a platform, a step) and `what` it is."""

    where: str
    what: str
    provenance: Provenance


def stale(today: date, days: int) -> tuple[Due, ...]:
    """The facts last looked at more than `days` days before `today`, and those never verified."""
    return tuple(
        due
        for due in _facts()
        if due.provenance.is_stale(today, days)
        or due.provenance.confidence is Confidence.UNVERIFIED
    )


def _facts() -> Iterator[Due]:
    for country, contact in all_contacts():
        yield Due(country or INTERNATIONAL, contact.name, contact.provenance)
    for platform in platforms():
        for fact in platform.facts:
            yield Due(platform.name, fact.text, fact.provenance)
    for tellings in places():
        step = tellings[0].step
        for adviser in step.advised_by:
            yield Due(step.id, adviser.who, adviser.provenance)
