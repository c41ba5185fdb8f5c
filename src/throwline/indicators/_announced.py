"""What the words around a value make of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from throwline.indicators import _phones
from throwline.indicators._cues import GENERAL, Bond, Cues
from throwline.indicators._indicator import Check
from throwline.indicators._names import is_name, names_in
from throwline.indicators._services import Service
from throwline.indicators._shapes import Shape, shape
from throwline.indicators._values import Value

_COINS = ("evm", "ton")
"""Wallets whose address does not tell which coin is meant: the coin's name may stand some words away."""


def told(value: Value, cues: Cues) -> Value:
    """The value, as what a cue beside it says it is."""
    bond = cues.nearest(value.start, value.end, value.shape)
    if bond is None or not (bond.adjoining or value.shape in _COINS):
        return value
    return _as_announced(value, bond.cue.service)


def _as_announced(value: Value, service: Service) -> Value:
    """A phone number or an e-mail address for an app stays what it is; for a payment service it is where money goes."""
    keeps = service.kind in ("username", *GENERAL)
    return replace(value, kind=value.kind if keeps else service.kind, label=service.label)


def codes_in(text: str, cues: Cues) -> Iterator[Value]:
    """Codes, tags and keys that a cue announces."""
    takes = dict.fromkeys(take for cue in cues for take in sorted(cue.service.takes))
    for take in takes:
        known = shape(take)
        for found in known.pattern.finditer(text) if known else ():
            bond = cues.nearest(*found.span(1), take)
            if known and bond and _is_bound(bond, known, found[1]):
                yield from _coded(take, known, found, bond, cues)


def _is_bound(bond: Bond, known: Shape, written: str) -> bool:
    return bond.adjoining or (known.telling and not _is_ticker(written))


def _is_ticker(written: str) -> bool:
    """$GME is a share and $HOME a setting rather than somebody's tag."""
    return written[0] == "$" and written.isupper()


def _coded(
    take: str, known: Shape, found: re.Match[str], bond: Bond, cues: Cues
) -> Iterator[Value]:
    """The value, if it can be one of the service that was named."""
    service = bond.cue.service
    value = known.canonical(found[1])
    if take == "at":
        fits = is_name(value[1:], service) and not (bond.cue.ago and _calls(found, cues))
        value = service.prefix + value[1:]
    else:
        fits = known.holds(value) and (not known.telling or value.startswith(service.starts))
    if fits:
        yield Value(take, service.kind, service.label, value, known.checked, *found.span(1))


def _calls(found: re.Match[str], cues: Cues) -> bool:
    """Whether "@sam" calls somebody ("@sam you're right") rather than names an account."""
    return not cues.is_all_but(*found.span(1))


def calls_in(text: str, cues: Cues, region: str | None) -> Iterator[Value]:
    """Phone numbers."""
    for found in _phones.phones_in(text):
        written = found[0]
        bond = cues.nearest(*found.span(), "phone")
        service = bond.cue.service if bond else None
        number = _phones.international(written)
        if number is None and bond and service:
            number = _number_at_home(written, bond, region)
        elif number is None and not written.isdecimal():
            number = _phones.national(written, region)
        if number:
            value = Value("phone", "phone", "phone", *number, *found.span())
            yield _as_announced(value, service) if bond and service else value


def _number_at_home(written: str, bond: Bond, region: str | None) -> tuple[str, Check] | None:
    """A number without its country, by where the service is at home, or else the person."""
    service = bond.cue.service
    if bond.adjoining or not service.close:
        number = _phones.national(written, service.region or region)
        if number:
            return number
    digits = _phones.announced(written, service.region, region) if bond.adjoining else None
    return (digits, Check.CONTEXT) if digits else None


def names_of(text: str, cues: Cues) -> Iterator[Value]:
    """Account names without "@"."""
    for cue, start, end in names_in(text, cues):
        service = cue.service
        value = service.prefix + text[start:end].lower()
        yield Value("name", service.kind, service.label, value, Check.CONTEXT, start, end)
