"""Where a fact or a piece of advice comes from, and when it was last looked at."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

Table = dict[str, Any]


class GuidanceError(ValueError):
    """A file of the guidance that cannot be used; the message says which, what is wrong and what is wanted."""


class Confidence(StrEnum):
    """How far a source vouches for a fact, best first."""

    OFFICIAL = "official"
    """The service's own page, or an authority's."""
    PRESS = "press"
    """A newspaper, a charity, a school, an encyclopaedia: somebody else who publishes it."""
    CODE = "code"
    """Seen in public lists kept by programmers only: it corroborates, it does not vouch."""
    UNVERIFIED = "unverified"
    """Nothing was seen that says so. Shown as such, and never first."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """`source` is an address or a named document. `checked` is the day we looked at it; `source_date` the date it
    carries itself ("2024", "2024-03" or "2024-03-11"), None where it carries none."""

    source: str
    checked: date
    confidence: Confidence
    source_date: str | None = None

    def is_stale(self, today: date, days: int) -> bool:
        """Whether it was last looked at more than `days` days before `today`."""
        return today - self.checked > timedelta(days=days)


def provenance_from(table: Table) -> Provenance:
    """Read the four fields of a table. Raises KeyError or ValueError where one is missing or of another form."""
    if not table["source"].strip():
        raise ValueError("the source is empty")
    if type(table["checked"]) is not date:
        raise ValueError("checked must be a day such as 2026-11-23")
    return Provenance(
        source=table["source"],
        checked=table["checked"],
        confidence=Confidence(table["confidence"]),
        source_date=table.get("source_date"),
    )


def folder(name: str) -> Traversable:
    """A folder of data files beside this module."""
    return files("throwline.guidance") / name


def load(file: Traversable) -> Table:
    """The tables of one data file. Raises GuidanceError where it is not TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise GuidanceError(f"{file.name} is not readable: {error}.") from error
