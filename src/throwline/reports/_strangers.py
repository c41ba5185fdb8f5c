"""Strangers' words, made safe to stand among ours: they can hold anything a keyboard or a program can send."""

from __future__ import annotations

import re
import unicodedata

from throwline.language import said, spoken

_LONGEST_NAME = 200
"""Characters. What is said in the middle of a sentence is no longer than this."""
_ISOLATE, _END = "\u2068", "\u2069"
# Control characters could steer a terminal; lone surrogates cannot be written to a file; the directional overrides
# can make a line read otherwise than it was written. Line ends and tabs are meant.
_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066\u2067\ud800-\udfff\ufffe\uffff]"
)
_RIGHT_TO_LEFT = ("R", "AL", "AN")


def harmless(text: str) -> str:
    """`text` with every character that steers a display instead of being shown written out, as ⟨U+202E⟩."""
    return _STEERING.sub(written_out, text.replace("\r\n", "\n"))


def inline(text: str) -> str:
    """`text` fit to stand in the middle of one of our sentences: on one line, at most 200 characters, and in a
    directional isolate of its own where it or the sentence runs from right to left (Unicode Standard Annex 9)."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_NAME:
        line = line[: _LONGEST_NAME - 1] + "…"
    line = harmless(line.replace(_ISOLATE, "").replace(_END, ""))
    if spoken().direction == "rtl" or any(
        unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in line
    ):
        return f"{_ISOLATE}{line}{_END}"
    return line


def noted(note: str) -> str:
    """A sentence that a reader left with what it read, on one line, with the strangers' words in it fit to stand there."""
    return harmless(said(note, inline)).replace("\n", " ")


def shortened(text: str, longest: int) -> str:
    """`text` on one line, cut between words where it is longer than `longest` characters."""
    line = " ".join(text[: 4 * longest].split())
    if len(line) <= longest and len(text) <= 4 * longest:
        return inline(line)
    return inline(f"{line[: longest - 1].rsplit(' ', 1)[0]}…")


def written_out(match: re.Match[str]) -> str:
    """One character by its number: ⟨U+202E⟩."""
    return f"⟨U+{ord(match[0]):04X}⟩"
