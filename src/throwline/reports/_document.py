"""A report before it has a look: sections of blocks that the text, the page and the PDF all show alike.

Every string may hold words of strangers. Nothing in a document is markup; how to show it safely is the business of
whoever shows it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences. `quiet` ones are said in passing."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list; `numbered` where the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `value` is what goes into it, to be copied as it is; None where a person fills it in.

    `note` says what the field wants, or what to check.
    """

    name: str
    value: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields in the order of the form."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as `head`. An empty cell is one to fill in by hand. `caption` says what it shows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Points | Fields | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A title and what stands under it. A `slip` is a part to cut off and keep elsewhere: its title says nothing.

    `language` is a BCP 47 tag where it is another than the document's.
    """

    title: str
    blocks: tuple[Block, ...]
    slip: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `language` is a BCP 47 tag, `made` says when and by what it was made."""

    title: str
    made: str
    sections: tuple[Section, ...]
    language: str = "en"
