"""From messages as a reader met them to a conversation: in order, numbered, with everybody who is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache

from throwline.conversation._message import Conversation, Message, Participant
from throwline.conversation.readers._reader import Facts
from throwline.language import Note

UNNUMBERED = 0
"""The number of a message until its conversation is put together."""
_LONG_AGO = datetime(1, 1, 1)


@lru_cache(maxsize=4096)
def person(
    name: str, identifier: str | None = None, is_owner: bool | None = None
) -> Participant | None:
    """The participant of that name, the same object for the same words; None where the export names nobody."""
    shown = name or identifier
    return Participant(shown, identifier or None, is_owner) if shown else None


def oldest_first(messages: Sequence[Message], *, newest_first: bool = False) -> list[Message]:
    """One list of an export in the order its messages were sent.

    A list that goes back in time is turned round; `newest_first` says what the format does where the times do not
    tell. Exact times then settle the rest. Clock times without a zone are not sorted by: they go back when a clock is
    set back.
    """
    times = [m.at for m in messages if m.at is not None]
    first, last = (_clock(times[0]), _clock(times[-1])) if times else (_LONG_AGO, _LONG_AGO)
    if first > last or (first == last and newest_first):
        messages = messages[::-1]
    return list(messages) if any(at.tzinfo is None for at in times) else by_time(messages)


def _clock(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def by_time(messages: Sequence[Message]) -> list[Message]:
    """Messages with exact times, sorted by them; one without a time stays behind its neighbour, equals in their order."""
    keyed: list[tuple[datetime, int]] = []
    last = _LONG_AGO.replace(tzinfo=UTC)
    for index, message in enumerate(messages):
        last = message.at or last
        keyed.append((last, index))
    keyed.sort()
    return [messages[index] for _, index in keyed]


def assembled(
    facts: Facts,
    platform: str,
    title: str,
    messages: Iterable[Message],
    *,
    listed: Iterable[Participant] = (),
    owner: Participant | None = None,
    thread: str | None = None,
    gaps: Iterable[Note] = (),
) -> Conversation:
    """A conversation of `messages`, which are in order.

    `listed` are the people whom the export names for it. `owner` is, as `listed` and `messages` have them, the one
    whose export it is, where that shows only from the whole of it.
    """
    sided = _sided(owner)
    told = numbered(messages if owner is None else _with_senders(messages, sided))
    people = dict.fromkeys(sided(p) for p in listed)
    people.update(dict.fromkeys(m.sender for m in told if m.sender is not None))
    return gathered(facts, platform, title, told, people, thread=thread, gaps=gaps)


def numbered(messages: Iterable[Message]) -> tuple[Message, ...]:
    """`messages` with the numbers 1, 2, 3, …"""
    return tuple(m if m.number == n else replace(m, number=n) for n, m in enumerate(messages, 1))


def gathered(
    facts: Facts,
    platform: str,
    title: str,
    messages: Sequence[Message],
    people: Iterable[Participant],
    *,
    thread: str | None,
    gaps: Iterable[Note],
) -> Conversation:
    """A conversation of `messages`, which are in order and numbered, between `people`."""
    participants = tuple(people)
    return Conversation(
        identifier="",
        platform=platform,
        title=title or ", ".join(p.name for p in participants if not p.is_owner) or facts.title,
        participants=participants,
        messages=messages,
        thread=thread,
        gaps=(*facts.leaves_out, *gaps),
    )


def _with_senders(
    messages: Iterable[Message], sided: Callable[[Participant], Participant]
) -> Iterator[Message]:
    return (replace(m, sender=sided(m.sender)) if m.sender else m for m in messages)


def _sided(owner: Participant | None) -> Callable[[Participant], Participant]:
    """What makes of somebody the owner or the other side; where there is no `owner`, it changes nothing."""
    if owner is None:
        return lambda somebody: somebody
    return cache(lambda somebody: replace(somebody, is_owner=somebody == owner))
