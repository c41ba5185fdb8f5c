"""Which languages there are, which one is spoken now, and what a text is in it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import ParamSpec, TypeVar

SOURCE = "en"
"""The language that the texts are written in."""
_REVIEWED = "reviewed"
"""How the header Language-Team of a catalogue begins once a native speaker has looked through it."""
_room = files("throwline.language")

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is a BCP 47 tag, `also` holds others for the same; `name` is what its speakers call it, `direction` "ltr" or
    "rtl". `reviewed` is False while a translation still waits for a native speaker to look through it."""

    code: str
    name: str
    direction: str
    reviewed: bool
    also: tuple[str, ...] = ()


@cache
def languages() -> tuple[Language, ...]:
    """Those on offer, English first. A translation is offered from when it is complete: only then is it compiled."""
    known = tomllib.loads((_room / "languages.toml").read_text("utf-8"))
    return tuple(
        Language(code, entry["name"], entry["direction"], _reviewed(code), tuple(entry["also"]))
        for code, entry in known.items()
        if code == SOURCE or _compiled(code)
    )


def offered(tag: str) -> Language | None:
    """The language on offer for a BCP 47 tag ("pt-BR", "tl"), None where there is none."""
    code = tag.partition("-")[0].lower()
    return next((one for one in languages() if code in (one.code, *one.also)), None)


def language_for(tag: str | None) -> Language:
    """The language on offer for a BCP 47 tag, English where there is none."""
    return (offered(tag) if tag else None) or languages()[0]


def spoken() -> Language:
    """The language that texts are shown in now."""
    return _spoken.get() or language_for(SOURCE)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Show texts in `language` until the end of the block, in this thread."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


def gettext(message: str) -> str:
    """`message`, which is English, in the language that is spoken now."""
    # The empty message is the header of a catalogue.
    return _catalogue(spoken().code).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """One of two English messages, by `count`, in the language that is spoken now."""
    return _catalogue(spoken().code).ngettext(one, many, count)


def isolated(text: str) -> str:
    """A number, a name or an address that keeps its own order among words that run from right to left (Unicode Standard
    Annex 9): "0800 111" would otherwise be read as "111 0800"."""
    return f"\u2068{text}\u2069" if spoken().direction == "rtl" else text


def cache_by_language(make: Callable[P, R]) -> Callable[P, R]:
    """As functools.cache, for what is made of texts: once for each language."""

    @cache
    def made(_language: str, *args: P.args, **kwargs: P.kwargs) -> R:
        return make(*args, **kwargs)

    @wraps(make)
    def of_now(*args: P.args, **kwargs: P.kwargs) -> R:
        return made(spoken().code, *args, **kwargs)  # type: ignore[arg-type]

    return of_now


@cache
def _catalogue(code: str) -> NullTranslations:
    compiled = _room / code / "LC_MESSAGES" / "throwline.mo"
    if not compiled.is_file():
        return NullTranslations()
    with compiled.open("rb") as file:
        return GNUTranslations(file)


def _compiled(code: str) -> bool:
    return isinstance(_catalogue(code), GNUTranslations)


def _reviewed(code: str) -> bool:
    team = _catalogue(code).info().get("language-team", "")
    return code == SOURCE or team.startswith(_REVIEWED)
