"""Wallets and account numbers that were nearly read: what they would be if a few letters were others that look alike.

Only what carries a checksum can be told so. Nothing is ever changed: the reading stays, and this is offered beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice, pairwise, product

from throwline.conversation import Message
from throwline.indicators import Check, find

_ALIKE = (
    "0OoQD",
    "1lIi|",
    "qg9",
    "5Ss",
    "8B",
    "2Zz",
    "6bG",
    "cC",
    "kK",
    "pP",
    "uUvV",
    "wW",
    "xX",
    "mn",
    "ce",
)
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_HEX = "0123456789abcdefABCDEF"
_DIGITS = "0123456789"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHORTEST_IBAN, _LONGEST_IBAN = 15, 34 + 8
"""Letters, and at most eight spaces between them (ISO 13616)."""
_NOTE = "perhaps"
_MOST_CHANGES = 2
_MOST_TRIES = 20_000
_WORD = re.compile(r"[0-9A-Za-z|]{8,}")
_IBAN = re.compile(r"(?<!\w)[A-Z0-9|]{2}[0-9OoIlSsBZ|]{2}(?= ?[0-9A-Za-z])")
_IBAN_PART = re.compile(r" ?[0-9A-Za-z]{1,4}")
_ADDRESS = re.compile(
    r"(?=.*[0-9])(?P<prefix>[bB86][cC][1lI|i]|[lI1|][tT][cC][1lI|i]|[0oO][xX])?(?P<rest>[0-9A-Za-z|]{25,106})"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`offered` is a value whose checksum holds and that looks like `text[start:end]`, whose checksum does not.

    `kind` and `label` are as in `throwline.indicators.Hit`.
    """

    start: int
    end: int
    as_read: str
    offered: str
    kind: str
    label: str


def near_misses(text: str) -> list[Suggestion]:
    """What in `text` may be a wallet or an IBAN read wrongly in one or two letters, or with a space in it.

    Several suggestions can stand for the same place: an IBAN's checksum lets one in 97 wrong ones through.
    """
    valid = [(hit.start, hit.end) for hit in find(text) if hit.checked is Check.CHECKSUM]
    found: list[Suggestion] = []
    for start, end in _candidates(text):
        taken = [*valid, *((s.start, s.end) for s in found)]
        if all(end <= first or start >= last for first, last in taken):
            found += _suggestions(text, start, end)
    return found


def near_miss_notes(text: str) -> list[str]:
    """The same as notes of a message."""
    return [f"{_NOTE} {s.offered} instead of {s.as_read}" for s in near_misses(text)]


def noted_anew(message: Message) -> Message:
    """A message whose text was corrected, with the near misses of what it says now among its notes."""
    return replace(
        message, notes=(*without_near_misses(message.notes), *near_miss_notes(message.text))
    )


def without_near_misses(notes: Iterable[str]) -> list[str]:
    """The notes of a message that are no near misses."""
    return [note for note in notes if not note.startswith(f"{_NOTE} ")]


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Where something stands that is as long as an address: a word, or two where the second may have been split off."""
    for iban in _IBAN.finditer(text):
        end = iban.end()
        while (part := _IBAN_PART.match(text, end)) and part.end() - iban.start() <= _LONGEST_IBAN:
            end = part.end()
            if end - iban.start() >= _SHORTEST_IBAN:
                yield iban.start(), end
    words = list(_WORD.finditer(text))
    for word in words:
        yield word.span()
    for word, following in pairwise(words):
        if text[word.end() : following.start()].isspace():
            yield word.start(), following.end()


def _suggestions(text: str, start: int, end: int) -> list[Suggestion]:
    as_read = text[start:end]
    letters = re.sub(r"\s", "", as_read)
    for changes in range(_MOST_CHANGES + 1):
        found = [
            Suggestion(start, end, as_read, offered, *told)
            for offered in dict.fromkeys(islice(_variants(letters, changes), _MOST_TRIES))
            if offered != as_read and (told := _checked(offered))
        ]
        if found:
            return found
    return []


def _checked(value: str) -> tuple[str, str] | None:
    """Kind and label of `value` where all of it is one value whose checksum holds."""
    for hit in find(value):
        if hit.checked is Check.CHECKSUM and hit.as_written == value:
            return hit.kind, hit.label
    return None


def _variants(letters: str, changes: int) -> Iterator[str]:
    """`letters` with so many of them, and all that cannot stand there, replaced by letters that look alike."""
    address = _ADDRESS.fullmatch(letters)
    if address:
        prefix, rest = address["prefix"], address["rest"]
        if prefix and prefix[0] in "0oO":
            yield from _spelled("0x", rest, [_HEX] * len(rest), changes)
        elif prefix:
            network = "bc1" if len(prefix) == 3 else "ltc1"
            yield from _spelled(network, rest, [_BECH32] * len(rest), changes)
        if len(letters) <= 35 or (len(letters) in (95, 106) and changes < 2):
            yield from _spelled("", letters, [_BASE58] * len(letters), changes)
    if 15 <= len(letters) <= 34 and changes < 2:
        capitals = letters.upper()
        places = [_CAPITALS] * 2 + [_DIGITS] * 2 + [_DIGITS + _CAPITALS] * (len(letters) - 4)
        yield from _spelled("", capitals, places, changes)


def _spelled(prefix: str, letters: str, allowed: list[str], changes: int) -> Iterator[str]:
    alike = [_alike(letter, places) for letter, places in zip(letters, allowed, strict=True)]
    forced = [n for n, letter in enumerate(letters) if letter not in allowed[n]]
    free = [n for n, others in enumerate(alike) if others and n not in forced]
    if not all(alike[n] for n in forced) or len(forced) > 4:
        return
    for chosen in combinations(free, changes):
        places = [*forced, *chosen]
        for others in product(*(alike[n] for n in places)):
            spelled = list(letters)
            for place, other in zip(places, others, strict=True):
                spelled[place] = other
            yield prefix + "".join(spelled)


def _alike(letter: str, allowed: str) -> str:
    """The letters that look like it and may stand there."""
    looks = {other for group in _ALIKE if letter in group for other in group}
    return "".join(sorted(other for other in looks if other in allowed and other != letter))
