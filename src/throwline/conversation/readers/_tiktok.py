"""What both formats of TikTok's download share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from throwline.conversation._message import Conversation, Message, Source
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._attachment import link
from throwline.conversation.readers._moment import utc
from throwline.conversation.readers._reader import Facts
from throwline.language import Note

PLATFORM = "tiktok"
PEOPLE = (
    "By username, as it was when the download was made. The owner is named by the profile in the same file or, in a "
    "chat of two, is the one after whom the chat is not called."
)
TIMES = "Exact, in UTC, to the second."
LEAVES_OUT = (
    Note("Shared videos, pictures and voice messages are missing, or only a link stands for them."),
    Note("Messages that were deleted before the download are missing."),
)
EXPORT_STEPS = (
    "In TikTok open Settings and privacy, then Account, then Download your data.",
    "Choose All data or Direct messages, and the format JSON.",
    "Come back after a few days, download the zip within four days, and give it here as it is.",
)
_LINK = re.compile(r"\[?(https?://[^\s\]]+)\]?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A message as the download writes it."""

    sender: str
    date: str
    text: str
    source: Source
    place: int | str

    def message(self) -> Message:
        """The message, without its number."""
        moment = utc(self.date)
        linked = _LINK.fullmatch(self.text.strip())
        return Message(
            number=UNNUMBERED,
            sender=person(self.sender, self.sender),
            at=moment.at,
            certainty=moment.certainty,
            text=self.text,
            source=self.source,
            place=self.place,
            attachments=(link(linked[1]),) if linked else (),
            notes=moment.notes,
        )


def conversation(
    facts: Facts, other: str, entries: Iterable[Entry], owner: str, gaps: Iterable[Note] = ()
) -> Conversation:
    """The chat with `other`. `owner` is the username in the profile, "" where that is not known."""
    messages = oldest_first([entry.message() for entry in entries], newest_first=True)
    senders = {m.sender.name for m in messages if m.sender}
    rest = senders - {other}
    if not owner and other in senders and len(rest) == 1:
        (owner,) = rest
    return assembled(
        facts,
        PLATFORM,
        other,
        messages,
        owner=person(owner, owner),
        thread=other or None,
        gaps=gaps,
    )
