"""The values of a whole conversation, each once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from throwline.conversation import Conversation, Kind, Message
from throwline.indicators._find import EARLIER, find
from throwline.indicators._indicator import Check, Hit, Indicator

_STRENGTH = list(Check)


def indicators(conversation: Conversation, *, region: str | None = None) -> tuple[Indicator, ...]:
    """Every value in the conversation, in order of first sight; the same value of the same kind is one.

    `region` (ISO 3166-1) says where phone numbers without a country belong. A message may be announced by the three
    before it, whoever wrote them.
    """
    seen: dict[tuple[str, str], list[tuple[Hit, Message]]] = {}
    earlier: deque[str] = deque(maxlen=EARLIER)
    for message in _told(conversation.messages):
        for hit in find(message.text, region=region, earlier=earlier):
            seen.setdefault((hit.kind, hit.value), []).append((hit, message))
        earlier.append(message.text)
    return tuple(map(_indicator, seen.values()))


def _told(messages: Iterable[Message]) -> Iterable[Message]:
    """What people wrote: a picture without words between a question and its answer does not count."""
    return (message for message in messages if message.text and message.kind is Kind.WRITTEN)


def _indicator(sights: list[tuple[Hit, Message]]) -> Indicator:
    first = sights[0][0]
    return Indicator(
        kind=first.kind,
        value=first.value,
        label=first.label,
        checked=min((hit.checked for hit, _ in sights), key=_STRENGTH.index),
        as_written=first.as_written,
        seen=tuple(dict.fromkeys(message.number for _, message in sights)),
        senders=tuple(dict.fromkeys(message.sender for _, message in sights)),
    )
