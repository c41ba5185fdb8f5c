"""The turning points of a conversation, so that one sees at a glance how it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from throwline.case import Read
from throwline.language import gettext
from throwline.recognition import DEMANDS, Act, CitedAct
from throwline.reports._words import doing, listed

_DECISIVE = frozenset(
    {
        Act.ASK_IMAGE,
        Act.CLAIM_MATERIAL,
        Act.HACKED_CLAIM,
        Act.THREAT_SHARE,
        Act.DEMAND_PAYMENT,
        Act.DEMAND_IMAGES,
        Act.DEMAND_OTHER,
        Act.PAY,
    }
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A message with which it went on differently, and in what."""

    number: int
    told: tuple[str, ...]


def turns(read: Read) -> tuple[Turn, ...]:
    """The first sign, where it is clear, the first time of each decisive act, and the first demand after a payment. Every
    one is among the cited messages."""
    told: dict[int, list[str]] = {}
    finding = read.finding
    if finding.warning_at is not None:
        told.setdefault(finding.warning_at, []).append(gettext("The first sign"))
    if finding.alarm is not None:
        told.setdefault(finding.alarm.n, []).append(gettext("From here it is clear"))
    for number, acts in groupby(_first_times(read), lambda cited: cited.n):
        # Translators: such as “For the first time: asks for money and sets a time limit”.
        sentence = gettext("For the first time: {does}")
        told.setdefault(number, []).append(sentence.format(does=listed(map(_deed, acts))))
    for cited in _after_payment(read):
        # Translators: such as “After money was sent: asks again”.
        sentence = gettext("After money was sent: {does}")
        told.setdefault(cited.n, []).append(sentence.format(does=_deed(cited)))
    return tuple(Turn(number, tuple(what)) for number, what in sorted(told.items()))


def _first_times(read: Read) -> Iterator[CitedAct]:
    seen: set[Act] = set()
    for cited in read.stated:
        if cited.act in _DECISIVE and cited.act not in seen:
            seen.add(cited.act)
            yield cited


def _after_payment(read: Read) -> tuple[CitedAct, ...]:
    """The first demand after the first payment, where there is one."""
    paid = [cited.n for cited in read.stated if cited.act is Act.PAY][:1]
    later = (cited for n in paid for cited in read.stated if cited.n > n and cited.act in DEMANDS)
    return tuple(islice(later, 1))


def _deed(cited: CitedAct) -> str:
    return doing(cited.act, judged=cited.by_model)
