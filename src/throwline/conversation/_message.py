"""What was said: messages, who wrote them, when, and the exact place each was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import singledispatch
from typing import NamedTuple

from throwline.language import Note


class Certainty(StrEnum):
    """How far a message's time can be trusted."""

    EXACT = "exact"
    """The export gives the instant: `Message.at` is in UTC."""
    LOCAL = "local"
    """The export gives a clock time without a zone: `Message.at` has no `tzinfo`."""
    ASSUMED = "assumed"
    """As LOCAL, and whether day or month comes first had to be assumed."""
    NONE = "none"
    """The export gives no usable time: `Message.at` is None."""


class Kind(StrEnum):
    """Whether a person wrote the message or the app did."""

    WRITTEN = "written"
    NOTICE = "notice"
    """A line the app itself wrote ("Messages are end-to-end encrypted", "Sam left")."""


class Medium(StrEnum):
    """What an attachment is, as far as the export says."""

    IMAGE = "image"
    VIDEO = "video"
    VOICE = "voice"
    STICKER = "sticker"
    FILE = "file"
    LINK = "link"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """The file a message was read from.

    `sha256` is the hexadecimal digest of the file as the person has it (of the whole archive, where `member` names a
    file inside one). For pasted text `file` is "pasted text".
    """

    file: str
    sha256: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a conversation.

    `name` is what the export shows. `identifier` is the stable identity where the format has one (a phone number, a
    numeric account id, a handle), else None: a display name alone identifies nobody. `is_owner` says whether this is
    the person whose export it is; None where the export does not tell.
    """

    name: str
    identifier: str | None = None
    is_owner: bool | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something sent along with a message, known by name and medium only. Its bytes are never held."""

    name: str | None
    medium: Medium


class Rectangle(NamedTuple):
    """A part of a picture, in its pixels from the upper left corner; `right` and `bottom` are the first outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How a message was read off a picture of it.

    `confidence` is what the text recogniser gave its least certain line, 0 to 1. `rectangle` is where the message
    stands in the picture that `Message.source` names.
    """

    confidence: float
    rectangle: Rectangle


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody put right in a message: `replaced` has, for each of "sender", "at" and "text" that no longer is as
    it was read, what had been read there, None where nothing had. `by` is who did: a role ("person", "parent", "helper")
    or a name.
    """

    replaced: tuple[tuple[str, str | None], ...]
    by: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as the export gives it.

    `number` counts from 1 within its conversation and never changes. `text` is the original text, never normalised.
    `sender` is None where the export does not say who wrote it. `place` is the line number in the source (counted
    from 1), the JSON pointer (RFC 6901) of the message's object, or, in a screenshot, which message from the top it
    is (from 1). `notes` holds what the app or the reader says about the message ("edited", "deleted", "reaction: ❤ by
    Sam"). `reading` is there where the text was recognised in a picture, `correction` where something was put right.
    """

    number: int
    sender: Participant | None
    at: datetime | None
    certainty: Certainty
    text: str
    source: Source
    place: int | str
    attachments: tuple[Attachment, ...] = ()
    kind: Kind = Kind.WRITTEN
    notes: tuple[str, ...] = ()
    reading: Reading | None = None
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages between the same people in one app, in the order they were sent.

    `identifier` is unique within a case and stable for the same input. `platform` is the reader's word for the app
    ("whatsapp", "instagram", …) or "unknown". `thread` is the format's own name for the conversation (a thread path,
    a chat id) where it has one. `gaps` says in plain sentences what the export leaves out or what had to be assumed
    while reading it. `copies` are files that tell the same and of which no message is shown.
    """

    identifier: str
    platform: str
    title: str
    participants: tuple[Participant, ...]
    messages: Sequence[Message] = field(repr=False)
    thread: str | None = None
    gaps: tuple[Note, ...] = ()
    copies: tuple[Source, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file the messages were read from, in order of first use, and the copies."""
        return tuple(dict.fromkeys((*sources_of(self.messages), *self.copies)))


@singledispatch
def sources_of(messages: Sequence[Message]) -> Iterable[Source]:
    """The files that messages were read from, in order of first use."""
    shared = {id(message.source): message.source for message in messages}
    return shared.values()
