"""A line of text that several recognisers of words have read, such as Tesseract in several languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from statistics import mean

from throwline.conversation import Rectangle
from throwline.screenshots._screen import Text
from throwline.screenshots._times import is_clock

Words = Sequence[tuple[str, float]]
"""Of a line, from left to right, each with how sure the recogniser is of it, 0 to 1."""

_LEAST = 0.3
"""Below this confidence a whole line or a letter that stands alone is a portrait, a tick or an emoji more often than
writing. Words in a line stay however badly they were read: who corrects it sees that something stands there."""
_SURE = 0.8
"""What stands behind a time and was read with less confidence are ticks."""
_TICKED = re.compile(r"(\d{1,2}[:.]\d\d)\D?.{0,2}")
_KNOWN = 0.1
"""A recogniser that does not know a letter reads a plainer one in its place, just as sure. So letters that not all
know speak for a reading as much as this confidence does, and letters that are plainly not there against it."""
_FIRST = 0.01
"""The language of the first recogniser is the likeliest."""
_MARKS = frozenset("?!$€£")
_RARE = frozenset("@_")
_TWO_DOTS = "\N{COMBINING DIAERESIS}"


def line_of(readings: Sequence[Words], dotted: int, area: Rectangle) -> Text | None:
    """The line as the most credible reading has it; None where there is nothing to be read.

    `dotted` is how many letters in the picture have two dots over them.
    """
    kept = [_kept(reading) for reading in readings]
    words = max(
        kept,
        key=lambda words: _credit(words, dotted) + _FIRST * (words is kept[0]),
        default=(),
    )
    if not words:
        return None
    return Text(" ".join(text for text, _ in words), min(sure for _, sure in words), area)


def _kept(reading: Words) -> Words:
    """What of a reading is writing; nothing where most of it is not."""
    # No chat has an upright bar for a word; Tesseract takes a capital I for one.
    words = [("I" if text == "|" else text, sure) for text, sure in reading]
    kept = _without_ticks([(text, sure) for text, sure in words if _is_writing(text, sure)])
    return kept if kept and _sureness(kept) >= _LEAST else ()


def _is_writing(word: str, confidence: float) -> bool:
    is_readable = any(c.isalnum() or c in _MARKS for c in word)
    return is_readable and (len(word) > 1 or confidence >= _LEAST)


def _sureness(words: Words) -> float:
    return mean(confidence for _, confidence in words)


def _credit(words: Words, dotted: int) -> float:
    """How far the reading can be believed, where 1 is a plain one of which the recogniser is sure."""
    if not words:
        return 0.0
    letters = unicodedata.normalize("NFD", "".join(text for text, _ in words))
    is_rare = any(unicodedata.combining(c) or c in _RARE for c in letters)
    wrong = abs(letters.count(_TWO_DOTS) - dotted)
    return _sureness(words) + _KNOWN * (is_rare - wrong)


def _without_ticks(words: Words) -> Words:
    """The words without the ticks behind a time, which are read as all sorts of letters."""
    if not words:
        return words
    *before, (text, confidence) = words
    if confidence >= _SURE:
        return words
    if is_clock(" ".join(word for word, _ in before)):
        return before
    ticked = _TICKED.fullmatch(text)
    return [*before, (ticked[1], confidence)] if ticked else words
