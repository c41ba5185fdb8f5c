"""The commands and their options. What they do lives in the rooms; each command loads only what it needs."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

import click

from throwline import __version__
from throwline.cli._evidence import COMMANDS as EVIDENCE
from throwline.cli._platform import COMMANDS as PLATFORM
from throwline.cli._prevention import COMMANDS as PREVENTION

_AGES = ("under18", "adult", "unknown")
_ROLES = ("person", "parent", "helper")
_REPLIES = ("yes", "no", "unknown")
_PICTURES = ("threat-only", "shared", "none-exist", "unknown")
_PAID_BY = (
    "bank",
    "card",
    "cashapp",
    "paypal",
    "zelle",
    "venmo",
    "gift_card",
    "crypto",
    "other",
)
_ORDERS = ("day-first", "month-first")
_REPORTS = (
    "police",
    "ic3",
    "cybertip-public",
    "platform",
    "takeitdown",
    "stopncii",
    "reportremove",
    "takedown-notice",
    "handover",
    "loss-log",
)
_EXPORTS = ("stix", "misp", "case-uco")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="throwline", message="%(prog)s %(version)s")
def main() -> None:
    """From a conversation to help, proof and reports. Nothing leaves this machine."""
    # What is half made is then taken away, as after Ctrl+C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def _answered(command: Any) -> Any:
    """The options for the few answers that change the advice."""
    for option in reversed(
        (
            click.option(
                "--age-in-picture",
                type=click.Choice(_AGES),
                help="How old the person in the picture was when it was taken.",
            ),
            click.option("--country", metavar="XX", help="Two letters: US, GB, IN, BR, ..."),
            click.option("--timezone", metavar="NAME", help="Of the device: Europe/London, ..."),
            click.option("--language", metavar="TAG", help="Of the report: en, es, pt-BR, ..."),
            click.option("--i-am", type=click.Choice(_ROLES), help="Who is asking for help."),
            click.option(
                "--pictures-state",
                type=click.Choice(_PICTURES),
                help="Threatened with, already shared, or there is none and it is a bluff.",
            ),
            click.option("--paid", type=click.Choice(_REPLIES), help="Was something paid?"),
            click.option(
                "--paid-by",
                type=click.Choice(_PAID_BY),
                multiple=True,
                help="How, with --paid yes. Can be repeated.",
            ),
            click.option(
                "--sent-more",
                type=click.Choice(_REPLIES),
                help="Were more pictures sent after the threat?",
            ),
            click.option(
                "--made-with-ai",
                type=click.Choice(_REPLIES),
                help="Is the picture a fake, made with AI?",
            ),
            click.option(
                "--knows-person",
                type=click.Choice(_REPLIES),
                help="Is the one who threatens known in real life, or near?",
            ),
            click.option(
                "--in-danger-now",
                type=click.Choice(_REPLIES),
                help="Is somebody in danger at this moment?",
            ),
            click.option(
                "--self-harm",
                type=click.Choice(_REPLIES),
                help="Does the person think of harming themselves?",
            ),
        )
    ):
        command = option(command)
    return command


@main.command("open")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_answered
@click.option(
    "--date-order",
    type=click.Choice(_ORDERS),
    help="How dates are written in the export, where it does not show.",
)
@click.option(
    "--columns",
    metavar="sender=From,at=Date,text=Body",
    help="Read a table (CSV) or JSON lines: which of its columns hold what. Only text must be named.",
)
@click.option(
    "--screenshots",
    is_flag=True,
    help="The paths are screenshots of one chat, in order. Only their text is kept.",
)
@click.option(
    "--picture",
    "pictures",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A picture to fingerprint on this device. It is not copied. Can be repeated.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="The folder to make for the case. [default: case-DATE-TIME here]",
)
def open_(paths: tuple[Path, ...], target: Path | None, **given: Any) -> None:
    """Read exports (files, folders, zips) and make a case: report.html, case.json, evidence/."""
    from throwline.cli._open import open_paths

    _exit(open_paths(paths, target, **given))


@main.command()
def recognise() -> None:
    """Read conversations as JSON lines on stdin and answer a finding a line."""
    from throwline.cli._recognise import recognise_lines

    _exit(recognise_lines(sys.stdin.buffer, sys.stdout, sys.stderr))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def evaluate(paths: tuple[Path, ...]) -> None:
    """Measure recognition on labelled conversations (JSON lines). Prints counts only, no text."""
    from throwline.cli._evaluate import evaluate_files

    _exit(evaluate_files(paths, sys.stdout, sys.stderr))


@main.command()
@click.argument("kind", type=click.Choice(_REPORTS + _EXPORTS))
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="The file to write: .txt, .html or .pdf; .json for stix, misp and case-uco. [default: print it]",
)
@click.option("--platform", metavar="NAME", help="For the report to an app: which, if another.")
def report(kind: str, case: Path, target: Path | None, platform: str | None) -> None:
    """Make a report of a CASE folder: for the police, for a form, or a guide. Nothing is sent."""
    from throwline.cli._report import write_report

    _exit(write_report(kind, case, target, platform))


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0: any free one.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def serve(port: int, no_browser: bool) -> None:
    """Open a page on this machine that does what `open` does. Nothing is written to disk."""
    from throwline.cli._serve import serve_page

    _exit(serve_page(port, with_browser=not no_browser))


@main.command()
@click.option("--once", is_flag=True, help="Stop after the summary.")
def demo(once: bool) -> None:
    """Show it all on a conversation that was made up for this."""
    from throwline.cli._demo import show_demo

    _exit(show_demo(once=once))


@main.group()
def site() -> None:
    """The first hour as plain web pages that any helpline can host."""


@site.command("build")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--tools",
    metavar="ENGINE",
    type=click.Path(path_type=Path),
    help="The folder that `make engine` wrote: the site then has tools that run in the browser.",
)
@click.option(
    "--at",
    metavar="ADDRESS",
    help="Where the site will be, such as https://example.org/: pages then offer a code for another phone.",
)
def build(folder: Path, tools: Path | None, at: str | None) -> None:
    """Write the pages to DIR, a new or an empty folder."""
    from throwline.cli._site import build_site

    _exit(build_site(folder, tools, at))


for command in (*EVIDENCE, *PREVENTION, *PLATFORM):
    main.add_command(command)


def _exit(status: int) -> None:
    if status:
        sys.exit(status)
