"""What identifies the person doing this, or where the money would go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from throwline.conversation import Participant


class Check(StrEnum):
    """Why a value is believed to be what it is taken for, strongest first."""

    CHECKSUM = "checksum"
    """The value carries a checksum, and it holds."""
    FORMAT = "format"
    """The value has a form that nothing else has (a link, an e-mail address, a phone number that can exist)."""
    CONTEXT = "context"
    """Only the words around it say so."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A value in one text.

    `kind` is one of those in the conversation format, and `label` says more exactly what the value is ("Pix",
    "Steam gift card"). `value` is canonical: equal values are equal strings. `as_written` is
    `text[start:end]`, the exact letters, hidden ones included.
    """

    kind: str
    value: str
    label: str
    checked: Check
    as_written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """A value in a conversation.

    `kind`, `value` and `label` are as in Hit; `as_written` is from the first message that has it, `checked` the best
    check it passed anywhere. `seen` holds the numbers of the messages that have it, `senders` who wrote those, in
    order of first sight: None stands for a message whose sender the export does not give. A value that only the
    person asking for help wrote is their own, and no business of anybody else's.
    """

    kind: str
    value: str
    label: str
    checked: Check
    as_written: str
    seen: tuple[int, ...]
    senders: tuple[Participant | None, ...]
