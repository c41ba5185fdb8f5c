"""The facts of cybertip.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rules() -> dict[str, Any]:
    """The tables of cybertip.toml, by name."""
    return tomllib.loads((files("throwline.reports") / "cybertip.toml").read_text("utf-8"))


def longest(name: str) -> int | None:
    """The most characters an element of this name may hold; None where no limit is known."""
    limit: int | None = rules()["longest"].get(name)
    return limit
