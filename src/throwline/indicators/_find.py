"""Finding values in one text: a quick look first, then by what they are, then by the words around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from throwline.indicators._announced import calls_in, codes_in, names_of, told
from throwline.indicators._cues import Cues
from throwline.indicators._indicator import Hit
from throwline.indicators._links import ENDINGS, links_in
from throwline.indicators._plain import Plain, is_disguised, plain
from throwline.indicators._services import (
    NAMING_WORDS,
    Cue,
    Service,
    cue_words,
    cues_in,
)
from throwline.indicators._values import Value, values_in

EARLIER = 3
"""So many messages before a text can announce a value in it."""
_DIGIT = re.compile("[0-9]")
_NUMBERS = (
    re.compile(r"[0-9](?:[ ().\-/]{0,3}[0-9]){6}"),
    re.compile(r"[A-Za-z]{2}[0-9]{2}(?:[ -]?[0-9A-Za-z]{4}){2}"),
)
"""Phones and codes, IBANs."""
_LONG_WORD = re.compile("[0-9A-Z][A-Za-z0-9_-]{24}")
"""Part of every wallet: small letters alone make none."""
_MADE_UP = re.compile("[0-9_]")
"""No code, and no name that an earlier message announces, is without one of these."""
_TAG = re.compile(r"\$[A-Za-z]")
_INNER_DOT = re.compile(r"\.\w")
_DOMAIN = re.compile(rf"\.(?:(?i:{'|'.join(ENDINGS)})\b|\w{{2,4}}[/:]|\w+\.)")
_BRACKETED = re.compile(r"[\[(](?i:\.|dot|at|@)[\])]")


def find(text: str, *, region: str | None = None, earlier: Collection[str] = ()) -> list[Hit]:
    """The values in `text` that identify somebody or a place for money, in order.

    `region` (ISO 3166-1) says where phone numbers without a country belong. `earlier` holds the texts before this
    one, oldest first; the last three may announce a value here ("cashapp?", then "$kellmor").
    """
    telling = _is_telling(text)
    if not telling and not _may_be_announced(text, earlier):
        return []
    read = plain(text)
    values = _longest_first([*links_in(read.text), *values_in(read.text)] if telling else [])
    own = _outside(values, cues_in(read.text), len(read.text))
    before = [_named_services(said) for said in _last(earlier)]
    if not (telling or own or any(before)):
        return []
    cues = Cues(read.text, own, before)
    found = [
        *(told(value, cues) for value in values),
        *_longest_first(codes_in(read.text, cues)),
        *(calls_in(read.text, cues, region) if telling else ()),
        *names_of(read.text, cues),
    ]
    return [_hit(text, read, value) for value in _without_overlaps(found, len(read.text))]


def _may_be_announced(text: str, earlier: Collection[str]) -> bool:
    """Whether `text` may hold a value that only a cue in it, or in a message before it, makes one."""
    named = cue_words(text)
    if not NAMING_WORDS.isdisjoint(named):
        return True
    return bool(_MADE_UP.search(text)) and any((named, *map(cue_words, _last(earlier))))


def _last(earlier: Collection[str]) -> list[str]:
    return list(earlier)[-EARLIER:]


@lru_cache(EARLIER + 1)
def _named_services(text: str) -> tuple[Service, ...]:
    if not cue_words(text):
        return ()
    return tuple(dict.fromkeys(cue.service for cue in cues_in(text)))


def _is_telling(text: str) -> bool:
    """Whether a closer look may find anything. Most messages are through with this in a microsecond.

    Every value that needs no cue has one of these in it, and each search begins with one letter or class of letters,
    which makes it many times faster than one search for all.
    """
    return bool(
        "@" in text
        or "://" in text
        or (_DIGIT.search(text) and any(number.search(text) for number in _NUMBERS))
        or _LONG_WORD.search(text)
        or (_INNER_DOT.search(text) and _DOMAIN.search(text))
        or ("$" in text and _TAG.search(text))
        or _BRACKETED.search(text)
        or " dot " in text
        or (not text.isascii() and is_disguised(text))
    )


def _longest_first(values: Iterable[Value]) -> list[Value]:
    """An address holds the name of a host, a link an address, a long code a short one: the whole counts, not the part."""
    return sorted(values, key=lambda value: value.start - value.end)


def _outside(values: Iterable[Value], cues: Iterable[Cue], length: int) -> list[Cue]:
    """The cues that are not part of a value: "paypal" in an address announces nothing."""
    taken = bytearray(length)
    for value in values:
        _take(taken, value)
    return [cue for cue in cues if not taken[cue.start]]


def _without_overlaps(values: Iterable[Value], length: int) -> list[Value]:
    """Of values that share letters the first named one, in the order of the text."""
    taken = bytearray(length)
    kept: list[Value] = []
    for value in values:
        if not any(taken[value.start : value.end]):
            _take(taken, value)
            kept.append(value)
    return sorted(kept, key=lambda value: value.start)


def _take(taken: bytearray, value: Value) -> None:
    """Mark the letters of the value."""
    taken[value.start : value.end] = b"\1" * (value.end - value.start)


def _hit(text: str, read: Plain, value: Value) -> Hit:
    start, end = read.original_span(value.start, value.end)
    return Hit(value.kind, value.value, value.label, value.checked, text[start:end], start, end)
