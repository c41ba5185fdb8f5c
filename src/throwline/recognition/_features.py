"""What the act model reads of a message. Training and recognition use these functions, so that both see the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

PIECE = 120
"""Words that are read together: a longer message is read in pieces of so many, each judged by itself."""
BUCKETS = 1 << 14
"""Parts of words share this many rows, by their CRC-32."""
_WINDOW = 6
_KEPT_WORDS = 14
_LONGEST_WORD = 20
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[$€£₱₹₦]|[!?]|[^\w\s.,;:()\-'\"/]")


@dataclass(frozen=True, slots=True)
class Said:
    """The last words of an earlier message, and who said them."""

    sender: str | None
    words: tuple[str, ...]


def words(text: str) -> list[str]:
    """The words of a folded text in order. A number is as many "#" as it has digits, at most five."""
    found = _WORD.findall(text)
    return [
        word[:_LONGEST_WORD] if not word[0].isdigit() else "#" * min(len(word), 5) for word in found
    ]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where each of `words` stands in the folded text."""
    return [match.span() for match in _WORD.finditer(text)]


def parts(word: str) -> list[int]:
    """The rows of the three to five letters long parts of a word, its edges marked."""
    marked = f"<{word}>"
    return [
        crc32(marked[start : start + size].encode("utf-8", "replace")) % BUCKETS
        for size in (3, 4, 5)
        if len(marked) > size
        for start in range(len(marked) - size + 1)
    ]


def remembered(
    before: tuple[Said, ...], sender: str | None, said: Sequence[str]
) -> tuple[Said, ...]:
    """What the messages after this one will be read in the light of: its last words and the five messages before."""
    return (*before[1 - _WINDOW :], Said(sender, tuple(said[-_KEPT_WORDS:])))


def context(
    before: tuple[Said, ...], sender: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the sender's last two messages, and of the last message by anybody else."""
    own = [said.words for said in before if said.sender == sender][-2:]
    other = next((said.words for said in reversed(before) if said.sender != sender), ())
    return tuple(word for group in own for word in group), other


def marks(before: tuple[Said, ...], sender: str | None, length: int, has_media: bool) -> list[str]:
    """Signs beside the words: how long the message is, whether something is attached, whether it opens a talk."""
    found = [f"length {min(length // 4, 8)}"]
    if has_media:
        found.append("media")
    if not any(said.sender == sender for said in before):
        found.append("first of sender")
    return found
