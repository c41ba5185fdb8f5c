"""`throwline seal` and `throwline unseal`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from throwline.cli._say import say
from throwline.cli._verify import verify_bag
from throwline.evidence import (
    SHORTEST_PASSPHRASE,
    EvidenceError,
    needs_passphrase,
    seal,
    unseal,
)


def seal_case(case: Path, target: Path, recipients: Sequence[str], who: str) -> int:
    """Seal, and print what was left out. Returns 0, or 2 with one sentence where that cannot be done."""
    try:
        passphrase = None if recipients else _new_passphrase()
        left_out = seal(
            case,
            target,
            who=who,
            at=datetime.now(UTC),
            passphrase=passphrase,
            recipients=recipients,
        )
    except EvidenceError as error:
        say(str(error), wrong=True)
        return 2
    for name in left_out:
        say(f"Left out, as no copy is made of pictures, videos, recordings or links: {name}")
    say(f"{target} is sealed. It can be sent; what opens it goes another way, never with it.")
    return 0


def unseal_case(sealed: Path, target: Path, identity: Path | None) -> int:
    """Open, then verify the evidence. Returns 0, 1 where it does not hold, or 2 where it cannot be opened."""
    try:
        passphrase = _passphrase_for(sealed, identity)
        unseal(sealed, target, passphrase=passphrase, identities=identity)
    except EvidenceError as error:
        say(str(error), wrong=True)
        return 2
    say(f"{sealed} is opened: {target}")
    return verify_bag(target, None, None)


def _new_passphrase() -> str:
    _at_a_terminal("name a --recipient")
    passphrase: str = click.prompt(
        f"Passphrase ({SHORTEST_PASSPHRASE} characters or more; four words are good)",
        hide_input=True,
        confirmation_prompt="The same again",
    )
    return passphrase


def _passphrase_for(sealed: Path, identity: Path | None) -> str | None:
    if needs_passphrase(sealed):
        if identity:
            raise EvidenceError(f"{sealed} is sealed with a passphrase: leave --identity out.")
        _at_a_terminal("it is asked for there")
        passphrase: str = click.prompt("Passphrase", hide_input=True)
        return passphrase
    if identity is None:
        raise EvidenceError(f"{sealed} is sealed to a key: name the file it is in with --identity.")
    return None


def _at_a_terminal(otherwise: str) -> None:
    if not sys.stdin.isatty():
        raise EvidenceError(f"A passphrase is typed at a terminal: {otherwise}.")
