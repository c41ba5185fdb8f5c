"""What act models say of conversations that they were not trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zlib import crc32

import numpy as np

from training._corpus import Talk
from training._heads import Vectors, train

_FOLDS = 4
Opinion = dict[str, np.ndarray]
"""Each conversation's logits, by its identifier."""


def opinions(learned: Sequence[Talk], known: Vectors) -> list[Opinion]:
    """Two: by models that knew the writers from other conversations, and by models that knew nothing of theirs."""
    return [opinion(learned, known, fold) for fold in (by_chance, _by_writer)]


def opinion(learned: Sequence[Talk], known: Vectors, fold: Callable[[Talk], int]) -> Opinion:
    """What heads say of each conversation that were trained without those of its fold."""
    said: Opinion = {}
    for number in range(_FOLDS):
        left_out = [talk for talk in learned if fold(talk) == number]
        heads = train([talk for talk in learned if fold(talk) != number], known)
        said |= {talk.id: heads.logits(talk) for talk in left_out}
    return said


def by_chance(talk: Talk) -> int:
    """A fold whose writers also wrote for the others."""
    return crc32(talk.id.encode()) % _FOLDS


def _by_writer(talk: Talk) -> int:
    return ord(talk.writer) % _FOLDS
