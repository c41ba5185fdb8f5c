"""`throwline site build`: the static site."""

from __future__ import annotations

from pathlib import Path

from throwline.cli._say import say
from throwline.site import SiteError, build


def build_site(target: Path) -> int:
    """Write the site to `target` and say what comes next. Returns 2 where it cannot be written, else 0."""
    try:
        count = build(target)
    except SiteError as error:
        say(str(error), wrong=True)
        return 2
    say(f"{count} pages are in {target}. Open {target / 'index.html'} to see them.")
    say(
        "Put the folder on a server. Rules for Caddy, nginx and others: hosting/ and _headers in it."
    )
    return 0
