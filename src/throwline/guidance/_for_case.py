"""The plan for a case: its answers, and what its conversations say."""

from __future__ import annotations

from dataclasses import replace

from throwline.case import Case, PaidBy, Read
from throwline.guidance._plan import Plan, plan
from throwline.guidance._signals import Signals

_CHANNELS = {
    "cashtag": PaidBy.CASHAPP,
    "paypal": PaidBy.PAYPAL,
    "venmo": PaidBy.VENMO,
    "zelle": PaidBy.ZELLE,
    "gift_card": PaidBy.GIFT_CARD,
    "iban": PaidBy.BANK,
    "btc": PaidBy.CRYPTO,
    "eth": PaidBy.CRYPTO,
    "usdt": PaidBy.CRYPTO,
}


def plan_for(case: Case) -> Plan:
    """The plan by the most urgent conversation; distress counts wherever it is written."""
    signals = [Signals.of(read.finding, _channels(read)) for read in case.reads]
    if not signals:
        return plan(case.answers)
    distress = any(signal.distress for signal in signals)
    return plan(case.answers, replace(signals[0], distress=distress))


def _channels(read: Read) -> frozenset[PaidBy]:
    kinds = (indicator.kind for indicator in read.indicators)
    return frozenset(_CHANNELS[kind] for kind in kinds if kind in _CHANNELS)
