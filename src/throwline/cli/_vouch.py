"""`throwline sign` and `throwline stamp`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from throwline.cli._say import say
from throwline.evidence import EvidenceError, sign, stamp


def sign_bag(bag: Path, key: Path) -> int:
    """Sign, and print with which key. Returns 0, or 2 with one sentence where that cannot be done."""
    try:
        signature = sign(bag, key)
    except EvidenceError as error:
        say(str(error), wrong=True)
        return 2
    say(f"Signed with {signature.key}. The signature is {signature.name}, in the bag.")
    return 0


def stamp_bag(bag: Path, authorities: Sequence[str], roots: Path | None) -> int:
    """Have it stamped, and print what was said. Returns 0, or 2 with one sentence where that cannot be done."""
    try:
        stamps = stamp(bag, authorities, roots)
    except EvidenceError as error:
        say(str(error), wrong=True)
        return 2
    for made in stamps:
        say(
            f"Stamped {made.at:%Y-%m-%d %H:%M:%S} UTC by {made.authority}: {made.name}, in the bag."
        )
        if not made.checked:
            say("Whether it was really that authority was not checked: --roots does that.")
    return 0
