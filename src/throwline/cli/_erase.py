"""`throwline erase`."""

from __future__ import annotations

from pathlib import Path

import click

from throwline.cli._say import say
from throwline.evidence import EvidenceError, erase, files_to_erase

_BEYOND_REACH = """\
This cannot reach: the chat in the app and its export; copies you sent, sealed or saved elsewhere; backups and synced
folders; lists of recent files. A solid-state disk or memory stick can keep old content for a while."""


def erase_case(case: Path, *, sure: bool) -> int:
    """Ask, erase, and say what that cannot reach. Returns 0, 1 where it was not done or not all, 2 for no case."""
    try:
        count = files_to_erase(case)
        question = f"Erase {case} for good, all {count} files in it, yours too?"
        if not sure and not click.confirm(question):
            return 1
        left = erase(case)
    except EvidenceError as error:
        say(str(error), wrong=True)
        return 2
    for name in left:
        say(f"This could not be erased: {name}.", wrong=True)
    if not left:
        say(f"{case} is erased.")
    click.echo(_BEYOND_REACH)
    return 1 if left else 0
