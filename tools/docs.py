"""Write the pages that say what the code says: `docs.py` rewrites them, and the tests hold them to the code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from tests.conversation.conformance import EXAMPLES, name_of

from throwline.cli import main
from throwline.conversation import READERS
from throwline.conversation.readers.table import Table

DOCS = Path(__file__).parents[1] / "docs"


def commands() -> str:
    """docs/commands.md, from the commands' own help."""
    lines = [
        "# Commands",
        "",
        "Made by `make docs` from the commands themselves. `throwline COMMAND --help` shows the same.",
    ]
    for name, command in _all_commands(main, "throwline"):
        context = click.Context(
            command,
            info_name=name,
            max_content_width=96,
            terminal_width=96,
            # As a command has it below the group.
            help_option_names=main.context_settings["help_option_names"],
        )
        lines += ["", f"## {name}", "```text", command.get_help(context), "```"]
    return "\n".join(lines) + "\n"


def _all_commands(group: click.Group, within: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name, those of a group after it."""
    for name, command in sorted(group.commands.items()):
        yield f"{within} {name}", command
        if isinstance(command, click.Group):
            yield from _all_commands(command, f"{within} {name}")


def formats() -> str:
    """docs/formats.md, from what the readers say about themselves."""
    lines = [
        "# What Throwline reads",
        "",
        "Made by `make docs` from the readers themselves. A format is recognised by its content, never by its name.",
        "What an export leaves out is said in every case made from it. The steps in the apps change often: where one",
        "has moved, look for “export” or “download your data”.",
        "",
        "| format | known by | people | times |",
        "|---|---|---|---|",
    ]
    every = [*READERS, Table]
    lines += [
        f"| {f.title} | {f.known_by} | {f.people} | {f.times} |"
        for f in (reader.facts for reader in every)
    ]
    for reader in every:
        facts = reader.facts
        lines += ["", f"## {facts.title}", "How to get it:", ""]
        lines += [f"{number}. {step}" for number, step in enumerate(facts.export_steps, 1)]
        if facts.leaves_out:
            lines += ["", "What it leaves out:", ""]
            lines += [f"- {sentence}" for sentence in facts.leaves_out]
        folders = EXAMPLES.get(name_of(reader), ())
        if folders:
            named = ", ".join(f"tests/data/chat/{folder}" for folder in folders)
            lines += ["", f"Examples whose truth is known: {named}"]
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands, "formats.md": formats}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
