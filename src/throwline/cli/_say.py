"""Sentences on the terminal that hold names somebody else chose."""

from __future__ import annotations

import click


def say(sentence: str, *, wrong: bool = False) -> None:
    """Print a sentence, to stderr where something is `wrong`. Nothing in it can move the cursor or break a line."""
    click.echo("".join(c if c.isprintable() else "\ufffd" for c in sentence), err=wrong)
