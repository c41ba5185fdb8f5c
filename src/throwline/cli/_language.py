"""Which language the one who sits at the terminal is answered in."""

from __future__ import annotations

from throwline.cli._say import say
from throwline.language import Language, language_for, languages, offered


def answering(tag: str | None) -> Language:
    """The language on offer for a BCP 47 tag, or English; where there is no such language, that is said."""
    if tag is not None and offered(tag) is None:
        there = ", ".join(one.code for one in languages())
        say(f"There is no {tag} yet, so this is in English. There are: {there}.", wrong=True)
    return language_for(tag)
