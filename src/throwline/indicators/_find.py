"""Finding values in one text: a quick look first, then by what they are, then by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from throwline.indicators import _phones
from throwline.indicators._indicator import Check, Hit
from throwline.indicators._links import ENDINGS, links_in
from throwline.indicators._names import is_name, names_in
from throwline.indicators._plain import Plain, is_disguised, plain
from throwline.indicators._services import (
    CUE_WORDS,
    FILLERS,
    TELLTALE_WORDS,
    Cue,
    Service,
    cues_in,
    words,
)
from throwline.indicators._shapes import Shape, shape
from throwline.indicators._values import Value, values_in

EARLIER = 2
"""So many messages before a text can announce a value in it."""
_TELLTALE = re.compile(
    r"@|\$[A-Za-z]|://|www\.|[\[(](?:\.|dot|at|@)[\])]| dot |\d(?:[ ().\-/]{0,3}\d){6}|[A-Za-z0-9]{25}"
    rf"|\w\.(?:{'|'.join(ENDINGS)})\b|\w\.\w{{2,4}}/",
    re.IGNORECASE,
)
"""Whatever is a value by itself has one of these in it."""
_REACH = 6
"""A telling value stands at most so many words from its cue."""
_REACH_LETTERS = 90
_STRIPPED = ".,:;!?=()[]{}<>\"'*_~-#»«→>|"


@dataclass(frozen=True, slots=True)
class _Bond:
    """A cue and how near it is; `adjoining` where only fillers, amounts and other values stand between."""

    cue: Cue
    adjoining: bool


def find(text: str, *, region: str | None = None, earlier: Sequence[str] = ()) -> list[Hit]:
    """The values in `text` that identify somebody or a place for money, in order.

    `region` (ISO 3166-1) says where phone numbers without a country belong. `earlier` holds the texts before this
    one, oldest first; the last two may announce a value here ("cashapp?", then "$kellmor").
    """
    recent = [announced_services(said) for said in earlier[-EARLIER:]]
    return find_announced(text, region, recent)


def announced_services(text: str) -> tuple[Service, ...]:
    """The services that `text` names and so may announce in the messages after it."""
    if CUE_WORDS.isdisjoint(words(text)):
        return ()
    return tuple(dict.fromkeys(cue.service for cue in cues_in(text)))


def find_announced(
    text: str, region: str | None, recent: Sequence[tuple[Service, ...]]
) -> list[Hit]:
    """As `find`, with the services that the messages before this one named, oldest first."""
    if not any(recent) and not _is_telling(text):
        return []
    read = plain(text)
    values = [*links_in(read.text), *values_in(read.text)]
    cues = [cue for cue in cues_in(read.text) if not _is_inside(cue, values)]
    for ago, services in enumerate(reversed(recent), start=1):
        cues.extend(Cue(service, 0, 0, ago) for service in services)
    found = [
        *(_told(read.text, value, cues) for value in values),
        *_coded(read.text, cues),
        *_called(read.text, cues, region),
        *_named(read.text, cues),
    ]
    return [_hit(text, read, value) for value in _without_overlaps(found)]


def _is_telling(text: str) -> bool:
    if _TELLTALE.search(text) or not TELLTALE_WORDS.isdisjoint(words(text)):
        return True
    return not text.isascii() and is_disguised(text)


def _is_inside(cue: Cue, values: Iterable[Value]) -> bool:
    return any(value.start <= cue.start < value.end for value in values)


def _told(text: str, value: Value, cues: list[Cue]) -> Value:
    """The value, as what a cue beside it says it is."""
    bond = _bond(text, value.start, value.end, value.shape, cues)
    if bond is None or not (bond.adjoining or value.shape == "evm"):
        return value
    return _as_announced(value, bond.cue.service)


def _as_announced(value: Value, service: Service) -> Value:
    """A phone number or an e-mail address for an app stays what it is; for a payment service it is where money goes."""
    keeps = service.kind in ("username", "phone")
    return Value(
        value.shape,
        value.kind if keeps else service.kind,
        service.label,
        value.value,
        value.checked,
        value.start,
        value.end,
    )


def _coded(text: str, cues: list[Cue]) -> Iterator[Value]:
    """Codes, tags and keys that a cue announces."""
    takes = dict.fromkeys(take for cue in cues for take in sorted(cue.service.takes))
    for take in takes:
        known = shape(take)
        if known is None:
            continue
        for found in known.pattern.finditer(text):
            value = known.canonical(found[1])
            bond = _bond(text, *found.span(1), take, cues)
            if bond and known.holds(value) and _is_bound(bond, known, found[1], value):
                yield _coded_value(take, value, known, bond.cue.service, found.span(1))


def _is_bound(bond: _Bond, known: Shape, written: str, value: str) -> bool:
    service = bond.cue.service
    if not (bond.adjoining or (known.telling and not _is_ticker(written))):
        return False
    if known.telling and service.starts:
        return value.startswith(service.starts)
    if written[0] == "@" and service.name:
        return is_name(value[1:], service)
    return True


def _is_ticker(written: str) -> bool:
    """$GME is a share and $HOME a setting rather than somebody's tag."""
    return written[0] == "$" and written.isupper()


