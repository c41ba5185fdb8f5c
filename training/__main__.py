"""Train on the training conversations, choose thresholds on the validation conversations, write the package's files."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from throwline.recognition._model import Model, model
from throwline.recognition._thresholds import thresholds
from throwline.recognition._course import course
from training._corpus import Talk, talks
from training._course import course_file
from training._heads import Vectors, train
from training._operating import act_thresholds, alarm_threshold, warning_thresholds
from training._words import vectors
from training._write import logits, model_file, thresholds_file

PACKAGE = Path(__file__).parents[1] / "src" / "throwline" / "recognition"
FOLDS = 4


def main() -> None:
    """Everything from the corpus to model.bin, course.json and thresholds.toml."""
    learned, validation = talks("train"), talks("validation")
    known = vectors(learned)
    data = model_file(train(learned, known), learned)
    (PACKAGE / "model.bin").write_bytes(data)
    opinions = [others_say(learned, known, fold) for fold in (_by_chance, _by_writer)]
    net = course_file(learned, opinions)
    (PACKAGE / "course.json").write_text(json.dumps(net, separators=(",", ":")) + "\n", "utf-8")
    written = Model(data)
    said = {talk.id: logits(written, talk) for talk in validation}
    parts = {
        "acts": act_thresholds(validation, said),
        "warning": warning_thresholds(validation, said),
    }
    limits = PACKAGE / "thresholds.toml"
    limits.write_text(thresholds_file(0, parts), "utf-8")
    for kept in (model, course, thresholds):
        kept.cache_clear()
    alarm, asked = alarm_threshold(validation)
    limits.write_text(thresholds_file(alarm, parts), "utf-8")
    sys.stdout.write("".join(f"{name}: {least} points\n" for name, least in asked.items()))


def others_say(
    learned: Sequence[Talk], known: Vectors, fold: Callable[[Talk], int]
) -> dict[str, np.ndarray]:
    """Each conversation's logits by heads that were trained without those of its fold."""
    said = {}
    for number in range(FOLDS):
        left_out = [talk for talk in learned if fold(talk) == number]
        heads = train([talk for talk in learned if fold(talk) != number], known)
        said |= {talk.id: heads.logits(talk) for talk in left_out}
    return said


def _by_chance(talk: Talk) -> int:
    return crc32(talk.id.encode()) % FOLDS


def _by_writer(talk: Talk) -> int:
    return ord(talk.writer) % FOLDS


if __name__ == "__main__":
    main()
