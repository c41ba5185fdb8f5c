"""What may be shared about the person doing this, without a word about anybody else.

Everything here is chosen by what is allowed, never by what is forbidden: an account, a number or a link is passed on
only where the person doing this named it as theirs, or as where money goes. What looks like anything known of the
others in the case stays behind. A value that is missing harms nobody; a value of somebody else's does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from throwline.case import Case, Read
from throwline.conversation import Participant
from throwline.indicators import Indicator
from throwline.recognition import Act
from throwline.reports._payments import PAYABLE
from throwline.reports._people import People
from throwline.reports._words import words

_ACCOUNTS = PAYABLE - {"gift_card"}
"""Where money goes. The codes of gift cards are what it is sent with, and are nobody's."""
_CONTACTS = frozenset({"phone", "email", "username", "url"})
_OWN = frozenset({Act.MOVE_PLATFORM, Act.DEMAND_PAYMENT, Act.PAYMENT_CHANNEL, Act.ROMANCE_MONEY})
"""What somebody does when they name a way to reach or to pay themselves."""
_OTHERS = frozenset({Act.THREAT_SHARE, Act.NAME_AUDIENCE, Act.CLAIM_MATERIAL, Act.HACKED_CLAIM})
"""What somebody does when they name people to frighten the other: family, friends, the other's own accounts."""
_PART = re.compile(r"[^\W_]{3,}")
_SHORTEST = 2
"""Letters. A name of one letter would be in everything."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Something to look for. `kind` is that of the indicator, `what` the service in our words, `value` canonical."""

    kind: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Offender:
    """One person doing this: the app the threat came by, the stable identity there if it is known, and the rest.

    `conversation` is the identifier within the case.
    """

    conversation: str
    platform: str
    identifier: str | None
    traces: tuple[Trace, ...]


def offenders(case: Case) -> tuple[Offender, ...]:
    """Everybody doing this in `case` of whom anything can be shared."""
    private = _private(case)
    found = (_offender(read, private) for read in case.alarms)
    return tuple(one for one in found if one is not None and (one.identifier or one.traces))


def _offender(read: Read, private: frozenset[str]) -> Offender | None:
    person = People.of(read).offender
    if person is None or not _is_alone(person, read):
        return None
    identifier = person.identifier
    return Offender(
        conversation=read.conversation.identifier,
        platform=read.conversation.platform,
        identifier=None if identifier is None or _holds(identifier, private) else identifier,
        traces=tuple(
            Trace(one.kind, one.label or words()["indicators"][one.kind], one.value)
            for one in read.indicators
            if _is_theirs(one, person, read) and not _holds(one.value, private)
        ),
    )


def _is_alone(person: Participant, read: Read) -> bool:
    """Whether nobody else has the name, by which alone acts are told apart."""
    return [p.name for p in read.conversation.participants].count(person.name) == 1


def _is_theirs(indicator: Indicator, person: Participant, read: Read) -> bool:
    if indicator.kind in _ACCOUNTS:
        return indicator.senders[:1] == (person,)
    if indicator.kind not in _CONTACTS or indicator.senders != (person,):
        return False
    return all(_names_a_way(number, read) for number in indicator.seen)


def _names_a_way(number: int, read: Read) -> bool:
    """Whether the words of a message do, and nothing else that it may do, in words or as the model judges, names others."""
    acts = [cited for cited in read.finding.acts if cited.n == number]
    own = any(cited.act in _OWN and not cited.by_model for cited in acts)
    return own and not any(cited.act in _OTHERS for cited in acts)


def _private(case: Case) -> frozenset[str]:
    """The names, numbers and accounts of everybody else in all conversations, whole and in parts, and the values
    that only they wrote."""
    names: set[str] = set()
    values: set[str] = set()
    for read in case.reads:
        people = People.of(read)
        for other in people.others:
            names |= {other.name, other.identifier or ""}
        for one in read.indicators:
            if people.offender is None or people.offender not in one.senders:
                values |= {one.value, one.as_written}
    # What comes after the "@" of an address is shared by millions.
    parts = {part for name in names for part in _PART.findall(name.rpartition("@")[0] or name)}
    known = map(_plain, names | values | parts)
    return frozenset(plain for plain in known if len(plain) >= _SHORTEST)


def _holds(value: str, private: frozenset[str]) -> bool:
    plain = _plain(value)
    return any(known in plain for known in private)


def _plain(value: str) -> str:
    """Letters and digits alone, so that "Rob.in" and "robin" are the same."""
    return "".join(c for c in value.casefold() if c.isalnum())
