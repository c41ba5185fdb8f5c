"""What acts, patterns and the like are called in front of people."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files

from throwline.conversation import Conversation
from throwline.guidance import countries, directory
from throwline.language import Note, cache_by_language, gettext, localized
from throwline.recognition import Act

_NAMELESS = frozenset(
    (
        *(Note("pasted text"), Note("Screenshots"), Note("E-mail without a subject")),
        # Translators: stands in place of the name of the person whose chat it is.
        Note("Me"),
        # Translators: stands in place of the name of the other person in a chat.
        Note("The other side"),
        # Translators: stands in place of a name.
        Note("owner of this download"),
        # Translators: stands in place of a name; a package is all that an app holds about somebody.
        Note("owner of this package"),
    )
)
"""What readers call a conversation or a person without a name."""


@cache_by_language
def words() -> dict[str, dict[str, str]]:
    """The tables of words.toml, by name."""
    read = tomllib.loads((files("throwline.reports") / "words.toml").read_text("utf-8"))
    return localized(read, "report-words")


def doing(act: Act, *, judged: bool) -> str:
    """What somebody does. What only the act model `judged`, and no lexicon's words say, is said to be no more than
    perhaps so."""
    said = words()["acts"][act.value]
    return f"{words()['hedge']['perhaps']} {said}" if judged else said


def platform_name(platform: str) -> str:
    """The app's name as it writes itself."""
    return words()["platforms"].get(platform, platform)


def called(conversation: Conversation) -> str:
    """What a conversation is called: its title where it has one."""
    return named(conversation.title or conversation.identifier)


def named(name: str) -> str:
    """A name as it was read, in words where there was none."""
    return gettext(name) if name in _NAMELESS else name


def country_name(code: str | None) -> str | None:
    """The country's name, or its code where the directory does not cover it."""
    return directory(code).name if code in countries() else code


def listed(items: Iterable[str]) -> str:
    """Such as "a, b and c"."""
    *first, last = items
    if not first:
        return last
    joined = first[0]
    for item in first[1:]:
        joined = words()["lists"]["more"].format(first=joined, next=item)
    return words()["lists"]["last"].format(first=joined, last=last)
