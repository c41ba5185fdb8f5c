"""The words of each kind of report, kept apart from the code so that they can be edited and translated."""

from __future__ import annotations

import tomllib
from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import Any

from throwline.case import Case
from throwline.reports._moment import day


@cache
def texts(kind: str) -> dict[str, Any]:
    """The tables of kinds/`kind`.toml."""
    return tomllib.loads((files("throwline.reports") / "kinds" / f"{kind}.toml").read_text("utf-8"))


def made(case: Case) -> str:
    """What stands under the title of every report."""
    at = case.made_at.astimezone(UTC)
    return f"Case of {day(at)}, {at:%H:%M} UTC. Made on this device; nothing was sent."
