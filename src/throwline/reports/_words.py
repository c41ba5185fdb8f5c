"""What acts, patterns and the like are called in front of people."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words() -> dict[str, dict[str, str]]:
    """The tables of words.toml, by name."""
    return tomllib.loads((files("throwline.reports") / "words.toml").read_text("utf-8"))
