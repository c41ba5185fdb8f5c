"""What is said in a drawing: a conversation of talk.toml, with names, times, quotes and pictures added by seed."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "es", "de", "fr", "pt")
ME = "me"
CONTACTS = ("Jess Morrow", "kell.mor77", "Marlo_V", "Ana Ruiz", "Tomás P.", "+44 7700 900456")
MEMBERS = ("Jördis", "Ana Ruiz", "Marlo V", "Benoît", "Kit")


@dataclass(frozen=True)
class Line:
    """A message to draw. `sender` is ME or a name; `text` is None for a picture alone."""

    sender: str
    text: str | None
    at: datetime
    quotes: str | None = None


@dataclass(frozen=True)
class Talk:
    """`title` stands in the header. In a group the names of the others are drawn."""

    title: str
    is_group: bool
    lines: tuple[Line, ...]


@cache
def _written() -> dict[str, dict[str, list[list[str]]]]:
    return tomllib.loads(Path(__file__).with_name("talk.toml").read_text("utf-8"))


def talk(language: str, part: str, seed: random.Random) -> Talk:
    """One of the conversations of `part` ("tuning" or "held_out"), at a made-up time."""
    written = seed.choice(_written()[language][part])
    is_group = seed.random() < 0.25
    title = seed.choice(CONTACTS)
    names = seed.sample(MEMBERS, 3) if is_group else [title]
    at = datetime(2025, seed.randint(1, 12), seed.randint(1, 28), seed.randint(7, 22), 11)
    lines: list[Line] = []
    name = names[0]
    for one in written:
        photo = one.startswith("[photo]")
        side, said = (one[-1], None) if photo else (one[0], one[2:].replace("|", "\n"))
        if is_group and seed.random() < 0.5:
            name = seed.choice(names)
        at += timedelta(minutes=seed.choice((0, 0, 1, 1, 2, 3, 15)), seconds=seed.randint(0, 40))
        if seed.random() < 0.06:
            at += timedelta(hours=20)
        earlier = [line for line in lines if line.text]
        quotes = seed.choice(earlier).text if earlier and said and seed.random() < 0.07 else None
        lines.append(Line(ME if side == ">" else name, said, at, quotes))
    return Talk("Team " + title.split()[0] if is_group else title, is_group, tuple(lines))
