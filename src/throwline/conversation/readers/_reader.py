"""The one interface of all readers.

A reader is a module in this folder with one class. To add a format: write the class, list it in `READERS`
(`readers/__init__.py`) and give the conformance suite (tests/conversation/conformance.py) example files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from throwline.conversation._export import Document, Export, ReadError
from throwline.conversation._message import Conversation
from throwline.language import Note


class DateOrder(StrEnum):
    """Which of the numbers in a date comes first."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    YEAR_FIRST = "year-first"


@dataclass(frozen=True)
class Columns:
    """Which columns of a table (or members of JSON lines) hold a message's text, its sender and its time."""

    text: str
    sender: str | None = None
    at: str | None = None

    @classmethod
    def told(cls, words: str) -> Columns:
        """Out of "sender=From,at=Date,text=Body". Raises ReadError."""
        pairs = [pair.partition("=") for pair in words.split(",")]
        told = {key.strip(): name.strip() for key, _, name in pairs}
        if not {"text"} <= told.keys() <= {"text", "sender", "at"} or not all(told.values()):
            raise ReadError(
                Note(
                    "{columns} does not name columns: write them as sender=From,at=Date,text=Body, "
                    "with the names that stand in the file's first line; only text must be there.",
                    columns=words,
                )
            )
        return cls(**told)

    @property
    def names(self) -> tuple[str, ...]:
        """Those that were named."""
        return tuple(filter(None, (self.text, self.sender, self.at)))


@dataclass(frozen=True)
class Hints:
    """What the person has answered that changes how an export is read. `date_order` None: to be found out. `columns`
    None: no table is read as a chat, unless its format is known."""

    date_order: DateOrder | None = None
    columns: Columns | None = None


@dataclass(frozen=True)
class Facts:
    """What a reader says about its format, for docs/formats.md and for the gaps of a case.

    `title` is the format's name for people; `known_by` what in the content it is recognised by; `people` how it
    identifies them; `times` what its times mean; `leaves_out` one sentence for each thing the export never holds
    (shown as gaps of every conversation read); `export_steps` how one gets the file from the app, step by step.
    """

    title: str
    known_by: str
    people: str
    times: str
    leaves_out: tuple[Note, ...]
    export_steps: tuple[str, ...]


class Reader(Protocol):
    """Reads one format."""

    platform: str
    """The app's name in lower case, as `Conversation.platform` gives it."""
    facts: Facts

    def recognises(self, document: Document) -> bool:
        """Whether `document` is of this format, by its content (`Document.head`), never by its name.

        Raises nothing but ReadError (from opening a damaged document).
        """
        ...

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """The conversations in `documents`, all of which this reader recognises and which lie in `export`.

        `identifier` is left "" (it is given when the case is made), `messages` are in the order of their times where
        the format gives it, and `gaps` begins with `facts.leaves_out`. What a reader looks up in other documents of
        the export it takes by `Export.companion` or `Export.beside`. Raises ReadError for what is not of the
        promised shape, naming the document and the place.
        """
        ...
