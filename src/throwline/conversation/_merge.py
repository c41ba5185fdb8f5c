"""The same chat given twice: found by what was said when, and put together with every file it came from kept."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from throwline.conversation._message import Conversation, Kind, Message, Participant, Source
from throwline.language import Note

Said = tuple[str | None, datetime | None, str]
"""What makes two messages the same: who wrote it, when, and the text."""
_HEAD = 20
"""Of two exports that overlap, one begins within the other: so many first messages are looked for there."""
_FEWEST = 3
_MOSTLY = 0.5
_MOST_CANDIDATES = 20
_ENOUGH_TEXTS = 10
_NEARLY_ALL = 0.9
_SHOWN = 300
_NAMED = 5


def merged(conversations: Sequence[Conversation]) -> tuple[Conversation, ...]:
    """`conversations` with those put together that tell the same chat of one app, in the order of the first of each.

    They do where most of what one says in its overlap with the other stands in both, word for word, from the same
    people at the same times, and no thread identifier speaks against it; or where two phones, which may call the people
    by other names, tell it beyond doubt. Each message is then there once. What one file says differently about the same
    moment becomes a note; what files say nothing new are `Conversation.copies`.
    """
    if len(conversations) < 2:
        return tuple(conversations)
    once = _joined(_without_equals(conversations), _said, _together)
    whole = _joined(once, _heard, _from_both_sides)
    known = {id(conversation) for conversation in conversations}
    return tuple(c if id(c) in known else _with_gap(c) for c in whole)


def _joined(
    conversations: Sequence[Conversation],
    same: Callable[[Message], Hashable],
    together: Callable[[Conversation, Conversation], Conversation | None],
) -> list[Conversation]:
    """`conversations`, those put together that have a message in common by `same` and that `together` makes one of."""
    kept = dict(enumerate(conversations))
    moved: dict[int, int] = {}
    for first, second in _candidates(conversations, same):
        a, b = sorted((_now(moved, first), _now(moved, second)))
        one = together(kept[a], kept[b]) if a != b else None
        if one:
            kept[a] = one
            del kept[b]
            moved[b] = a
    joined = set(moved.values())
    return [_settled(c) if index in joined else c for index, c in kept.items()]


def _without_equals(conversations: Sequence[Conversation]) -> list[Conversation]:
    """Each conversation once; those that say exactly the same are copies of the first of them."""
    firsts: defaultdict[tuple[object, ...], list[Conversation]] = defaultdict(list)
    others: defaultdict[int, list[Conversation]] = defaultdict(list)
    for conversation in conversations:
        alike = firsts[_outline(conversation)]
        first = next((each for each in alike if _says_the_same(each, conversation)), None)
        if first is None:
            alike.append(conversation)
        else:
            others[id(first)].append(conversation)
    once = {id(first) for alike in firsts.values() for first in alike}
    return [_with_copies(c, others[id(c)]) for c in conversations if id(c) in once]


def _outline(conversation: Conversation) -> tuple[object, ...]:
    """What conversations that say the same have in common, quickly told."""
    messages = conversation.messages
    ends = [_said(message) for message in (*messages[:1], *messages[-1:])]
    return conversation.platform, conversation.thread, len(messages), *ends


def _says_the_same(a: Conversation, b: Conversation) -> bool:
    pairs = zip(a.messages, b.messages, strict=True)
    return bool(a.messages) and all(_said(x) == _said(y) for x, y in pairs)


def _with_copies(first: Conversation, others: list[Conversation]) -> Conversation:
    if not others:
        return first
    sources = dict.fromkeys(source for each in (first, *others) for source in each.sources)
    used = {message.source for message in first.messages}
    return replace(first, copies=tuple(source for source in sources if source not in used))


def _now(moved: dict[int, int], index: int) -> int:
    while index in moved:
        index = moved[index]
    return index


def _said(message: Message) -> Said:
    sender = message.sender
    return _who(sender), message.at, message.text


def _heard(message: Message) -> Hashable:
    """What a message has in common on both people's phones, which may call them by other names."""
    return message.at, message.text


def _who(sender: Participant | None) -> str | None:
    return (sender.identifier or sender.name) if sender else None


def _written(conversation: Conversation) -> Iterator[Message]:
    return (m for m in conversation.messages if m.kind is Kind.WRITTEN)


