"""Drawn screenshots of six apps, read: who said what, and how well the letters were read.

Alone: `python -m benchmarks._screenshots`.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from tests.screenshots.drawing import APPS, LANGUAGES, Drawn, Score, drawn, missing_fonts, scored

from throwline.conversation import Conversation, Hints, Source
from throwline.screenshot_reader import screen_from
from throwline.screenshots import conversation_of

WIDTHS = (720, 1080, 1440)
SEED = 2000
NONE = Score(0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Look:
    """One of the ways in which a conversation is drawn."""

    app: str
    shade: str
    width: int
    language: str

    @property
    def groups(self) -> tuple[str, ...]:
        return self.app, self.language, f"{self.width} pixels", self.shade, "all"


LOOKS = [Look(*each) for each in product(APPS, ("light", "dark"), WIDTHS, LANGUAGES)]
GROUPS = [*APPS, *LANGUAGES, *(f"{width} pixels" for width in WIDTHS), "light", "dark", "all"]


def screenshots() -> list[str]:
    """Conversations that nothing was tuned on: every app, light and dark, at three sizes, in every language."""
    if missing_fonts():
        return ["## Screenshots", "Not measured: fonts are missing (tools/system.sh fonts).", ""]
    scores: dict[str, Score] = defaultdict(lambda: NONE)
    images, seconds = 0, 0.0
    for look, drawing in drawings():
        started = time.process_time()
        score = scored(drawing, read(drawing))
        seconds += time.process_time() - started
        images += len(drawing.screens)
        for group in look.groups:
            scores[group] += score
    return [
        "## Screenshots",
        f"{images} screenshots of {len(LOOKS)} conversations, drawn by tests/screenshots/drawing from texts and seeds "
        "held out from tuning; overlapping where they follow one another. A message counts as right where it is read "
        "once and under the right sender; one that is not there counts as wrong. Emoji are not read and not counted.",
        "",
        "| | messages | right sender | invented | letter errors |",
        "|---|---|---|---|---|",
        *(row(group, scores[group]) for group in GROUPS),
        "",
        f"{seconds / images:.1f} CPU s an image.",
        "",
    ]


def drawings() -> Iterator[tuple[Look, Drawn]]:
    for seed, look in enumerate(LOOKS, SEED):
        yield look, drawn(
            look.app, dark=look.shade == "dark", width=look.width, language=look.language, part="held_out", seed=seed
        )  # fmt: skip


def read(drawing: Drawn) -> Conversation:
    screens = [
        screen_from(picture, Source(f"{number}.png", "0" * 64))
        for number, picture in enumerate(drawing.screens)
    ]
    return conversation_of(screens, Hints())


def row(name: str, score: Score) -> str:
    return (
        f"| {name} | {score.messages} | {score.right_sender:.1%} | {score.invented} | "
        f"{score.letter_errors:.2%} |"
    )


if __name__ == "__main__":
    print("\n".join(screenshots()))
