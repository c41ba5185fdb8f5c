"""The kinds and rules of rules.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from throwline.language import cache_by_language, localized

_SAID = "said"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is given away: what it is called, why it matters, what to do about it."""

    name: str
    title: str
    why: str
    do: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that finds things of a kind, with examples: `yes` holds texts with what is found in them."""

    what: str
    pattern: re.Pattern[str]
    yes: tuple[tuple[str, str], ...]
    no: tuple[str, ...]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it is found in `text`."""
        group = _SAID if _SAID in self.pattern.groupindex else 0
        return [found.span(group) for found in self.pattern.finditer(text)]


@cache_by_language
def kinds() -> dict[str, Kind]:
    """All kinds by name, in the order in which they are shown."""
    return {entry["name"]: Kind(**entry) for entry in localized(_data(), "exposure")["kind"]}


@cache
def rules() -> tuple[Rule, ...]:
    """All rules."""
    return tuple(
        Rule(
            what=entry["what"],
            pattern=re.compile(_filled(entry["pattern"])),
            yes=tuple((text, said) for text, said in entry["yes"]),
            no=tuple(entry["no"]),
        )
        for entry in _data()["rule"]
    )


def _filled(pattern: str) -> str:
    """`pattern` with the parts that it names: {day} is made of {month}."""
    parts = _data()["parts"]
    for name in ("day", "month", "name"):
        pattern = pattern.replace(f"{{{name}}}", parts[name])
    return pattern


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("throwline.exposure") / "rules.toml").read_text("utf-8"))