def _candidates(
    conversations: Sequence[Conversation], same: Callable[[Message], Hashable]
) -> list[tuple[int, int]]:
    """Pairs in which one conversation has something that the other begins with."""
    heads: defaultdict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for index, conversation in enumerate(conversations):
        for told in dict.fromkeys(map(same, islice(_written(conversation), _HEAD))):
            heads[conversation.platform, told].append(index)
    pairs: dict[tuple[int, int], None] = {}
    for index, conversation in enumerate(conversations):
        for message in _written(conversation):
            for other in heads.get((conversation.platform, same(message)), ())[:_MOST_CANDIDATES]:
                if other != index:
                    pairs[min(index, other), max(index, other)] = None
    return list(pairs)


def _together(a: Conversation, b: Conversation) -> Conversation | None:
    """Both as one conversation; None where they are two."""
    if a.thread and b.thread and a.thread != b.thread:
        return None
    pairs = _aligned(a.messages, b.messages, _said)
    if not _is_enough(a, b, pairs):
        return None
    return Conversation(
        identifier=a.identifier,
        platform=a.platform,
        title=a.title,
        participants=tuple(dict.fromkeys((*a.participants, *b.participants))),
        messages=tuple(_woven(a.messages, b.messages, pairs)),
        thread=a.thread or b.thread,
        gaps=tuple(dict.fromkeys((*a.gaps, *b.gaps))),
        copies=tuple(dict.fromkeys((*a.sources, *b.sources))),
    )


def _settled(conversation: Conversation) -> Conversation:
    """One that was put together, with its messages numbered and everybody in it once.

    That waits until all is together: of a chat given a thousand times, every message is touched but once.
    """
    known = _people(conversation.participants)
    messages = tuple(
        replace(m, number=n, sender=known[m.sender] if m.sender else None)
        for n, m in enumerate(conversation.messages, 1)
    )
    used = {message.source for message in messages}
    return replace(
        conversation,
        participants=tuple(dict.fromkeys(known.values())),
        messages=messages,
        copies=tuple(source for source in conversation.copies if source not in used),
    )


def _from_both_sides(a: Conversation, b: Conversation) -> Conversation | None:
    """Both as one conversation, where they are a chat of two people, exported from both phones; None where that is not
    beyond doubt."""
    pairs = _aligned(a.messages, b.messages, _heard)
    names = _same_people(a, b, pairs)
    if names is None:
        return None
    messages = [replace(m, sender=m.sender and names[m.sender]) for m in b.messages]
    renamed = replace(b, participants=a.participants, messages=messages, thread=a.thread)
    one = _together(a, renamed)
    if one is None:
        return None
    first, second = _label(a.sources[0]), _label(b.sources[0])
    gap = Note(
        "{first} and {second} were taken for one chat on two phones: the same words stand in them at the same times and "
        "in the same order.",
        first=first,
        second=second,
    )
    (one_there, one_here), (two_there, two_here) = names.items()
    called = Note(
        "People are named as in {first}; in {second}, “{one_there}” is “{one_here}” and “{two_there}” is “{two_here}”.",
        first=first,
        second=second,
        one_there=one_there.name,
        one_here=one_here.name,
        two_there=two_there.name,
        two_here=two_here.name,
    )
    return replace(one, gaps=(*one.gaps, gap, called))


def _same_people(
    a: Conversation, b: Conversation, pairs: list[tuple[int, int]]
) -> dict[Participant, Participant] | None:
    """Who in `a` each of the two people in `b` is; None where that is not beyond doubt.

    Beyond doubt are at least ten different texts at the same times and in the same order, some from each of the two,
    with next to nothing else said in between, always by the same two, whose identifiers do not differ.
    """
    told = [(a.messages[i], b.messages[j]) for i, j in pairs]
    told = [(x, y) for x, y in told if x.kind is y.kind is Kind.WRITTEN and x.at and x.text.strip()]
    names = dict.fromkeys((y.sender, x.sender) for x, y in told)
    found = {there: here for there, here in names if there and here}
    of_each = Counter(x.sender for x, _ in told)
    beyond_doubt = (
        len(names) == len(found) == len(set(found.values())) == 2
        and set(found) == set(b.participants)
        and set(found.values()) == set(a.participants)
        and len({x.text for x, _ in told}) >= _ENOUGH_TEXTS
        and min(of_each.values()) >= _FEWEST
        and all(_may_be(here, there) for there, here in found.items())
        and all(map(_nearly_all, zip(*pairs, strict=True)))
    )
    return found if beyond_doubt else None


def _may_be(here: Participant, there: Participant) -> bool:
    return not (here.identifier and there.identifier) or here.identifier == there.identifier


def _nearly_all(indices: Sequence[int]) -> bool:
    """Whether those are nearly all between the first and the last of them."""
    return len(indices) >= _NEARLY_ALL * (indices[-1] - indices[0] + 1)


