"""What a text says by itself, before anything is known of the conversation.

Most of the work of recognising lies here, and none of it depends on what was said before: it can be done ahead, in
another process (see `recognise`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from throwline.recognition._features import pieces, words
from throwline.recognition._lexicon import Phrase, lexicon
from throwline.recognition._model import Nearby, model
from throwline.recognition._normal import Normal, normal

# Somebody telling about a threat speaks of a third person, and of their own pictures.
_TOLD = re.compile(
    r"\b(?:he|she|they|someone|somebody|this (?:guy|girl|person|account|man|woman)|"
    r"the (?:guy|scammer|person)|scammers?|blackmailers?|who)\b[^.!?\n]{0,60}?"
    r"\b(?:threaten\w*|blackmail\w*|extort\w*|(?:will|would|to|gonna) (?:send|post|leak|share|show|release)|"
    r"wants? (?:money|\$|\d|me to pay)|asking (?:me )?for (?:money|\$|\d))"
    r"|\b(?:threatened|blackmailed|extorted|blackmailing me|threatening me)\b"
    r"|\b(?:send|post|leak|share|show|release)\w* (?:all )?(?:my|our) (?:\w+ )?"
    r"(?:pics?|pictures?|photos?|vids?|videos?|nudes?|images?)\b"
)
# One of these stands in whatever _TOLD can match; looking for a few literals first is much faster.
_TOLD_CUE = re.compile(r"threat|blackmail|extort|send|post|leak|share|show|release|want|asking")


class Heard(NamedTuple):
    """A text read: its folded form, how many words it has, how many of those made of letters the model has and has not
    learned from, the lexicons' phrases in it, what the model hears in each piece of it (packed rows), what it says for
    the messages after it, and whether it tells about somebody else's threat instead of making one."""

    text: Normal
    length: int
    known: int
    unknown: int
    phrases: list[Phrase]
    rows: list[int]
    nearby: Nearby
    is_told: bool


def hear(text: str) -> Heard:
    """Read one text. Pure."""
    folded = normal(text)
    said = words(folded.text)
    known, unknown = model().known(said)
    phrases = lexicon().phrases(folded.text, said)
    rows = []
    for piece in pieces(said):
        row, nearby = model().hear(piece)
        rows.append(row)
    return Heard(folded, len(said), known, unknown, phrases, rows, nearby, _told(folded.text))


def hear_all(texts: Iterable[str]) -> list[Heard]:
    """Each of them read."""
    return [hear(text) for text in texts]


def _told(text: str) -> bool:
    return _TOLD_CUE.search(text) is not None and _TOLD.search(text) is not None
