"""The steps of the first hour, read from data: each in its place, with one telling for each kind of reader."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

from throwline.guidance._directory import Kind
from throwline.guidance._provenance import (
    GuidanceError,
    Provenance,
    Table,
    folder,
    load,
    provenance_from,
)
from throwline.guidance._situation import Condition, condition, holds
from throwline.language import cache_by_language, gettext, isolated, localized


@dataclass(frozen=True, slots=True)
class Words:
    """Ready text to copy: `to` whom it is said, and what to say."""

    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Adviser:
    """Who gives this advice, in words for a reader, and where they say so."""

    who: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, told to one kind of reader.

    `id` names the step and `telling` the variant. `minutes` is how long it takes. `do` holds short sentences, in
    order. `first_hour` says whether it belongs to the first hour, when reading is hardest. `contacts` are the kinds of
    service to show beside it. `differ` says where the sources disagree.
    """

    id: str
    telling: str
    title: str
    do: tuple[str, ...]
    minutes: int
    first_hour: bool
    why: str
    advised_by: tuple[Adviser, ...]
    words: tuple[Words, ...] = ()
    contacts: tuple[Kind, ...] = ()
    differ: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """A step and whom it is for: any of `when` (all, where there is none)."""

    when: tuple[Condition, ...]
    step: Step

    def fits(self, bits: int) -> bool:
        """Whether this is for a reader in that situation."""
        return not self.when or any(holds(wanted, bits) for wanted in self.when)


@cache_by_language
def places() -> tuple[tuple[Telling, ...], ...]:
    """The places of the plan in order. At most one telling of each is told: the first that fits."""
    read = [_tellings(file) for file in folder("steps").iterdir() if file.name.endswith(".toml")]
    return tuple(tellings for _, tellings in sorted(read, key=lambda place: place[0]))


def _tellings(file: Traversable) -> tuple[int, tuple[Telling, ...]]:
    table = localized(load(file), "step")
    try:
        tellings = tuple(_telling(table, entry) for entry in table["telling"])
        return table["order"], tellings
    except (KeyError, ValueError) as error:
        raise GuidanceError(f"steps/{file.name}: {error}.") from error


def _telling(table: Table, entry: Table) -> Telling:
    step = Step(
        id=table["id"],
        telling=entry["name"],
        title=entry["title"],
        do=tuple(entry["do"]),
        minutes=table["minutes"],
        first_hour=table["first_hour"],
        why=entry["why"] if "why" in entry else table["why"],
        advised_by=tuple(_adviser(a) for a in table["advised_by"]),
        words=tuple(Words(w["to"], w["text"]) for w in entry.get("words", ())),
        contacts=tuple(Kind(kind) for kind in entry.get("contacts", ())),
        differ=entry.get("differ"),
    )
    return Telling(tuple(condition(when) for when in entry.get("when", ())), step)


def _adviser(entry: Table) -> Adviser:
    """`who` says it, a name; `through` whom it came to us, another; `says` is what, where the source is about more."""
    who = isolated(entry["who"])
    if through := entry.get("through"):
        who = gettext("{name}, as passed on by {other}").format(name=who, other=isolated(through))
    if says := entry.get("says"):
        # Translators: who gives an advice, and which.
        who = gettext("{name}: {advice}").format(name=who, advice=says)
    return Adviser(who, provenance_from(entry))