def _aligned(
    a: Sequence[Message], b: Sequence[Message], same: Callable[[Message], Hashable]
) -> list[tuple[int, int]]:
    """Indices of the same messages in both, in the order of both."""
    places: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for index, message in enumerate(a):
        places[same(message)].append(index)
    pairs: list[tuple[int, int]] = []
    reached = 0
    for index, message in enumerate(b):
        there = places.get(same(message))
        while there and there[0] < reached:
            there.popleft()
        if there:
            pairs.append((there[0], index))
            reached = there.popleft() + 1
    return pairs


def _is_enough(a: Conversation, b: Conversation, pairs: list[tuple[int, int]]) -> bool:
    """Whether so much is the same that it is one chat. Where times are missing, one must hold the other whole."""
    written = [(i, j) for i, j in pairs if a.messages[i].kind is Kind.WRITTEN]
    if not written:
        return False
    shorter = min(len(a.messages), len(b.messages))
    if any(a.messages[i].at is None for i, _ in written):
        return len(pairs) == shorter
    (first_a, first_b), (last_a, last_b) = pairs[0], pairs[-1]
    overlap = max(last_a - first_a, last_b - first_b) + 1
    return len(written) >= min(_FEWEST, shorter) and len(pairs) >= _MOSTLY * overlap


def _people(everybody: Sequence[Participant]) -> dict[Participant, Participant]:
    """Everybody, as they are known best: whether it is the owner may be told in one place only."""
    best: dict[str | None, Participant] = {}
    for somebody in everybody:
        known = best.setdefault(_who(somebody), somebody)
        if known.is_owner is None and somebody.is_owner is not None:
            best[_who(somebody)] = replace(known, is_owner=somebody.is_owner)
    return {somebody: best[_who(somebody)] for somebody in everybody}


def _woven(
    a: Sequence[Message], b: Sequence[Message], pairs: list[tuple[int, int]]
) -> Iterator[Message]:
    """All messages of both, each once."""
    at_a = at_b = 0
    for i, j in pairs:
        yield from _between(a[at_a:i], b[at_b:j])
        yield _richer(a[i], b[j])[0]
        at_a, at_b = i + 1, j + 1
    yield from _between(a[at_a:], b[at_b:])


def _between(a: Sequence[Message], b: Sequence[Message]) -> Iterable[Message]:
    """What stands between two messages that are the same in both files."""
    if not a or not b:
        return a or b
    rest: defaultdict[tuple[str | None, datetime | None], deque[Message]] = defaultdict(deque)
    for message in b:
        rest[_who(message.sender), message.at].append(message)
    told = []
    for message in a:
        others = rest.get((_who(message.sender), message.at))
        told.append(_told_twice(message, others.popleft()) if others and message.at else message)
    left = [message for others in rest.values() for message in others]
    return _by_time([*told, *left])


def _by_time(messages: list[Message]) -> list[Message]:
    times = [message.at for message in messages if message.at is not None]
    if len(times) < len(messages) or len({at.tzinfo is None for at in times}) > 1:
        return messages
    return sorted(messages, key=lambda message: message.at or times[0])


def _told_twice(a: Message, b: Message) -> Message:
    """One message that two files tell differently, as when it was deleted, or media left out, in between."""
    kept, other = _richer(a, b)
    if kept.text == other.text:
        return kept
    note = f"in {other.source.file}, at {other.place}: “{other.text[:_SHOWN]}”"
    return replace(kept, notes=(*kept.notes, note))


def _richer(a: Message, b: Message) -> tuple[Message, Message]:
    """The one that says more first: not deleted, its attachments named."""

    def says(message: Message) -> tuple[bool, int]:
        return "deleted" not in message.notes, sum(bool(x.name) for x in message.attachments)

    return (b, a) if says(b) > says(a) else (a, b)


def _with_gap(conversation: Conversation) -> Conversation:
    files = list(dict.fromkeys(map(_label, conversation.sources)))
    return replace(conversation, gaps=(*conversation.gaps, _gap(files)))


def _gap(files: Sequence[str]) -> Note:
    if len(files) == 1:
        return Note(
            "This chat stands in {file}, which was given more than once: what is the same there is shown once.",
            file=files[0],
        )
    where: str = ", ".join(files[:_NAMED])
    if files[_NAMED:]:
        where = Note("{names} and {count} more", names=where, count=len(files) - _NAMED)
    return Note("This chat stands in {files}: what is the same there is shown once.", files=where)


def _label(source: Source) -> str:
    return f"{source.file} ({source.member})" if source.member else source.file