def _coded_value(
    take: str, value: str, known: Shape, service: Service, span: tuple[int, int]
) -> Value:
    if take == "at":
        value = service.prefix + value[1:]
    return Value(take, service.kind, service.label, value, known.checked, *span)


def _called(text: str, cues: list[Cue], region: str | None) -> Iterator[Value]:
    """Phone numbers."""
    for found in _phones.phones_in(text):
        written = found[0]
        bond = _bond(text, *found.span(), "phone", cues)
        service = bond.cue.service if bond else None
        number = _phones.international(written)
        if number is None and bond and service:
            number = _number_at_home(written, bond, region)
        elif number is None and not written.isdecimal():
            number = _phones.national(written, region)
        if number:
            value = Value("phone", "phone", "phone", *number, *found.span())
            yield _as_announced(value, service) if bond and service else value


def _number_at_home(written: str, bond: _Bond, region: str | None) -> tuple[str, Check] | None:
    """A number without its country, by where the service is at home, or else the person."""
    service = bond.cue.service
    if bond.adjoining or not service.close:
        number = _phones.national(written, service.region or region)
        if number:
            return number
    digits = _phones.announced(written, service.region, region) if bond.adjoining else None
    return (digits, Check.CONTEXT) if digits else None


def _named(text: str, cues: list[Cue]) -> Iterator[Value]:
    """Account names without "@"."""
    for cue, start, end in names_in(text, cues):
        service = cue.service
        value = service.prefix + text[start:end].lower()
        yield Value("name", service.kind, service.label, value, Check.CONTEXT, start, end)


def _bond(text: str, start: int, end: int, take: str, cues: Iterable[Cue]) -> _Bond | None:
    """The nearest cue that can announce such a value."""
    bonds = []
    for cue in cues:
        if take not in cue.service.takes or (cue.start < end and start < cue.end):
            continue
        between = text[cue.end : start] if cue.end <= start else text[end : cue.start]
        if len(between) <= _REACH_LETTERS:
            passed = between.split()
            adjoining = all(map(_is_filler, passed))
            if adjoining or len(passed) <= _REACH:
                rank = (
                    cue.ago,
                    not adjoining,
                    cue.service.kind == "phone",
                    len(passed),
                    cue.end > start,
                )
                bonds.append((rank, _Bond(cue, adjoining)))
    return min(bonds, key=lambda ranked: ranked[0])[1] if bonds else None


def _is_filler(word: str) -> bool:
    word = word.strip(_STRIPPED).lower()
    return not word or word in FILLERS or any(map(str.isdecimal, word))


def _without_overlaps(values: Iterable[Value]) -> list[Value]:
    """Of values that share letters the first named one, in the order of the text."""
    kept: list[Value] = []
    for value in values:
        if all(value.end <= other.start or other.end <= value.start for other in kept):
            kept.append(value)
    return sorted(kept, key=lambda value: value.start)


def _hit(text: str, read: Plain, value: Value) -> Hit:
    start, end = read.original_span(value.start, value.end)
    return Hit(value.kind, value.value, value.label, value.checked, text[start:end], start, end)
