"""The cues around a text, and which of them announces a value."""

from __future__ import annotations

import re
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
_CLAUSE = re.compile(r"[,;:!?\n]|[.-](?=\s|$)")
_AROUND_WORDS = ".,:;!?=()[]{}<>\"'*_~-#"


@dataclass(frozen=True, slots=True)
class Bond:
    """A cue near a value.

    It is `adjoining` where only fillers, amounts and other values stand between, and `closing` where the value stands
    alone in a clause after it ("are you on snap? it lags here. jess_k22").
    """

    cue: Cue
    adjoining: bool
    closing: bool


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
        takers = [cue for cue in self._around(start, end) if take in cue.service.takes]
        if not takers:
            return None
        alone = self._is_alone(start, end)
        bonds = [self._ranked(cue, start, end, alone) for cue in takers]
        return min(filter(None, bonds), key=lambda ranked: ranked[0], default=(None, None))[1]

    def _around(self, start: int, end: int) -> Iterator[Cue]:
        first = bisect_left(self._starts, start - _REACH_LETTERS - _LONGEST_CUE)
        last = bisect_right(self._starts, end + _REACH_LETTERS)
        yield from self._own[first:last]
        if start <= _REACH_LETTERS:
            yield from self._earlier

    def _ranked(
        self, cue: Cue, start: int, end: int, alone: bool
    ) -> tuple[tuple[int, ...], Bond] | None:
        """How good a bond is, least first, and the bond; None where there is none."""
        if cue.start < end and start < cue.end:
            return None
        between = self._text[cue.end : start] if cue.end <= start else self._text[end : cue.start]
        words = [word for word in between.split() if not _is_filler(word)]
        adjoining = not words
        closing = alone and cue.end <= start
        if len(between) > _REACH_LETTERS or not (adjoining or closing or len(words) <= _REACH):
            return None
        general = cue.service.kind in GENERAL
        rank = (cue.ago > 0, not adjoining, general, cue.ago, len(words), cue.end > start)
        return rank, Bond(cue, adjoining, closing)

    def _is_alone(self, start: int, end: int) -> bool:
        """Whether nothing but the value stands in its clause."""
        before = _CLAUSE.split(self._text[max(0, start - _REACH_LETTERS) : start])[-1]
        after = _CLAUSE.split(self._text[end : end + _REACH_LETTERS])[0]
        return all(map(_is_filler, (*before.split(), *after.split())))


def _is_filler(word: str) -> bool:
    """Also an amount, another value, or a sign such as an arrow."""
    word = word.strip(_AROUND_WORDS).lower()
    return word in FILLERS or any(map(str.isdecimal, word)) or not any(map(str.isalpha, word))
