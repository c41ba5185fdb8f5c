"""From acts to a verdict: a rule that can be read, so that every alarm can be explained.

The alarm is raised at the first message after which one and the same sender, speaking for themselves, has

- threatened to share intimate material, and holds it, names who would see it, presses, or asks a price; or
- claimed to hold it (or to have hacked a device) and asked a price under pressure.

Nothing is required to come first, and nothing is averaged over the conversation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from throwline.conversation import Conversation, Message
from throwline.recognition._acts import DEMANDS, EARLY_SIGNS, Act, Pattern, Speaker
from throwline.recognition._observe import observe, quoted, told
from throwline.recognition._state import Alarm, CitedAct, Seen, State

_HOLDING = frozenset({Act.CLAIM_MATERIAL, Act.HACKED_CLAIM})
_FORCE = DEMANDS | {Act.NAME_AUDIENCE, Act.DEADLINE, Act.PRESSURE, Act.ISOLATE}
_THREATENING = _HOLDING | _FORCE | {Act.THREAT_SHARE}
_CITED_AT_MOST = 500
"""Of one act by one sender. A chat of a million messages must not fill memory with citations that nobody reads."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was recognised in one conversation. Every statement is cited: `acts` names messages and spans. `uncited`
    counts the acts beyond the first 500 of the same kind by the same sender, which are not listed."""

    conversation: str
    alarm: Alarm | None
    warning_at: int | None
    pattern: Pattern
    speaker: Speaker
    acts: tuple[CitedAct, ...]
    uncited: int = 0

    @property
    def offender(self) -> str | None:
        """Who does it, where that is known."""
        return None if self.alarm is None else self.alarm.offender

    def has(self, *acts: Act) -> bool:
        """Whether any of `acts` was found."""
        return any(cited.act in acts for cited in self.acts)


def step(state: State, message: Message) -> tuple[State, list[CitedAct]]:
    """One message further: the new state and the acts found in the message. Pure."""
    acts, text = observe(message, state)
    if told(text):
        acts = [cited for cited in acts if cited.act not in _THREATENING]
        state = replace(state, told_at=state.told_at or message.number)
    if not acts:
        return state, acts
    if quoted(text) and any(cited.act in _THREATENING for cited in acts):
        acts = [cited for cited in acts if cited.act not in _THREATENING]
        state = replace(state, quoted_at=state.quoted_at or message.number)
    state = state.with_acts(acts)
    sender = None if message.sender is None else message.sender.name
    if state.warning_at is None and any(cited.act in EARLY_SIGNS for cited in acts):
        state = replace(state, warning_at=message.number)
    if state.alarm is None and _is_extortion(state.of(sender)):
        speaker = Speaker.UNKNOWN if sender is None else Speaker.OFFENDER_PRESENT
        state = replace(state, alarm=Alarm(message.number, sender, speaker))
    return state, acts


def _is_extortion(seen: Seen) -> bool:
    done = seen.keys()
    if Act.THREAT_SHARE in done and not done.isdisjoint(_HOLDING | _FORCE):
        return True
    return not done.isdisjoint(_HOLDING) and not done.isdisjoint(DEMANDS)


def recognise(conversation: Conversation) -> Finding:
    """Read a whole conversation, message by message."""
    state = State()
    acts: list[CitedAct] = []
    counts: Counter[tuple[str | None, Act]] = Counter()
    for message in conversation.messages:
        state, found = step(state, message)
        for cited in found:
            counts[cited.sender, cited.act] += 1
            if counts[cited.sender, cited.act] <= _CITED_AT_MOST:
                acts.append(cited)
    return Finding(
        conversation=conversation.identifier,
        alarm=state.alarm,
        warning_at=state.warning_at,
        pattern=_pattern(state),
        speaker=_speaker(state),
        acts=tuple(acts),
        uncited=counts.total() - len(acts),
    )


def _pattern(state: State) -> Pattern:
    if state.alarm is None:
        return Pattern.NONE
    seen = state.of(state.alarm.offender)
    if Act.HACKED_CLAIM in seen:
        return Pattern.HACKED_CLAIM
    if Act.ROMANCE_MONEY in seen:
        return Pattern.ROMANCE
    demands = sorted((n, act) for act, n in seen.items() if act in DEMANDS)
    if not demands:
        return Pattern.FINANCIAL
    return {
        Act.DEMAND_IMAGES: Pattern.IMAGES,
        Act.DEMAND_OTHER: Pattern.OTHER_FAVOUR,
    }.get(demands[0][1], Pattern.FINANCIAL)


def _speaker(state: State) -> Speaker:
    if state.alarm is not None:
        return state.alarm.speaker
    if state.told_at is not None:
        return Speaker.TOLD_BY_VICTIM
    return Speaker.QUOTED if state.quoted_at is not None else Speaker.UNKNOWN
