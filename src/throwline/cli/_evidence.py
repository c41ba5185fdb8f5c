"""The commands about evidence, and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("bag", type=_PATH)
@click.option(
    "--allowed-signers",
    type=_PATH,
    help="Who may have signed it, as ssh-keygen lists them: one of these must have.",
)
@click.option(
    "--roots",
    type=_PATH,
    help="Certificates (PEM) of time-stamp authorities: every stamp must be from one of these.",
)
def verify(bag: Path, allowed_signers: Path | None, roots: Path | None) -> None:
    """Tell whether every byte of an evidence BAG is as it was, and what vouches for it."""
    from throwline.cli._verify import verify_bag

    sys.exit(verify_bag(bag, allowed_signers, roots))


@click.command()
@click.argument("bag", type=_PATH)
@click.option("--key", required=True, type=_PATH, help="A private key of OpenSSH.")
def sign(bag: Path, key: Path) -> None:
    """Sign an evidence BAG, so that `ssh-keygen -Y verify` can tell who vouches for it."""
    from throwline.cli._vouch import sign_bag

    sys.exit(sign_bag(bag, key))


@click.command()
@click.argument("bag", type=_PATH)
@click.option(
    "--authority",
    "authorities",
    metavar="URL",
    multiple=True,
    required=True,
    help="Where to ask. Can be given twice: two that have nothing to do with each other.",
)
@click.option("--roots", type=_PATH, help="Certificates (PEM): an answer from others is refused.")
def stamp(bag: Path, authorities: tuple[str, ...], roots: Path | None) -> None:
    """Ask time-stamp authorities on the network when an evidence BAG existed. Only a digest is sent."""
    from throwline.cli._vouch import stamp_bag

    sys.exit(stamp_bag(bag, authorities, roots))


@click.command()
@click.argument("case", type=_PATH)
@click.option("--to", "target", required=True, type=_PATH, help="The file to make: NAME.age.")
@click.option(
    "--recipient",
    "recipients",
    metavar="age1...",
    multiple=True,
    help="Whose key opens it. Can be repeated. [default: a passphrase, asked for]",
)
@click.option(
    "--who",
    default="not named",
    help="Who seals it, a name or a role: it goes into the custody chain.",
)
def seal(case: Path, target: Path, recipients: tuple[str, ...], who: str) -> None:
    """Encrypt a CASE folder into one file that the age tool opens too."""
    from throwline.cli._seal import seal_case

    sys.exit(seal_case(case, target, recipients, who))


@click.command()
@click.argument("sealed", metavar="FILE", type=_PATH)
@click.option("--to", "target", required=True, type=_PATH, help="The folder to make.")
@click.option(
    "--identity", type=_PATH, help="The file with your age key, where it was sealed to that."
)
def unseal(sealed: Path, target: Path, identity: Path | None) -> None:
    """Open a sealed FILE and check the evidence in it."""
    from throwline.cli._seal import unseal_case

    sys.exit(unseal_case(sealed, target, identity))


@click.command()
@click.argument("case", type=_PATH)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def erase(case: Path, *, yes: bool) -> None:
    """Remove a CASE folder and all that is in it, and say what that cannot reach."""
    from throwline.cli._erase import erase_case

    sys.exit(erase_case(case, sure=yes))


COMMANDS = (verify, sign, stamp, seal, unseal, erase)
