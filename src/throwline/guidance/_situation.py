"""The facts that steps may ask about, as a set of bits, so that a plan is made by comparing whole numbers."""

from __future__ import annotations

from throwline.case import Age, Answers, PaidBy, Pictures, Reply, Role
from throwline.guidance._provenance import Table
from throwline.guidance._signals import Level, Signals
from throwline.recognition import Pattern

QUIET, BLUFF, THREAT = "quiet", "bluff", "threat"

_VALUES: dict[str, tuple[str, ...]] = {
    "age": tuple(Age),
    "i_am": tuple(Role),
    "danger": tuple(Reply),
    "self_harm": tuple(Reply),
    "knows_person": tuple(Reply),
    "pictures": tuple(Pictures),
    "paid": tuple(Reply),
    "paid_by": tuple(PaidBy),
    "sent_more": tuple(Reply),
    "made_with_ai": tuple(Reply),
    "pattern": tuple(Pattern),
    "distress": ("yes", "no"),
    "stage": (QUIET, BLUFF, THREAT),
}
_BITS = {
    fact: 1 << place
    for place, fact in enumerate(
        (field, value) for field, values in _VALUES.items() for value in values
    )
}

Condition = tuple[int, ...]
"""One mask a field: it holds where the situation has a bit of every mask."""


def situation(answers: Answers, signals: Signals) -> int:
    """The bits of all that is known about one case."""
    bits = _told(answers) | _BITS["pattern", signals.pattern]
    bits |= _BITS["distress", "yes" if signals.distress else "no"]
    if answers.paid is Reply.YES:
        for way in answers.paid_by or signals.payment_channels or (PaidBy.OTHER,):
            bits |= _BITS["paid_by", way]
    return bits | _BITS["stage", stage(answers, signals)]


def _told(answers: Answers) -> int:
    return (
        _BITS["age", answers.age_in_picture]
        | _BITS["i_am", answers.i_am]
        | _BITS["danger", answers.in_danger_now]
        | _BITS["self_harm", answers.self_harm]
        | _BITS["knows_person", answers.knows_person]
        | _BITS["pictures", answers.pictures_state]
        | _BITS["paid", answers.paid]
        | _BITS["sent_more", answers.sent_more]
        | _BITS["made_with_ai", answers.made_with_ai]
    )


def stage(answers: Answers, signals: Signals) -> str:
    """Which of three plans it is.

    A mail that claims a hacked device is a bluff until a picture is out or the sender is somebody the person knows.
    Early signs alone call for a quiet word, unless the person tells of a threat, a payment or a picture that is out.
    Everything else, and everything in doubt, is a threat.
    """
    if (
        signals.pattern is Pattern.HACKED_CLAIM
        and answers.pictures_state is not Pictures.SHARED
        and answers.knows_person is not Reply.YES
    ):
        return BLUFF
    if (
        signals.level is Level.WARNING
        and answers.pictures_state in (Pictures.UNKNOWN, Pictures.NONE_EXIST)
        and Reply.YES not in (answers.paid, answers.sent_more, answers.in_danger_now)
    ):
        return QUIET
    return THREAT


def condition(table: Table) -> Condition:
    """Read a table such as {age = ["under18"], i_am = ["person", "parent"]}: all of the fields, any of the values.

    Raises ValueError for a field or a value that no situation has.
    """
    return tuple(_mask(field, values) for field, values in table.items())


def _mask(field: str, values: list[str]) -> int:
    mask = 0
    for value in values:
        if (field, value) not in _BITS:
            raise ValueError(f"no situation has {field} = {value}")
        mask |= _BITS[field, value]
    return mask


def holds(wanted: Condition, bits: int) -> bool:
    """Whether a situation meets a condition."""
    for mask in wanted:  # noqa: SIM110 - twice as fast as all(), and every step of every plan asks
        if not bits & mask:
            return False
    return True
