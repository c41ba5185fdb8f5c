"""The words of each kind of report, kept apart from the code so that they can be edited and translated."""

from __future__ import annotations

import tomllib
from datetime import UTC
from importlib.resources import files
from typing import Any

from throwline.case import Case
from throwline.language import cache_by_language, gettext, kinds, localized, spoken
from throwline.reports._moment import day


@cache_by_language
def texts(kind: str) -> dict[str, Any]:
    """The tables of kinds/`kind`.toml."""
    read = tomllib.loads((files("throwline.reports") / "kinds" / f"{kind}.toml").read_text("utf-8"))
    return localized(read, f"report-{kind}") if is_spoken(kind) else read


def is_spoken(kind: str) -> bool:
    """Whether a report is for the reader, and so in their language. One for a form in English stays English."""
    return f"report-{kind}" in kinds()


def made(case: Case) -> str:
    """What stands under the title of every report."""
    at = case.made_at.astimezone(UTC)
    made_at = gettext("Case of {day}, {time} UTC. Made on this device; nothing was sent.")
    told = made_at.format(day=day(at), time=f"{at:%H:%M}")
    if spoken().reviewed:
        return told
    return f"{told} {gettext('This translation awaits a review by a native speaker.')}"
