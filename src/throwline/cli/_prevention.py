"""The commands for before anything bad happens, and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_PATH = click.Path(path_type=Path, allow_dash=True)
_STALE = 180


@click.command()
@click.argument("path", type=_PATH)
@click.option("--country", metavar="XX", help="Two letters: US, GB, IN, BR, ...")
@click.option("--i-am", type=click.Choice(("person", "parent", "helper")), help="Who is asking.")
@click.option("--language", metavar="TAG", help="Of the answer: en, es, pt-BR, ...")
def check(path: Path, country: str | None, i_am: str | None, language: str | None) -> None:
    """Look through one chat (a file, or - to paste it) for early signs, and say what to do."""
    from throwline.cli._check import check_path

    sys.exit(check_path(path, country, i_am, language))


@click.command()
@click.argument("pictures", nargs=-1, required=True, type=_PATH)
@click.option(
    "--to",
    "folder",
    required=True,
    type=_PATH,
    help="The folder for the copies. It is made if need be; nothing in it is overwritten.",
)
def clean(pictures: tuple[Path, ...], folder: Path) -> None:
    """Copy ordinary PICTUREs without the hidden data that tells where and when they were taken."""
    from throwline.cli._clean import clean_pictures

    sys.exit(clean_pictures(pictures, folder))


@click.command()
@click.argument("text")
def exposure(text: str) -> None:
    """Show what a bio or a post gives away. TEXT is the text itself, or - to paste it."""
    from throwline.cli._exposure import show_exposure

    sys.exit(show_exposure(sys.stdin.read() if text == "-" else text))


@click.command()
@click.argument("country", required=False)
@click.option(
    "--stale",
    "stale_days",
    type=click.IntRange(min=0),
    is_flag=False,
    flag_value=_STALE,
    metavar="DAYS",
    help=f"Show instead what was last looked at more than DAYS ago ({_STALE} if not given).",
)
def directory(country: str | None, stale_days: int | None) -> None:
    """Show who helps in COUNTRY (two letters), or which countries are there."""
    from throwline.cli._directory import show_directory

    sys.exit(show_directory(country, stale_days))


COMMANDS = (check, clean, exposure, directory)
