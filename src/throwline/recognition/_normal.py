"""A second copy of a message's text that rules can read, with the way back to the original.

Folds what people and filters do to words (case, accents, width, zero-width characters, look-alike letters of other
scripts, digits for letters, letters spaced out) and keeps, for every folded character, the index of the original
character it came from, so that a span found in the folded text can be cited in the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_LOOKALIKES = str.maketrans(
    # Cyrillic and Greek letters that are drawn like Latin ones (Unicode confusables.txt, single-letter subset).
    "аеорсухкмтвнігјѕԁһӏԛԝαεορυικντχβηρ",
    "aeopcyxkmtbhirjsdhlqwaeopuikvtxbnp",
)
_DIGIT_LETTERS = str.maketrans("013457@$!", "oieastasi")
_MIXED = re.compile(r"[a-z][013457@$!]+[a-z]|(?<![a-z0-9])[013457]+[a-z]{2}")
_DIGIT = re.compile(r"[013457@$!]")
_WRITTEN_TOGETHER = re.compile(r"[a-z0-9@$!]+")
_OTHER_DIGIT = re.compile(r"[2689]")
_ENOUGH_LEET = 3
_UNIT = re.compile(r"^\d+(?:k|st|nd|rd|th|am|pm|h|s|m|min|usd|gb|x|d|cm|kg|km)$")
_NUMBER = re.compile(r"\d{2,}")
_LETTER_ALONE = re.compile(r"[ .\-_*][a-z][ .\-_*]")
_SPACED = re.compile(r"\b(?:[a-z][ .\-_*]){3,}[a-z]\b")
_INVISIBLE = frozenset({"Cf", "Mn", "Me"})


class Normal(NamedTuple):
    """Folded text. `offsets[i]` is the index in the original of folded character i; None: the same index."""

    text: str
    offsets: list[int] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that folded characters start to end (exclusive) came from."""
        if self.offsets is None or start >= end:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def normal(text: str) -> Normal:
    """Fold `text`. Plain ASCII without tricks costs one lower-casing."""
    folded = Normal(text.lower()) if text.isascii() else _folded(text)
    if _LETTER_ALONE.search(folded.text) and _SPACED.search(folded.text):
        folded = _joined(folded)
    return _letters_for_digits(folded)


def _folded(text: str) -> Normal:
    characters: list[str] = []
    offsets: list[int] = []
    for index, original in enumerate(text):
        for character in _fold(original):
            characters.append(character)
            offsets.append(index)
    return Normal(_latin("".join(characters)), offsets)


@lru_cache(4096)
def _fold(original: str) -> str:
    """What one character becomes: several, one or none."""
    return "".join(
        _PUNCTUATION.get(character, character)
        for character in unicodedata.normalize("NFKD", original).casefold()
        if unicodedata.category(character) not in _INVISIBLE
    )


_PUNCTUATION = {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
_WORD = re.compile(r"\w+")
_LATIN = re.compile("[a-z]")


def _latin(text: str) -> str:
    """Look-alike letters become Latin in words that also hold Latin letters, and, in a text that does, in words made
    of look-alikes alone. Other words of other scripts stay as they are."""
    if not any("\u0370" <= c <= "\u052f" for c in text) or not _LATIN.search(text):
        return text

    def folded(match: re.Match[str]) -> str:
        word = match.group()
        latin = word.translate(_LOOKALIKES)
        return latin if latin.isascii() or _LATIN.search(word) else word

    return _WORD.sub(folded, text)


def _joined(folded: Normal) -> Normal:
    """s.p.a.c.e.d o.u.t words written together."""
    characters: list[str] = []
    offsets: list[int] = []
    last = 0
    known = folded.offsets
    for match in _SPACED.finditer(folded.text):
        for start, end, step in ((last, match.start(), 1), (match.start(), match.end(), 2)):
            for index in range(start, end, step):
                characters.append(folded.text[index])
                offsets.append(index if known is None else known[index])
        last = match.end()
    for index in range(last, len(folded.text)):
        characters.append(folded.text[index])
        offsets.append(index if known is None else known[index])
    return Normal("".join(characters), offsets)


def _letters_for_digits(folded: Normal) -> Normal:
    # Looked for at single places first: a pattern for whole words would take quadratic time on a very long one.
    if _DIGIT.search(folded.text) is None or _MIXED.search(folded.text) is None:
        return folded
    written = [match.group() for match in _WRITTEN_TOGETHER.finditer(folded.text)]
    # Where much is written so, "15" and "57uff" are words too; else digits side by side are a number.
    everywhere = 3 * sum(map(_mixes, written)) > len(written) >= _ENOUGH_LEET

    def letters(match: re.Match[str]) -> str:
        word = match.group()
        if _is_leet(word) or (everywhere and not _OTHER_DIGIT.search(word)):
            return word.translate(_DIGIT_LETTERS)
        return word

    return Normal(_WRITTEN_TOGETHER.sub(letters, folded.text), folded.offsets)


def _is_leet(word: str) -> bool:
    return _MIXED.search(word) is not None and not (_NUMBER.search(word) or _UNIT.search(word))


def _mixes(word: str) -> bool:
    """Whether letters and digits drawn like letters stand in one word, and it is no quantity."""
    return (
        _DIGIT.search(word) is not None
        and _LATIN.search(word) is not None
        and not (_OTHER_DIGIT.search(word) or _UNIT.search(word))
    )
