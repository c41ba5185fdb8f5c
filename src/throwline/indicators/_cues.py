"""The cues around a text, and which of them announces a value."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from throwline.indicators._services import FILLERS, Cue, Service

GENERAL = ("phone", "email")
"""A service that is only a way to reach somebody announces less than one that money goes through."""
_REACH = 6
"""A telling value stands at most so many words from its cue."""
_REACH_LETTERS = 90
_LONGEST_CUE = 40
_AROUND_WORDS = ".,:;!?=()[]{}<>\"'*_~-#"


@dataclass(frozen=True, slots=True)
class Bond:
    """A cue near a value; `adjoining` where only fillers, amounts and other values stand between."""

    cue: Cue
    adjoining: bool


class Cues:
    """The cues of a text, and those of the messages before it, as if they stood at its beginning."""

    def __init__(self, text: str, own: list[Cue], earlier: Collection[tuple[Service, ...]]) -> None:
        """`own` in the order of the text; `earlier` are the services each message before named, oldest first."""
        self._text = text
        self._own = own
        self._starts = [cue.start for cue in own]
        self._earlier = [
            Cue(service, 0, 0, ago)
            for ago, services in enumerate(reversed(tuple(earlier)), start=1)
            for service in services
        ]

    def __iter__(self) -> Iterator[Cue]:
        yield from self._own
        yield from self._earlier

    def nearest(self, start: int, end: int, take: str) -> Bond | None:
        """The cue that announces the value of the form `take` at `start` to `end`."""
        bonds = [
            self._ranked(cue, start, end)
            for cue in self._around(start, end)
            if take in cue.service.takes
        ]
        return min(filter(None, bonds), key=lambda ranked: ranked[0], default=(None, None))[1]

    def is_all_but(self, start: int, end: int) -> bool:
        """Whether the text says nothing but the value at `start` to `end`."""
        rest = self._text[:start] + self._text[end:]
        return len(rest) <= _REACH_LETTERS and all(map(_is_filler, rest.split()))

    def _around(self, start: int, end: int) -> Iterator[Cue]:
        first = bisect_left(self._starts, start - _REACH_LETTERS - _LONGEST_CUE)
        last = bisect_right(self._starts, end + _REACH_LETTERS)
        yield from self._own[first:last]
        if start <= _REACH_LETTERS:
            yield from self._earlier

    def _ranked(self, cue: Cue, start: int, end: int) -> tuple[tuple[int, ...], Bond] | None:
        """How good a bond is, least first, and the bond; None where there is none."""
        if cue.start < end and start < cue.end:
            return None
        between = self._text[cue.end : start] if cue.end <= start else self._text[end : cue.start]
        words = between.split()
        adjoining = all(map(_is_filler, words))
        if len(between) > _REACH_LETTERS or (len(words) > _REACH and not adjoining):
            return None
        general = cue.service.kind in GENERAL
        rank = (cue.ago, not adjoining, general, len(words), cue.end > start)
        return rank, Bond(cue, adjoining)


def _is_filler(word: str) -> bool:
    """Also an amount, another value, or a sign such as an arrow."""
    word = word.strip(_AROUND_WORDS).lower()
    return word in FILLERS or any(map(str.isdecimal, word)) or not any(map(str.isalpha, word))
