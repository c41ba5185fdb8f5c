"""How hard a text is to read: the Flesch-Kincaid grade.

The formula is that of Kincaid, Fishburne, Rogers and Chissom, Derivation of New Readability Formulas for Navy Enlisted
Personnel (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59. Syllables are counted by groups of vowels, with
silent endings left out, as most tools do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$")


def syllables(word: str) -> int:
    """At least one."""
    word = word.lower()
    count = len(_VOWELS.findall(word))
    if count > 1 and _SILENT.search(word):
        count -= 1
    return max(count, 1)


def grade(sentences: Iterable[str]) -> float:
    """The school grade of a text given as sentences, or as strings of several sentences."""
    texts = [text for text in sentences if _WORD.search(text)]
    words = [word for text in texts for word in _WORD.findall(text)]
    ends = sum(max(1, len(_SENTENCE_END.findall(text))) for text in texts)
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / ends + 11.8 * spoken / len(words) - 15.59
