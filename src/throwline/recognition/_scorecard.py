"""The scorecard: how many points each act, seen how clearly and by whom, is worth. Data in scorecard.toml.

A message is given a level from 0 to 9 for every head of the act model: level 1 where the model's odds reach e^-2 to 1,
and one more for every half of a logit, so that 5 is even odds and 9 is e^2 to 1. Points are given for the highest level
that any one message of a sender reached, for the second highest, and for the highest that anybody else reached.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul
from typing import Any

from throwline.recognition._acts import Act, Pattern
from throwline.recognition._model import model

HIGHEST = 9
FOUND = 6
"""The level of an act whose words stand in a lexicon."""


@dataclass(frozen=True, slots=True)
class Levels:
    """For each head in the order of the model, the highest level of any one message of a sender, and the second."""

    most: bytes
    again: bytes

    def with_message(self, levels: Mapping[int, int]) -> Levels | None:
        """After one more message, its levels by head; None where nothing rose."""
        rising = {head: level for head, level in levels.items() if level > self.again[head]}
        if not rising:
            return None
        most, again = bytearray(self.most), bytearray(self.again)
        for head, level in rising.items():
            again[head], most[head] = sorted((level, most[head]))
        return Levels(bytes(most), bytes(again))


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Points a level, by head. `acts` are the model's thresholds for calling an act done, in logits."""

    most: tuple[int, ...]
    again: tuple[int, ...]
    others: tuple[int, ...]
    alarm: int
    acts: Mapping[Act, float]
    warning: Mapping[Act, float]
    patterns: Mapping[Pattern, tuple[tuple[int, ...], tuple[int, ...], int]]

    def points(self, own: Levels, others: bytes) -> int:
        """What speaks for extortion by a sender, and against it."""
        return _sum(self.most, own.most) + _sum(self.again, own.again) + _sum(self.others, others)

    def points_of_either(self, levels: Levels) -> int:
        """The same where nobody knows who wrote what: each act counts as whoever's speaks more for extortion."""
        either = tuple(map(max, self.most, self.others))
        return _sum(either, levels.most) + _sum(self.again, levels.again)

    def pattern(self, own: Levels, others: bytes) -> Pattern:
        """The pattern with the most points."""
        return max(
            self.patterns,
            key=lambda pattern: (
                _sum(self.patterns[pattern][0], own.most)
                + _sum(self.patterns[pattern][1], others)
                + self.patterns[pattern][2]
            ),
        )


@cache
def nothing() -> Levels:
    """Of somebody who has not written yet."""
    none = bytes(len(model().heads))
    return Levels(none, none)


def _sum(points: tuple[int, ...], levels: bytes) -> int:
    return sum(map(mul, points, levels))


@cache
def scorecard() -> Scorecard:
    """The scorecard in the package."""
    return read((files("throwline.recognition") / "scorecard.toml").read_text("utf-8"))


def read(text: str) -> Scorecard:
    """A scorecard file's contents. Raises ValueError or KeyError where something in it is unknown or missing."""
    data: dict[str, Any] = tomllib.loads(text)
    heads = model().heads

    def by_head(table: dict[str, int]) -> tuple[int, ...]:
        unknown = table.keys() - set(heads)
        if unknown:
            raise ValueError(f"scorecard.toml: the model has no {', '.join(sorted(unknown))}")
        return tuple(table.get(head, 0) for head in heads)

    return Scorecard(
        most=by_head(data["points"]["most"]),
        again=by_head(data["points"]["again"]),
        others=by_head(data["points"]["others"]),
        alarm=data["alarm"],
        acts={Act(act): threshold for act, threshold in data["acts"].items()},
        warning={Act(act): threshold for act, threshold in data["warning"].items()},
        patterns={
            Pattern(name): (by_head(p["own"]), by_head(p["others"]), p["always"])
            for name, p in data["pattern"].items()
        },
    )
