"""What every Discord format shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from throwline.conversation.readers._moment import MILLISECOND, Moment, epoch, unusable
from throwline.language import Note

PLATFORM = "discord"
PEOPLE = (
    "By account id (a number that never changes) and account name. Names shown in a server only are left out, "
    "as anyone can change them."
)
LEAVES_OUT = (
    Note("Messages that were deleted before the export are missing."),
    Note("Files are named by addresses that stop working after a while."),
)
_DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def full_name(name: str, discriminator: str) -> str:
    """An account name as Discord writes it: old ones end in # and four digits."""
    return f"{name}#{discriminator}" if discriminator.strip("0") else name


def sent_by_id(identifier: str) -> Moment:
    """The instant in a Discord id. Source: Discord's API reference, "Snowflakes"."""
    if not identifier.isdecimal() or len(identifier) > 20:
        return unusable(identifier)
    return epoch(int(identifier) >> 22, MILLISECOND, _DISCORD_EPOCH)


def limited(name: str, after: str, before: str) -> Iterator[Note]:
    """The gaps of a file that was exported with the limits `after` and `before`, "" where there is none."""
    if after:
        yield Note(
            "{name} was exported with a limit: only messages after {time}.", name=name, time=after
        )
    if before:
        yield Note(
            "{name} was exported with a limit: only messages before {time}.", name=name, time=before
        )


def wrong_count(name: str, counted: str, read: int) -> Iterator[Note]:
    """The gap of a file that says it holds another number of messages than were found in it."""
    if counted and counted != str(read):
        yield Note(
            "{name} says that it holds {said} messages; {count} were read.",
            name=name,
            said=counted,
            count=read,
        )
