"""A message as it reads, and where each letter of that stands in the message as it was written.

Hidden letters are left out; full-width and styled letters become plain ones. The message itself is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = (
    r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u20e3"
)
_STYLED = (
    r"\u00a0\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2000-\u200a\u2010-\u2015\u202f\u2212\u2460-\u24ff\u2070-\u209f"
    r"\u2100-\u214f\ufe50-\ufe6f\uff01-\uffee\U0001d400-\U0001d7ff"
)
_IS_HIDDEN = re.compile(rf"[{_INVISIBLE}\ufe00-\ufe0f]")
_IS_DISGUISED = re.compile(f"[{_INVISIBLE}{_STYLED}]")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
    }
)


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` as it reads. `origins` holds, for each of its letters, the index in the original; None where both agree."""

    text: str
    origins: tuple[int, ...] | None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, which is not empty, stands in the original."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


def plain(text: str) -> Plain:
    """How a person reads `text`."""
    if text.isascii() or not is_disguised(text):
        return Plain(text, None)
    letters: list[str] = []
    origins: list[int] = []
    for index, letter in enumerate(text):
        if _IS_HIDDEN.match(letter):
            continue
        for reading in _reading(letter):
            letters.append(reading)
            origins.append(index)
    return Plain("".join(letters), tuple(origins))


def is_disguised(text: str) -> bool:
    """Whether some letters are hidden, or are other letters than they look."""
    return _IS_DISGUISED.search(text) is not None


def _reading(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return unicodedata.normalize("NFKC", letter.translate(_PLAIN))
