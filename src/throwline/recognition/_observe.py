"""What one message does, seen in the light of what went before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from throwline.conversation import Message
from throwline.recognition._acts import DEMANDS, EARLY_SIGNS, Act
from throwline.recognition._features import PIECE, context, marks, word_spans, words
from throwline.recognition._lexicon import Need, Phrase, lexicon
from throwline.recognition._model import model
from throwline.recognition._normal import Normal, normal
from throwline.recognition._scorecard import FOUND, HIGHEST, Levels, scorecard
from throwline.recognition._state import CitedAct, State

_COERCION = frozenset({Act.CLAIM_MATERIAL, Act.THREAT_SHARE, Act.HACKED_CLAIM})
_FULFILLED = frozenset({Act.PAY, Act.COMPLY})
_AFFECTION = re.compile(
    r"\b(?:baby|babe|my love|honey|darling|sweetheart|my dear|i love you|my queen|my king)\b"
)
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
_NEVER = -(1 << 30)
"""A negated threshold that nothing reaches."""
_QUOTED = re.compile(r'"[^"]{8,}"|^>', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Observed:
    """A message read: its folded text and words, the acts found in it, and the sender's levels after it. `warns` says
    whether one of the acts is an early sign that is clear enough for a quiet word."""

    text: Normal
    said: list[str]
    acts: list[CitedAct]
    levels: Levels | None
    warns: bool


def told(text: Normal) -> bool:
    """Whether the message tells about somebody else's threat instead of making one."""
    return _TOLD_CUE.search(text.text) is not None and _TOLD.search(text.text) is not None


def quoted(text: Normal) -> bool:
    """Whether the message quotes at length."""
    return _QUOTED.search(text.text) is not None


def observe(message: Message, state: State) -> Observed:
    """Read `message`. Pure."""
    text = normal(message.text)
    said = words(text.text)
    sender = None if message.sender is None else message.sender.name
    phrases = lexicon().find(text)
    cited: dict[Act, CitedAct] = {}
    for phrase in _supported(phrases, sender, state, text) if phrases else ():
        span = text.original_span(phrase.start, phrase.end)
        for act in (phrase.entry.act, *phrase.entry.also):
            cited.setdefault(act, CitedAct(message.number, act, sender, span, phrase.entry.id))
    pieces = _pieces(message, said, phrases, state, sender)
    spelled = frozenset(cited)
    warns = not spelled.isdisjoint(EARLY_SIGNS)
    for start, row in pieces:
        if model().layout.any_reaches(row, _thresholds().gate):
            strengths = model().layout.fields(row)
            for act, head, least in _thresholds().acts:
                if strengths[head] >= least and act not in cited:
                    span = text.original_span(*_where(text.text, said, start, act))
                    cited[act] = CitedAct(message.number, act, sender, span, f"model:{act}")
            warns = warns or any(strengths[head] >= least for head, least in _thresholds().warning)
    levels = _raised(state.levels_of(sender), [row for _, row in pieces], spelled)
    return Observed(text, said, list(cited.values()), levels, warns)


def _pieces(
    message: Message, said: list[str], phrases: list[Phrase], state: State, sender: str | None
) -> list[tuple[int, int]]:
    """What the model says of each piece of the message, with the piece's first word."""
    own, other = context(state.before, sender)
    signs = marks(state.before, sender, len(said), has_media=bool(message.attachments))
    signs += [f"lexicon {p.entry.act}" for p in phrases if p.entry.needs is None]
    read = model().read
    if len(said) <= PIECE:
        return [(0, read(said, own, other, signs))]
    return [
        (start, read(said[start : start + PIECE], own, other, signs))
        for start in range(0, len(said), PIECE)
    ]


def _raised(levels: Levels, rows: Sequence[int], spelled: frozenset[Act]) -> Levels | None:
    """The levels after a message with these acts in a lexicon's words, or None where nothing rose."""
    layout, unit = model().layout, model().unit
    gate = _levels_gate(levels.again)
    heads = [head for head, name in enumerate(model().heads) if name in spelled] if spelled else []
    if not (
        any(layout.any_reaches(row, gate) for row in rows)
        or any(levels.again[head] < FOUND for head in heads)
    ):
        return None
    highest = layout.fields(rows[0])
    for row in rows[1:]:
        highest = list(map(max, highest, layout.fields(row)))
    of_message = [min(HIGHEST, max(0, 2 * strength // unit + 5)) for strength in highest]
    for head in heads:
        of_message[head] = max(FOUND, of_message[head])
    return levels.with_message(of_message)


@lru_cache(4096)
def _levels_gate(again: bytes) -> int:
    """A row that lets through what would rise above these levels; level k is reached at (k - 5) / 2 logits."""
    unit = model().unit
    return model().layout.pack(
        -((level - 4) * unit // 2) if level < HIGHEST else _NEVER for level in again
    )


class _Thresholds(NamedTuple):
    """What the model must say for an act to count (the act, its head, the least), and for an early sign to warn."""

    acts: tuple[tuple[Act, int, int], ...]
    warning: tuple[tuple[int, int], ...]
    gate: int


@cache
def _thresholds() -> _Thresholds:
    heads, unit, card = model().heads, model().unit, scorecard()
    acts = tuple((act, heads.index(act), round(t * unit)) for act, t in card.acts.items())
    warning = tuple((heads.index(act), round(t * unit)) for act, t in card.warning.items())
    least = dict.fromkeys(range(len(heads)), -_NEVER)
    for head, threshold in (*((head, t) for _, head, t in acts), *warning):
        least[head] = min(least[head], threshold)
    return _Thresholds(acts, warning, model().layout.pack(-t for t in least.values()))


def _where(text: str, said: list[str], start: int, act: Act) -> tuple[int, int]:
    """The run of words, of the piece that begins with word `start`, that speaks most for `act`; all where none does."""
    spans = word_spans(text)[start : start + PIECE]
    if not spans:
        return 0, len(text)
    weights = [model().weight(word, act) for word in said[start : start + PIECE]]
    best, first, total, begin = 0, (0, len(spans)), 0, 0
    for index, weight in enumerate(weights):
        if total <= 0:
            total, begin = 0, index
        total += weight
        if total > best:
            best, first = total, (begin, index + 1)
    return spans[first[0]][0], spans[first[1] - 1][1]


def _supported(
    phrases: list[Phrase], sender: str | None, state: State, text: Normal
) -> list[Phrase]:
    """Without the phrases that mean nothing by themselves and have nothing to lean on."""
    mine = set(state.of(sender))
    for phrase in phrases:
        if phrase.entry.needs is None:
            mine.update((phrase.entry.act, *phrase.entry.also))
    theirs = state.by_others(sender)
    held: dict[Need, bool] = {
        Need.COERCION: not mine.isdisjoint(_COERCION),
        Need.DEMANDED: not theirs.isdisjoint(DEMANDS),
        Need.PAID: not theirs.isdisjoint(_FULFILLED) and not mine.isdisjoint(DEMANDS),
        Need.HACKED: Act.HACKED_CLAIM in mine,
        Need.AFFECTION: _AFFECTION.search(text.text) is not None,
    }
    demanding = not mine.isdisjoint(DEMANDS) or any(
        p.entry.act in DEMANDS and p.entry.needs is not None and held.get(p.entry.needs, False)
        for p in phrases
    )
    held[Need.DEMAND] = demanding
    return [p for p in phrases if p.entry.needs is None or held[p.entry.needs]]
