"""The apps' own words, from words.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_NAMED = re.compile(r"([@#]).*")
_BETWEEN = re.compile(r"[\s.…·:,’'´`-]+")


def bare(text: str) -> str:
    """`text` as it is compared: small letters only, without spaces, stops and apostrophes."""
    return _BETWEEN.sub("", text.casefold())


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


@cache
def words(group: str, key: str = "words") -> frozenset[str]:
    """The words of a group of words.toml, bare."""
    return frozenset(map(bare, _data()[group][key]))


@cache
def _platforms() -> dict[str, str]:
    """The app by what stands in its empty field, "unknown" where several write so."""
    return {
        bare(text): "unknown" if app == "any" else app
        for app, texts in _data()["placeholders"].items()
        for text in texts
    }


def platform_of_field(text: str) -> str | None:
    """The app whose empty field says `text`, "unknown" where several do, None where none does. Some name there, after
    an @ or a #, whom one writes to."""
    return _platforms().get(bare(_NAMED.sub(r"\1", text)))


def is_keys(text: str) -> bool:
    """Whether `text` is a row of a keyboard."""
    letters = bare(text)
    return len(letters) >= 6 and any(letters in row for row in words("keyboards", "rows"))
