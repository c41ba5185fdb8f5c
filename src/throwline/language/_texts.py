"""Texts for people in the data files: which values they are, and the same file in another language."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from throwline.language._catalogue import SOURCE, gettext, spoken

_ADDRESS = "https://"

Table = TypeVar("Table", bound=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data file. `files` is a pattern below the package; `about` tells a translator where the texts stand.

    `texts` are the paths of values that are texts, "*" for any one key, numbers in lists left out; `notes` says more
    about some. `only` names, by path, the few values that are texts where most are names.
    """

    files: str
    about: str
    texts: tuple[str, ...]
    notes: dict[str, str]
    only: dict[str, tuple[str, ...]]

    def has_text(self, path: str, value: str) -> bool:
        """Whether the value at `path` is a text to translate."""
        if value.startswith(_ADDRESS) or not any(character.isalpha() for character in value):
            return False
        if value in self.only.get(path, ()):
            return True
        return any(_matches(path, text) for text in self.texts)


def _matches(path: str, wanted: str) -> bool:
    return path.count(".") == wanted.count(".") and fnmatchcase(path, wanted)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of data file that holds texts, by name, in the order in which a translator meets them."""
    read = tomllib.loads((files("throwline.language") / "texts.toml").read_text("utf-8"))
    return {
        name: Kind(
            files=entry["files"],
            about=entry["about"],
            texts=tuple(entry["texts"]),
            notes=entry.get("notes", {}),
            only={path: tuple(values) for path, values in entry.get("only", {}).items()},
        )
        for name, entry in read.items()
    }


def localized(table: Table, kind: str) -> Table:
    """A data file's table with its texts in the language that is spoken now."""
    if spoken().code == SOURCE:
        return table
    known = kinds()[kind]
    changed: Table = _changed(
        table, "", lambda path, text: gettext(text) if known.has_text(path, text) else text
    )
    return changed


def texts_in(table: dict[str, Any], kind: Kind) -> Iterator[tuple[str, str]]:
    """Path and text of every text in a data file's table, in its order."""
    found: list[tuple[str, str]] = []

    def note(path: str, text: str) -> str:
        if kind.has_text(path, text):
            found.append((path, text))
        return text

    _changed(table, "", note)
    yield from found


def _changed(value: Any, path: str, change: Callable[[str, str], str]) -> Any:
    match value:
        case str():
            return change(path, value)
        case list():
            return [_changed(item, path, change) for item in value]
        case dict():
            return {
                key: _changed(item, f"{path}.{key}" if path else key, change)
                for key, item in value.items()
            }
    return value
