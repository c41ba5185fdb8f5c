"""How sigexport writes a message of a Signal chat as Markdown. Structure: its models.Message.to_md."""

from __future__ import annotations

import re
from collections.abc import Sequence

HEADER = re.compile(r"\[(\d{4}-\d\d-\d\d(?:, \d\d:\d\d| \d\d:\d\d:\d\d))\] (.*?): ?(.*)")
"""The line that begins a message: its time, its sender, and its first words."""


def is_sigexport(head: Sequence[str]) -> bool:
    """Whether these first lines of a text are of sigexport and not of WhatsApp, which writes almost the same.

    Most messages end in two spaces here, and older ones have no seconds.
    """
    heads = [found for found in map(HEADER.match, head) if found]
    short = sum("," in found[1] for found in heads)
    ends = sum(line.rstrip("\r").endswith("  ") for line in head)
    return bool(heads) and (short == len(heads) or 2 * ends >= len(heads))
