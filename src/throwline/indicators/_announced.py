"""What the words around a value make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from throwline.indicators import _phones
from throwline.indicators._cues import Bond, Cues
from throwline.indicators._indicator import Check
from throwline.indicators._names import is_name, looks_made_up, names_in
from throwline.indicators._services import Service
from throwline.indicators._shapes import Shape, shape
from throwline.indicators._values import Value

_OWN_KINDS = ("paypal", "venmo", "zelle", "gcash", "usdt")
_COINS = ("evm", "ton")
"""Wallets whose address does not tell which coin is meant: the coin's name may stand some words away."""


def told(value: Value, cues: Cues) -> Value:
    """The value, as what a cue beside it says it is."""
    bond = cues.nearest(value.start, value.end, value.shape)
    if bond is None or not (bond.adjoining or bond.closing or value.shape in _COINS):
        return value
    return _as_announced(value, bond.cue.service)


def _as_announced(value: Value, service: Service) -> Value:
    """A phone number or an e-mail address stays one, but for the payment services that have a kind of their own."""
    kind = service.kind if service.kind in _OWN_KINDS else value.kind
    return replace(value, kind=kind, label=service.label)


def codes_in(text: str, cues: Cues) -> Iterator[Value]:
    """Codes, tags and keys that a cue announces."""
    takes = dict.fromkeys(take for cue in cues for take in sorted(cue.service.takes))
    for take in takes:
        known = shape(take)
        for found in known.pattern.finditer(text) if known else ():
            bond = cues.nearest(*found.span(1), take)
            if known and bond and (take == "at" or _is_bound(bond, known, found[1])):
                value = known.canonical(found[1])
                service = bond.cue.service
                if take == "at":
                    fits = _is_account(found[1], bond, text)
                    value = service.prefix + value[1:]
                else:
                    fits = known.holds(value) and _starts_right(value, known, service)
                if fits:
                    span = found.span(1)
                    yield Value(take, service.kind, service.label, value, known.checked, *span)


def _is_bound(bond: Bond, known: Shape, written: str) -> bool:
    return bond.adjoining or bond.closing or (known.telling and not _is_ticker(written))


def _is_ticker(written: str) -> bool:
    """$GME is a share and $HOME a setting rather than somebody's tag."""
    return written[0] == "$" and written.isupper()


def _starts_right(value: str, known: Shape, service: Service) -> bool:
    return not known.telling or value.startswith(service.starts)


def _is_account(written: str, bond: Bond, text: str) -> bool:
    """Whether "@jess_k22" names an account; "@sam you're right" only calls somebody."""
    if not is_name(written[1:], bond.cue.service):
        return False
    if bond.adjoining and not bond.cue.ago:
        return True
    if looks_made_up(written):
        return bond.closing or text.rstrip().endswith(written)
    return bond.closing and written == text.strip()


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
    near = bond.adjoining or bond.closing
    number = _phones.national(written, service.region or region)
    if number and (near or not service.close):
        return number
    if not near and not (_phones.is_local(written) and service.region == "US"):
        return None
    digits = _phones.announced(written, service.region, region)
    return (digits, Check.CONTEXT) if digits else None


def names_of(text: str, cues: Cues) -> Iterator[Value]:
    """Account names without "@"."""
    for service, start, end in names_in(text, cues):
        value = service.prefix + text[start:end].lower()
        yield Value("name", service.kind, service.label, value, Check.CONTEXT, start, end)
