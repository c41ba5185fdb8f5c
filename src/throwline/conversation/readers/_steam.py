"""What both formats of Steam's friend messages share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from throwline.conversation._message import Conversation, Message, Participant, Source
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._moment import Moment
from throwline.conversation.readers._reader import Facts
from throwline.language import Note

PLATFORM = "steam"
PEOPLE = (
    "By Steam id or the address of the profile. The owner, who is on one side of every message, shows from chats with "
    "more than one person."
)
LEAVES_OUT = (
    Note("Steam keeps friend messages for about two weeks only."),
    Note("Group chats and pictures are missing."),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two people of a message: their id or the name of their profile, and what they are called."""

    number: str
    name: str

    @property
    def key(self) -> str:
        """What tells this person from others: names change."""
        return self.number or self.name


@dataclass(frozen=True, slots=True)
class Entry:
    """A message as either format has it."""

    sender: Side
    recipient: Side
    moment: Moment
    text: str
    source: Source
    place: int


def conversations(
    facts: Facts, entries: Sequence[Entry], gaps: Sequence[Note]
) -> Iterator[Conversation]:
    """One conversation for each two people. Both formats put the newest first, to the minute."""
    people: dict[str, Participant | None] = {}
    chats: dict[frozenset[str], list[Entry]] = {}
    for entry in entries:
        sides = (entry.sender, entry.recipient)
        for side in sides:
            people.setdefault(side.key, person(side.name, side.number))
        chats.setdefault(frozenset(side.key for side in sides), []).append(entry)
    always = frozenset.intersection(*chats) if len(chats) > 1 else frozenset()
    owner = people[min(always)] if len(always) == 1 else None
    for keys, own in chats.items():
        listed = [p for key in sorted(keys) if (p := people[key])]
        yield assembled(
            facts,
            PLATFORM,
            ", ".join(p.name for p in listed if p != owner),
            oldest_first([_message(e, people[e.sender.key]) for e in own], newest_first=True),
            listed=listed,
            owner=owner,
            thread="-".join(sorted(keys)) or None,
            gaps=gaps,
        )


def _message(entry: Entry, sender: Participant | None) -> Message:
    return Message(
        number=UNNUMBERED,
        sender=sender,
        at=entry.moment.at,
        certainty=entry.moment.certainty,
        text=entry.text,
        source=entry.source,
        place=entry.place,
        notes=entry.moment.notes,
    )
