"""Sentences that are kept: English where they are stored, and in any language where they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from throwline.language._catalogue import gettext, isolated

_FIELD = re.compile(r"\{(\w+)\}")


class Note(str):
    """A sentence in English that knows what it was made of, so that `said` can say it in another language.

    `text` is an English text of the catalogues with {fields}; `values` fill them: numbers, strings that are the same in
    every language (names, places), and other notes.
    """

    __slots__ = ("text", "values")

    text: str
    values: dict[str, str | int]

    def __new__(cls, text: str, /, **values: str | int) -> Note:
        note = super().__new__(cls, _filled(text, values, str))
        note.text = text
        note.values = values
        return note


def together(notes: Sequence[Note]) -> Note:
    """Sentences one after the other, as one note."""
    values = {f"sentence_{number}": note for number, note in enumerate(notes)}
    text = " ".join(f"{{{name}}}" for name in values)
    return Note(text, **values)


def said(sentence: str, shown: Callable[[str], str] = isolated) -> str:
    """A kept sentence in the language that is spoken now. `shown` makes a value that is nobody's text fit to stand in it."""
    if isinstance(sentence, Note):
        return _filled(gettext(sentence.text), sentence.values, lambda value: _said(value, shown))
    return gettext(sentence)


def _said(value: str | int, shown: Callable[[str], str]) -> str:
    return said(value, shown) if isinstance(value, Note) else shown(str(value))


def _filled(text: str, values: dict[str, str | int], shown: Callable[[str | int], str]) -> str:
    """`text` with its fields filled in. Not by str.format: a kept text can be anybody's, and that follows its fields into
    the objects that fill them. A field without a value stays."""
    return _FIELD.sub(
        lambda field: shown(values[field[1]]) if field[1] in values else field[0], text
    )
