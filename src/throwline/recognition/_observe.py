"""What one message does, seen in the light of what went before."""

from __future__ import annotations

import re

from throwline.conversation import Message
from throwline.recognition._acts import DEMANDS, Act
from throwline.recognition._lexicon import Need, Phrase, lexicon
from throwline.recognition._normal import Normal, normal
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
_QUOTED = re.compile(r'"[^"]{8,}"|^>', re.MULTILINE)


def told(text: Normal) -> bool:
    """Whether the message tells about somebody else's threat instead of making one."""
    return _TOLD_CUE.search(text.text) is not None and _TOLD.search(text.text) is not None


def quoted(text: Normal) -> bool:
    """Whether the message quotes at length."""
    return _QUOTED.search(text.text) is not None


def observe(message: Message, state: State) -> tuple[list[CitedAct], Normal]:
    """The acts of `message`, and its folded text. Pure."""
    text = normal(message.text)
    phrases = lexicon().find(text)
    if not phrases:
        return [], text
    sender = None if message.sender is None else message.sender.name
    acts = _supported(phrases, sender, state, text)
    cited: dict[Act, CitedAct] = {}
    for phrase in acts:
        span = text.original_span(phrase.start, phrase.end)
        for act in (phrase.entry.act, *phrase.entry.also):
            cited.setdefault(act, CitedAct(message.number, act, sender, span, phrase.entry.id))
    return list(cited.values()), text


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
