"""`throwline exposure`: what a bio or a post gives away."""

from __future__ import annotations

from collections.abc import Iterator

import click

from throwline.exposure import Exposure, exposures, kinds
from throwline.reports import harmless


def show_exposure(text: str) -> int:
    """Print what `text` gives away, kind by kind, with the words it rests on. Returns 0."""
    found = exposures(text)
    if not found:
        click.echo(
            "Nothing was found that helps a stranger to find the one who wrote this. This program misses some: "
            "names of friends, teams and places, and whatever a picture shows."
        )
    for line in _lines(found):
        click.echo(line)
    return 0


def _lines(found: tuple[Exposure, ...]) -> Iterator[str]:
    told = dict.fromkeys(exposure.what for exposure in found)
    for what in told:
        kind = kinds()[what]
        said = ", ".join(f"“{_shown(one.said)}”" for one in found if one.what == what)
        yield f"{kind.title}: {said}"
        yield f"  {kind.why} {kind.do}"
    if len(told) > 1:
        yield "Together they say more than each alone: take out what matters least to your friends first."


def _shown(said: str) -> str:
    return harmless(" ".join(said.split()))
