"""`throwline site build`: the static site."""

from __future__ import annotations

from pathlib import Path

from throwline.cli._say import say
from throwline.site import Engine, EngineError, SiteError, build


def build_site(target: Path, tools: Path | None, at: str | None) -> int:
    """Write the site to `target`, with the tools that the engine in `tools` runs and with codes of where it will be `at`,
    and say what comes next. Returns 2 where it cannot be written, else 0."""
    try:
        count = build(target, Engine(tools) if tools else None, at)
    except (SiteError, EngineError) as error:
        say(str(error), wrong=True)
        return 2
    say(f"{count} pages are in {target}. Open {target / 'index.html'} to see them.")
    if tools is None:
        say(
            "It has no tools: they need a few packages more, which `make site` fetches and lays in."
        )
    say(
        "Put the folder on a server. Rules for Caddy, nginx and others: hosting/ and _headers in it."
    )
    return 0
