"""From screens to a conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from throwline.conversation import (
    Attachment,
    Certainty,
    Conversation,
    Hints,
    Kind,
    Medium,
    Message,
    Participant,
    Reading,
    WrittenTimes,
)
from throwline.language import Note
from throwline.screenshots._frame import Frame, frame_of, title_of
from throwline.screenshots._names import with_names
from throwline.screenshots._near_misses import near_miss_notes
from throwline.screenshots._overlap import Placed, joined
from throwline.screenshots._pieces import pieces_of
from throwline.screenshots._screen import Screen
from throwline.screenshots._senders import OWNER, senders_of
from throwline.screenshots._sides import Side, sides_of
from throwline.screenshots._times import Day, day_of
from throwline.screenshots._told import Told, are_stamped, told, widest_row
from throwline.screenshots._words import bare, words

NAMELESS = Participant("The other side", None, is_owner=False)
_LIMITS = (
    Note(
        "A screenshot shows only what was on the screen: messages before, between or after may be missing."
    ),
    Note("The text was read off pictures: compare it with the screenshots before relying on it."),
    Note("Who wrote what was told from the side, the colour and the names on the screen."),
    Note("Emoji, reactions and what pictures show were not read."),
)


def conversation_of(screens: Sequence[Screen], hints: Hints) -> Conversation:
    """The conversation that the screenshots show, in the order in which they are given.

    `identifier` is left "". Raises ReadError where `hints` contradict the dates on the screens.
    """
    frames = [frame_of(screen) for screen in screens]
    page, breaks = joined(_placed(screens, frames))
    title = title_of(frames)
    other = Participant(title, None, is_owner=False) if title else NAMELESS
    said = list(_said(page, other, breaks))
    days = [shown.day for s in said if (shown := s.day or s.heading) and shown.day]
    times = WrittenTimes((f"{day} 00:00".casefold() for day in days), hints, "The screenshot")
    messages = tuple(_messages(said, times, screens))
    gaps = [*_LIMITS, *_gaps(screens, breaks, title), *([times.gap] if times.gap else [])]
    platforms = {frame.platform for frame in frames} - {"unknown"}
    return Conversation(
        identifier="",
        platform=platforms.pop() if len(platforms) == 1 else "unknown",
        title=title or "Screenshots",
        participants=tuple(dict.fromkeys(m.sender for m in messages if m.sender)),
        messages=messages,
        gaps=tuple(gaps),
    )


def _placed(screens: Sequence[Screen], frames: Sequence[Frame]) -> list[list[Placed]]:
    """The pieces of every screen with their sides, which are told from all screens of one width together."""
    pieces = [pieces_of(screen, frame) for screen, frame in zip(screens, frames, strict=True)]
    placed: list[list[Placed]] = [[] for _ in screens]
    for width in {screen.width for screen in screens}:
        alike = [n for n, screen in enumerate(screens) if screen.width == width]
        sides = iter(sides_of([piece for n in alike for piece in pieces[n]], width))
        for n in alike:
            placed[n] = with_names([Placed.on_screen(p, next(sides), n, width) for p in pieces[n]])
    return placed


def _gaps(screens: Sequence[Screen], breaks: Sequence[int], title: str | None) -> Iterator[Note]:
    for number in breaks:
        before, after = screens[number - 1].source.file, screens[number].source.file
        yield Note(
            "Nothing on {after} is also on {before}: messages between them may be missing.",
            after=after,
            before=before,
        )
    if title is None:
        yield Note("The screenshots do not show a name for the other side.")


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece with what it tells: `day` where it is a time between messages and no message, `heading` the time in the
    heading over it."""

    placed: Placed
    told: Told
    sender: Participant | None
    day: Day | None = None
    heading: Day | None = None


def _said(page: Sequence[Placed], other: Participant, breaks: Sequence[int]) -> Iterator[_Said]:
    stamped = are_stamped(placed.piece for placed in page)
    widest = {
        key: widest_row((p.piece for p in group), key[1])
        for key, group in groupby(sorted(page, key=_row_key), _row_key)
    }
    senders = senders_of(page, other, breaks)
    for placed, sender in zip(page, senders, strict=True):
        said = told(placed.piece, stamped=stamped, widest=widest[_row_key(placed)])
        day = day_of(said.text) if placed.side is Side.APP else None
        stamp = placed.piece.stamp
        yield _Said(placed, said, sender, day, day_of(stamp) if stamp else None)


def _row_key(placed: Placed) -> tuple[str, int]:
    return placed.side.value, placed.width


def _messages(
    said: Sequence[_Said], times: WrittenTimes, screens: Sequence[Screen]
) -> Iterator[Message]:
    day: Day | None = None
    places = [0] * len(screens)
    messages: list[Message] = []
    for one in said:
        if one.day:
            day = one.day if one.day.day else Day(day.day if day else None, one.day.clock)
            continue
        if _is_receipt(one) and messages and messages[-1].sender is OWNER:
            last = messages[-1]
            messages[-1] = replace(
                last, notes=(*last.notes, Note("shown below: {text}", text=one.told.text))
            )
            continue
        if not one.told.text and one.placed.side is Side.APP:
            continue
        if one.heading:
            day = Day(one.heading.day or (day.day if day else None), one.heading.clock)
        screen = one.placed.screen
        places[screen] += 1
        messages.append(
            _message(len(messages) + 1, one, day, times, screens[screen], places[screen])
        )
        if day and day.clock:
            day = Day(day.day, None)
    yield from messages


def _is_receipt(one: _Said) -> bool:
    first = one.told.text.split(maxsplit=1)[:1]
    return one.placed.side is Side.APP and bool(first) and bare(first[0]) in words("receipts")


def _message(
    number: int, one: _Said, day: Day | None, times: WrittenTimes, screen: Screen, place: int
) -> Message:
    piece, said = one.placed.piece, one.told
    clock = said.clock or (day.clock if day else None)
    moment = times.read(f"{day.day} {clock}".casefold()) if day and day.day and clock else None
    known = moment is not None and moment.at is not None
    notes: list[str] = []
    if day and day.day and not known:
        notes.append(Note("the day shown above it: {day}", day=day.day))
    if clock and not known:
        notes.append(Note("the time shown: {time}", time=clock))
    if said.quoted:
        notes.append(Note("answers: {text}", text=said.quoted))
    if said.is_edited:
        notes.append(Note("edited"))
    notes += near_miss_notes(said.text)
    if not said.text and not piece.pictures:
        notes.append(Note("nothing in it could be read: perhaps an emoji or a sticker"))
    return Message(
        number=number,
        sender=one.sender,
        at=moment.at if moment else None,
        certainty=moment.certainty if moment else Certainty.NONE,
        text=said.text,
        source=screen.source,
        place=place,
        attachments=(Attachment(None, Medium.IMAGE),) * piece.pictures,
        kind=Kind.NOTICE if one.placed.side is Side.APP else Kind.WRITTEN,
        notes=tuple(notes),
        reading=Reading(said.confidence, piece.area),
    )
