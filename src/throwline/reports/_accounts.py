"""The accounts, numbers and links in a conversation: what each is, how it was checked, and whose side named it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from throwline.case import Read
from throwline.indicators import Indicator
from throwline.reports._people import People
from throwline.reports._words import words


class Side(StrEnum):
    """Who wrote a value."""

    OFFENDER = "offender"
    OTHERS = "others"
    BOTH = "both"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Account:
    """`kind` is that of the indicator; `what` and `check` are for people; `value` is as it was written. `seen` holds
    message numbers."""

    kind: str
    what: str
    value: str
    check: str
    side: Side
    seen: tuple[int, ...]


def accounts(read: Read) -> tuple[Account, ...]:
    """Every one of a conversation, those of the person doing this first."""
    people = People.of(read)
    found = [_account(indicator, people) for indicator in read.indicators]
    return tuple(sorted(found, key=lambda account: list(Side).index(account.side)))


def _account(indicator: Indicator, people: People) -> Account:
    return Account(
        kind=indicator.kind,
        what=indicator.label or words()["indicators"].get(indicator.kind, indicator.kind),
        value=indicator.as_written,
        check=words()["checked"][indicator.checked.value],
        side=_side(indicator, people),
        seen=indicator.seen,
    )


def _side(indicator: Indicator, people: People) -> Side:
    if people.offender is None or None in indicator.senders:
        return Side.UNKNOWN
    theirs = [sender == people.offender for sender in indicator.senders]
    if all(theirs):
        return Side.OFFENDER
    return Side.BOTH if any(theirs) else Side.OTHERS
