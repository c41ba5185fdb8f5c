"""A scorecard, the model that the net over the course is compared with: points for how clearly each act was seen.

A sender has so many points for the highest level that any one message reached, for the second highest, and for the
highest that anybody else reached. They are fitted on what heads trained on other conversations say.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from throwline.recognition._course import HIGHEST
from training._corpus import HEADS, Talk

INVERSE_PENALTY = 0.01
_SEED = 5
_OFFENDER = "offender"
_BEFORE = 2
_STRUNG = 400
_STRUNG_TALKS = (3, 8)
POINTS = 100
"""To a logit of the scorecard's own odds."""

Points = dict[str, dict[str, int]]


def levels(logits: np.ndarray) -> np.ndarray:
    """The level of every message for every head."""
    return np.clip(np.floor(2 * logits) + 5, 0, HIGHEST).astype(int)


def _rows(senders: Sequence[str], logits: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """For each sender: highest, second highest and others' highest levels, side by side."""
    of_message = levels(logits)
    nothing = np.zeros(len(HEADS), dtype=int)
    found = []
    for sender in dict.fromkeys(senders):
        own = np.sort(of_message[[s == sender for s in senders]], axis=0)
        others = of_message[[s != sender for s in senders]]
        again = own[-2] if len(own) > 1 else nothing
        found.append((sender, np.concatenate([own[-1], again, others.max(0, initial=0)])))
    return found


def points(talks: Sequence[Talk], logits: Mapping[str, np.ndarray]) -> Points:
    """Points a level for `most`, `again` and `others`.

    The conversations written for the corpus are short and dense; real ones are long. So harmless ones are also strung
    together, and each extortion is also put at the end of harmless talk.
    """
    chance = random.Random(_SEED)  # noqa: S311
    harmless = [talk for talk in talks if not talk.is_positive]
    features, offends = [], []

    def add(strung: Sequence[Talk], offender: bool) -> None:
        senders = [sender for talk in strung for sender in _as_two(talk)]
        for sender, row in _rows(senders, np.vstack([logits[talk.id] for talk in strung])):
            features.append(row)
            offends.append(offender and sender == _OFFENDER)

    for talk in talks:
        add([talk], talk.is_positive)
        if talk.is_positive:
            add([*chance.choices(harmless, k=_BEFORE), talk], offender=True)
    for _ in range(_STRUNG):
        add(chance.choices(harmless, k=chance.randint(*_STRUNG_TALKS)), offender=False)
    weights = _weights(np.array(features), np.array(offends))
    return {
        name: _named(block)
        for name, block in zip(("most", "again", "others"), np.split(weights[:-1], 3), strict=True)
    }


def _as_two(talk: Talk) -> list[str]:
    """The senders, called by two names: the offender, or whoever speaks first, and all others."""
    senders = [message["sender"] for message in talk.form["messages"]]
    first = talk.form["offender"] if talk.is_positive else senders[0]
    return [_OFFENDER if sender == first else "other" for sender in senders]


def _weights(features: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights a level, and the constant last; fitted on standardised levels."""
    middle, spread = features.mean(axis=0), features.std(axis=0) + 0.3
    fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=5000, class_weight="balanced").fit(
        (features - middle) / spread, labels
    )
    weights = fitted.coef_[0] / spread
    return np.append(weights, fitted.intercept_[0] - weights @ middle)


def _named(weights: np.ndarray) -> dict[str, int]:
    named = {head: round(POINTS * float(w)) for head, w in zip(HEADS, weights, strict=True)}
    return {head: value for head, value in named.items() if value}
