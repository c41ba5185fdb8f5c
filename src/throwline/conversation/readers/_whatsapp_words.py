"""What WhatsApp itself writes into an export, in any language (whatsapp.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from throwline.conversation._message import Medium
from throwline.conversation.readers._reader import DateOrder

MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
"""Direction marks and the byte order mark, as the inside of a character class."""
_MARKS = re.compile(f"[{MARKS}]+")
_COLUMNS = ("notices", "deleted", "edited", "attached", "calls", "polls")
_FRAME = " \u00a0\u202f<>.。"


def unmarked(text: str) -> str:
    """`text` without direction marks."""
    return _MARKS.sub("", text)


def bare(text: str) -> str:
    """`text` as the app's own words are compared: no letter case, marks, angle brackets or full stop."""
    return unmarked(text).strip(_FRAME).casefold()


@dataclass(frozen=True)
class Words:
    """The app's own words in all languages, `bare`.

    `omitted` says what each phrase stands for; `orders` in which order the languages that have a phrase write dates.
    `lines` are all that can be the whole of a message.
    """

    omitted: dict[str, Medium]
    deleted: frozenset[str]
    edited: frozenset[str]
    attached: frozenset[str]
    calls: tuple[str, ...]
    polls: frozenset[str]
    notices: tuple[str, ...]
    titles: tuple[str, ...]
    orders: dict[str, set[DateOrder | None]]
    lines: frozenset[str]

    def is_notice(self, text: str) -> bool:
        """Whether `text` holds the notice that opens a chat."""
        own = bare(text)
        return any(notice in own for notice in self.notices)

    def order_told_by(self, text: str) -> DateOrder | None:
        """The date order of the language in which the app wrote `text`; None for a person's words and where the
        languages that have the phrase differ."""
        own = bare(text)
        orders = self.orders.get(own) or next(
            (self.orders[notice] for notice in self.notices if notice in own), set()
        )
        return next(iter(orders)) if len(orders) == 1 else None


@cache
def words() -> Words:
    """What whatsapp.toml holds."""
    data = tomllib.loads(files(__package__).joinpath("whatsapp.toml").read_text("utf-8"))
    columns: dict[str, list[str]] = {}
    omitted: dict[str, Medium] = {}
    orders: dict[str, set[DateOrder | None]] = {}
    for language in data["language"]:
        order = DateOrder(language["date_order"]) if "date_order" in language else None
        left_out = {
            bare(phrase): Medium(medium)
            for medium, phrases in language["omitted"].items()
            for phrase in phrases
        }
        omitted |= left_out
        own = {column: [bare(p) for p in language.get(column, ())] for column in _COLUMNS}
        for column, phrases in own.items():
            columns.setdefault(column, []).extend(phrases)
        for phrase in (*left_out, *own["notices"], *own["deleted"], *own["calls"]):
            orders.setdefault(phrase, set()).add(order)
    return Words(
        omitted=omitted,
        deleted=frozenset(columns["deleted"]),
        edited=frozenset(columns["edited"]),
        attached=frozenset(columns["attached"]),
        calls=tuple(columns["calls"]),
        polls=frozenset(columns["polls"]),
        notices=tuple(columns["notices"]),
        titles=tuple(data["titles"]),
        orders=orders,
        lines=frozenset(
            framed.format(phrase)
            for phrase in (*omitted, *columns["deleted"], *columns["calls"])
            for framed in ("{}", "{}.", "{}。", "<{}>", "<{}.>", "< {} >")
        ),
    )
