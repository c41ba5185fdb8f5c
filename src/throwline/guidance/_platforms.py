"""Where to report on each platform, what to keep, and how to get one's own messages out."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

from throwline.guidance._provenance import (
    GuidanceError,
    Provenance,
    Table,
    folder,
    load,
    provenance_from,
)
from throwline.language import cache_by_language, localized


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know about a platform, in plain words, with the page that does it where there is one."""

    text: str
    provenance: Provenance
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Platform:
    """An app or site. `identifier` is the word that conversations use for it ("whatsapp"); `aliases` are others.

    `report` says where to report a threat, `preserve` what to keep and what would destroy it, `export` how to get
    one's own messages out.
    """

    identifier: str
    name: str
    aliases: tuple[str, ...]
    report: tuple[Fact, ...]
    preserve: tuple[Fact, ...]
    export: tuple[Fact, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Everything known about it."""
        return self.report + self.preserve + self.export


@cache_by_language
def platforms() -> tuple[Platform, ...]:
    """Every platform that is covered, by name."""
    read = (_platform(f) for f in folder("platforms").iterdir() if f.name.endswith(".toml"))
    return tuple(sorted(read, key=lambda platform: platform.name.casefold()))


def platform(word: str) -> Platform | None:
    """The platform with this identifier, name or alias, whatever the case of its letters; None where not covered."""
    wanted = word.casefold()
    for known in platforms():
        if wanted in (known.identifier, known.name.casefold(), *known.aliases):
            return known
    return None


def _platform(file: Traversable) -> Platform:
    table = localized(load(file), "platform")
    try:
        return Platform(
            identifier=file.name.removesuffix(".toml"),
            name=table["name"],
            aliases=tuple(table.get("aliases", ())),
            report=_facts(table, "report"),
            preserve=_facts(table, "preserve"),
            export=_facts(table, "export"),
        )
    except (KeyError, ValueError) as error:
        raise GuidanceError(f"platforms/{file.name}: {error}.") from error


def _facts(table: Table, about: str) -> tuple[Fact, ...]:
    return tuple(Fact(e["text"], provenance_from(e), e.get("url")) for e in table[about])
