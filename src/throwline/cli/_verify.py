"""`throwline verify`."""

from __future__ import annotations

from pathlib import Path

import click

from throwline.evidence import EvidenceError, verify


def verify_bag(bag: Path) -> int:
    """Print what `verify` finds. Returns 0 where every byte is as it was, 1 where not, 2 where `bag` is no bag."""
    try:
        verification = verify(bag)
    except EvidenceError as error:
        click.echo(str(error), err=True)
        return 2
    if verification.holds:
        click.echo(f"{bag}: all {verification.files} files are as they were, byte for byte.")
        return 0
    for verb, names in (
        ("was changed", verification.changed),
        ("is missing", verification.missing),
        ("was added", verification.added),
    ):
        for name in names:
            click.echo(f"{name} {verb}.", err=True)
    for fault in verification.faults:
        click.echo(fault, err=True)
    click.echo(f"{bag} is not as it was.", err=True)
    return 1
