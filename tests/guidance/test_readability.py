"""The first hour is read by somebody in fear: short sentences, plain words, no blame."""

from __future__ import annotations

import re

import pytest

from tests.guidance.readability import grade, syllables
from throwline.guidance._steps import Step, places

TELLINGS = [telling.step for tellings in places() for telling in tellings]
FIRST_HOUR = [step for step in TELLINGS if step.first_hour]

# Words that blame, frighten or push. Sources: the wording advice of Chayn, of the NSPCC's user tests of Report Remove
# (William Joseph) and of Content Design London.
BLAME = [
    r"you shared",
    r"never send nudes",
    r"\bnudes?\b",
    r"\bvictims?\b",
    r"child porn",
    r"revenge porn",
    r"\badmit",
    r"\bmistakes?\b",
    r"risky",
    r"\bfail(?:ed|ure)?\b",
    r"\binvalid\b",
    r"\byou must\b",
    r"report yourself",
    r"don't worry",
    r"do not worry",
    r"should have",
    r"should not have",
    r"\bstupid\b",
    r"\bfoolish\b",
    r"\bashamed\b",
    r"why did you",
    r"\bperpetrator\b",
    r"!",
]
SHOUTED = re.compile(r"\b[A-Z]{3,}\b")
NAMES_IN_CAPITALS = {"PIN", "NCII"}


def _texts(step: Step) -> list[str]:
    texts = [step.title, *step.do, step.why, *(words.text for words in step.words)]
    return texts if step.differ is None else [*texts, step.differ]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("people", 2),
        ("message", 2),
        ("picture", 2),
        ("police", 2),
        ("asked", 1),
        ("wanted", 2),
        ("able", 2),
    ],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_tells_plain_from_hard() -> None:
    assert grade(["Do not pay.", "Save the words.", "Tell one person."]) < 2
    assert (
        grade(
            [
                "Individuals experiencing extortion should immediately communicate with appropriate authorities."
            ]
        )
        > 15
    )


@pytest.mark.parametrize("step", FIRST_HOUR, ids=lambda step: f"{step.id}/{step.telling}")
def test_what_to_do_in_the_first_hour_reads_at_grade_five(step: Step) -> None:
    assert grade([step.title, *step.do]) <= 5
    assert grade([step.why]) <= 7
    assert grade(_texts(step)) <= 5


@pytest.mark.parametrize("step", TELLINGS, ids=lambda step: f"{step.id}/{step.telling}")
def test_every_step_reads_at_grade_seven(step: Step) -> None:
    assert grade(_texts(step)) <= 7


@pytest.mark.parametrize("step", TELLINGS, ids=lambda step: f"{step.id}/{step.telling}")
def test_no_sentence_runs_on(step: Step) -> None:
    for text in step.do:
        for sentence in re.split(r"(?<=[.?:])\s", text):
            assert len(sentence.split()) <= 22, sentence


@pytest.mark.parametrize("step", TELLINGS, ids=lambda step: f"{step.id}/{step.telling}")
def test_no_word_blames_or_shouts(step: Step) -> None:
    for text in _texts(step):
        for pattern in BLAME:
            assert not re.search(pattern, text, re.IGNORECASE), (pattern, text)
        assert not set(SHOUTED.findall(text)) - NAMES_IN_CAPITALS, text
