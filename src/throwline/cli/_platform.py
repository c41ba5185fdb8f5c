"""The commands for platforms, and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_PATH = click.Path(path_type=Path)
_production = click.option(
    "--production",
    is_flag=True,
    help="Use the real service and its credentials. [default: the test service, for made-up reports]",
)


@click.group()
def cybertip() -> None:
    """For platforms with credentials of NCMEC: draft, send and finish a CyberTipline report.

    Credentials come from THROWLINE_CYBERTIP_TEST_USER and THROWLINE_CYBERTIP_TEST_PASSWORD, or the same with
    PRODUCTION. Everybody else uses `throwline report cybertip-public`.
    """


@cybertip.command()
@click.argument("case", type=_PATH)
@click.option("--esp", required=True, type=_PATH, help="What the platform knows: a TOML file.")
@click.option("--to", "target", required=True, type=_PATH, help="The XML file to write.")
def draft(case: Path, esp: Path, target: Path) -> None:
    """Write the report of a CASE folder as XML, to be read by a person. Nothing is sent."""
    from throwline.cli._cybertip import draft_report

    sys.exit(draft_report(case, esp, target))


@cybertip.command()
@_production
def status(*, production: bool) -> None:
    """Tell whether the service is there, takes the credentials, and has the schema known here."""
    from throwline.cli._cybertip import show_status

    sys.exit(show_status(production=production))


@cybertip.command()
@click.argument("xml", type=_PATH)
@_production
def submit(xml: Path, *, production: bool) -> None:
    """Open a report with an XML file, and write a receipt beside it. It has to be finished within a day."""
    from throwline.cli._cybertip import submit_report

    sys.exit(submit_report(xml, production=production))


@cybertip.command()
@click.argument("receipt", type=_PATH)
@click.argument("file", type=_PATH)
@click.option("--details", type=_PATH, help="What the platform knows about the file: a TOML file.")
@_production
def upload(receipt: Path, file: Path, details: Path | None, *, production: bool) -> None:
    """Send one of the platform's own reported files, byte for byte, as part of an open report."""
    from throwline.cli._cybertip import upload_file

    sys.exit(upload_file(receipt, file, details, production=production))


@cybertip.command()
@click.argument("receipt", type=_PATH)
@_production
def finish(receipt: Path, *, production: bool) -> None:
    """Hand an open report in, once a person at the terminal has confirmed it. It cannot be undone."""
    from throwline.cli._cybertip import finish_report

    sys.exit(finish_report(receipt, production=production))


@cybertip.command()
@click.argument("receipt", type=_PATH)
@_production
def retract(receipt: Path, *, production: bool) -> None:
    """Take back an open report that is not finished."""
    from throwline.cli._cybertip import retract_report

    sys.exit(retract_report(receipt, production=production))


COMMANDS = (cybertip,)
