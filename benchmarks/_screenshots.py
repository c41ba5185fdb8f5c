"""Drawn screenshots of six apps, read: who said what, and how well the letters were read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import product

from tests.screenshots.drawing import APPS, LANGUAGES, Drawn, Score, drawn, missing_fonts, scored

from throwline.conversation import Hints, Source
from throwline.screenshot_reader import screen_from
from throwline.screenshots import conversation_of

WIDTHS = (720, 1080, 1440)
NONE = Score(0, 0, 0, 0, 0)


def screenshots(seed: int = 1000) -> list[str]:
    """Conversations that nothing was tuned on: every app, light and dark, at three sizes, the languages in turn."""
    if missing_fonts():
        return ["## Screenshots", "Not measured: fonts are missing (tools/system.sh fonts).", ""]
    by_app: dict[str, Score] = dict.fromkeys(APPS, NONE)
    by_language: dict[str, Score] = dict.fromkeys(LANGUAGES, NONE)
    images, seconds = 0, 0.0
    for app, language, drawing in drawings(seed):
        started = time.process_time()
        score = scored(drawing, read(drawing))
        seconds += time.process_time() - started
        images += len(drawing.screens)
        by_app[app] += score
        by_language[language] += score
    total = sum(by_app.values(), NONE)
    return [
        "## Screenshots",
        f"{images} screenshots of {len(APPS) * 2 * len(WIDTHS)} conversations, drawn by tests/screenshots/drawing and "
        "held out from tuning; overlapping where they follow one another. A message counts as right where it is read "
        "once and under the right sender; one that is not there counts as wrong. Emoji are not read and not counted.",
        "",
        "| | messages | right sender | invented | letter errors |",
        "|---|---|---|---|---|",
        *(row(name, score) for name, score in {**by_app, **by_language, "all": total}.items()),
        "",
        f"{seconds / images:.1f} CPU s an image.",
        "",
    ]


def drawings(seed: int) -> Iterator[tuple[str, str, Drawn]]:
    for number, (app, dark, width) in enumerate(product(APPS, (False, True), WIDTHS)):
        language = LANGUAGES[(number + seed) % len(LANGUAGES)]
        yield app, language, drawn(
            app, dark=dark, width=width, language=language, part="held_out", seed=seed + number
        )  # fmt: skip


def read(drawing: Drawn):
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
