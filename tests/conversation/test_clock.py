from __future__ import annotations

import tomllib
from datetime import time
from importlib.resources import files

import pytest

from throwline.conversation import readers
from throwline.conversation.readers._clock import clock_time

PARTS = tomllib.loads(files(readers).joinpath("day_parts.toml").read_text("utf-8"))
EXAMPLES = [pair for part in PARTS.values() for pair in part["examples"].items()]


@pytest.mark.parametrize(("written", "clock"), EXAMPLES)
def test_the_examples_of_the_data(written: str, clock: str) -> None:
    assert clock_time(written) == time.fromisoformat(clock)


@pytest.mark.parametrize("part", PARTS)
def test_every_word_is_known(part: str) -> None:
    hours = {"before_noon": 9, "after_noon": 21, "midday": 21, "nothing": 9}
    for word in PARTS[part]["words"]:
        assert clock_time(f"9:05 {word}") == time(hours[part], 5), word
        assert clock_time(f"{word.upper()} 9:05") == time(hours[part], 5), word


def test_no_word_means_two_things() -> None:
    everything = [word.casefold() for part in PARTS.values() for word in part["words"]]
    assert len(everything) == len(set(everything))


@pytest.mark.parametrize(
    "written", ["9:05 xyzzy", "9:05 am pm", "25:00", "9:61", "9", "", "1:2:3:4"]
)
def test_what_leaves_the_hour_open_is_no_time(written: str) -> None:
    assert clock_time(written) is None


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("00:30 p. m.", time(12, 30)),
        ("21:05 PM", time(21, 5)),
        ("21:05 xyzzy", time(21, 5)),
        ("00:08 a. m.", time(0, 8)),
    ],
)
def test_hours_that_no_twelve_hour_clock_shows(written: str, clock: time) -> None:
    assert clock_time(written) == clock
