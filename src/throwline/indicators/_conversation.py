"""The values of a whole conversation, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import tee

from throwline.conversation import Conversation, Kind, Message, Spread, batched
from throwline.indicators._find import EARLIER, find
from throwline.indicators._indicator import Check, Hit, Indicator

_STRENGTH = list(Check)


def indicators(
    conversation: Conversation, *, region: str | None = None, spread: Spread = map
) -> tuple[Indicator, ...]:
    """Every value in the conversation, in order of first sight; the same value of the same kind is one.

    `region` (ISO 3166-1) says where phone numbers without a country belong. A message may be announced by the three
    before it, whoever wrote them.
    """
    seen: dict[tuple[str, str], list[tuple[Hit, Message]]] = {}
    batches, ahead = tee(batched(_told(conversation.messages)))
    found = spread(partial(_found, region), _windows(ahead))
    for messages, hits in zip(batches, found, strict=True):
        for place, hit in hits:
            seen.setdefault((hit.kind, hit.value), []).append((hit, messages[place]))
    return tuple(map(_indicator, seen.values()))


def _windows(batches: Iterable[list[Message]]) -> Iterator[tuple[int, list[str]]]:
    """The texts of each batch behind the last ones of those before it, and how many of these there are."""
    earlier: list[str] = []
    for batch in batches:
        texts = [*earlier, *(message.text for message in batch)]
        yield len(earlier), texts
        earlier = texts[-EARLIER:]


def _found(region: str | None, window: tuple[int, list[str]]) -> list[tuple[int, Hit]]:
    """What the texts of a window hold, with the place of each in its batch."""
    first, texts = window
    return [
        (place - first, hit)
        for place in range(first, len(texts))
        for hit in find(texts[place], region=region, earlier=texts[max(0, place - EARLIER) : place])
    ]


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
