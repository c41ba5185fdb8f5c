"""Train on the training conversations, choose thresholds on the validation conversations, write the package's files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from throwline.recognition._model import Model, model
from throwline.recognition._scorecard import scorecard
from training._corpus import Talk, talks
from training._heads import Vectors, train
from training._operating import act_thresholds, alarm_threshold, warning_thresholds
from training._scorecard import pattern_points, points
from training._words import vectors
from training._write import logits, model_file, scorecard_file

PACKAGE = Path(__file__).parents[1] / "src" / "throwline" / "recognition"
FOLDS = 3


def main() -> None:
    """Everything from the corpus to model.bin and scorecard.toml."""
    learned, validation = talks("train"), talks("validation")
    known = vectors(learned)
    data = model_file(train(learned, known), learned)
    (PACKAGE / "model.bin").write_bytes(data)
    written = Model(data)
    unseen = others_say(learned, known)
    said = {talk.id: logits(written, talk) for talk in validation}
    parts = {
        "points": points(learned, unseen),
        "pattern": pattern_points(learned, unseen),
        "acts": act_thresholds(validation, said),
        "warning": warning_thresholds(validation, said),
    }
    card = PACKAGE / "scorecard.toml"
    card.write_text(scorecard_file({"alarm": 0, **parts}), "utf-8")
    model.cache_clear()
    scorecard.cache_clear()
    alarm, asked = alarm_threshold(validation)
    card.write_text(scorecard_file({"alarm": alarm, **parts}), "utf-8")
    sys.stdout.write("".join(f"{name}: {least} points\n" for name, least in asked.items()))


def others_say(learned: Sequence[Talk], known: Vectors) -> dict[str, np.ndarray]:
    """Each conversation's logits by heads that were trained without it."""
    said = {}
    for fold in range(FOLDS):
        left_out = [talk for talk in learned if crc32(talk.id.encode()) % FOLDS == fold]
        heads = train([talk for talk in learned if talk not in left_out], known)
        said |= {talk.id: heads.logits(talk) for talk in left_out}
    return said


if __name__ == "__main__":
    main()
