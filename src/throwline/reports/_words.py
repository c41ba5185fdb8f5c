"""What acts, patterns and the like are called in front of people."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from throwline.guidance import countries, directory


@cache
def words() -> dict[str, dict[str, str]]:
    """The tables of words.toml, by name."""
    return tomllib.loads((files("throwline.reports") / "words.toml").read_text("utf-8"))


def platform_name(platform: str) -> str:
    """The app's name as it writes itself."""
    return words()["platforms"].get(platform, platform)


def country_name(code: str | None) -> str | None:
    """The country's name, or its code where the directory does not cover it."""
    return directory(code).name if code in countries() else code
