"""Times and days as apps show them on a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from throwline.conversation import WrittenTimes, clock_time
from throwline.screenshots._words import bare, words

_CLOCK = r"\d{1,2}[:.h]\s?\d{2}(?:\s?[ap]\.?\s?m\b\.?)?"
# The two ticks behind a time are read as all sorts of signs.
_TICKS = r"(?:\s*[^\w\s]{1,3}|\s*[wvyuW√✓✔/\\]{1,3})?"
_ONLY = re.compile(rf"(?P<before>\D*?)(?P<clock>{_CLOCK}){_TICKS}", re.IGNORECASE)
_LAST = re.compile(rf"(?P<text>.*\S)\s+(?P<clock>{_CLOCK}){_TICKS}", re.IGNORECASE | re.DOTALL)
_ANY = re.compile(_CLOCK, re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_NUMBER = re.compile(r"\d+")


def is_clock(text: str) -> bool:
    """Whether `text` is a time of day and nothing else, but for the ticks behind it and a word such as "edited"."""
    return stamp_of(text) is not None


def stamp_of(text: str) -> str | None:
    """The time of day that `text` is, as it is written there."""
    found = _ONLY.fullmatch(text.strip())
    if found is None or not _is_time(found["clock"]):
        return None
    before = bare(found["before"])
    return found["clock"] if not before or before in words("edited") else None


def without_stamp(text: str) -> tuple[str, str | None]:
    """`text` without the time of day at its end, and that."""
    found = _LAST.fullmatch(text)
    if found is None or not _is_time(found["clock"]):
        return text, None
    return found["text"], found["clock"]


def _is_time(written: str) -> bool:
    return clock_time(written) is not None


@dataclass(frozen=True, slots=True)
class Day:
    """What a line between messages says of the time: `day` and `clock` as written there."""

    day: str | None
    clock: str | None


def day_of(text: str) -> Day | None:
    """The day, the time of day, or both, that `text` consists of; None where it says anything else."""
    clock = _ANY.search(text)
    if clock and not _is_time(clock[0]):
        clock = None
    rest = (
        (text[: clock.start()] + " " + text[clock.end() :]).strip(" ,·") if clock else text.strip()
    )
    day = _without_joints(rest)
    if day and not _is_day(day):
        return None
    return Day(day or None, clock[0] if clock else None) if day or clock else None


def _without_joints(text: str) -> str:
    """`text` without the word that leads to the time."""
    for joint in words("days", "joints"):
        last = text.rpartition(" ")
        if bare(last[2]) == joint:
            return last[0].strip(" ,")
    return "" if bare(text) in words("days", "joints") else text


def _is_day(text: str) -> bool:
    text = text.casefold()
    if bare(text) in words("days"):
        return True
    weekday = _WORD.match(text)
    without = text[weekday.end() :] if weekday and bare(weekday[0]) in words("days") else text
    return _is_date(text) or _is_date(without.strip(" ,."))


def _is_date(text: str) -> bool:
    """Whether it is a date, with a year or without, and nothing else."""
    dated = text if WrittenTimes.could_be(text) else f"{text} 2000"
    # At most the name of the month and the words that join it to day and year; day, month and year.
    few = len(_WORD.findall(text)) <= 3 and len(_NUMBER.findall(text)) <= 3
    return few and WrittenTimes.could_be(dated)
