"""Practice conversations for a lesson, in the conversation format, each message with its reading."""

from __future__ import annotations

from dataclasses import dataclass

from throwline.language import cache_by_language
from throwline.reports import words
from throwline.site._texts import table


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `does` says in plain words what it does; empty where it does nothing that matters."""

    number: int
    sender: str
    text: str
    does: tuple[str, ...]
    turns: bool
    """Whether this is the message after which a careful helper would speak of a threat, or would have a word."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of adults that was made up, what to ask about it, and how it reads."""

    title: str
    lines: tuple[Line, ...]
    ask: str
    reading: tuple[str, ...]


@cache_by_language
def practice() -> tuple[Talk, ...]:
    """In the order of the lesson."""
    return tuple(
        Talk(
            title=talk["title"],
            lines=tuple(
                Line(
                    number=message["n"],
                    sender=message["sender"],
                    text=message["text"],
                    does=tuple(
                        words()["acts"][act] for act in talk["acts"].get(str(message["n"]), ())
                    ),
                    turns=message["n"] == talk.get("alarm_by"),
                )
                for message in talk["messages"]
            ),
            ask=talk["ask"],
            reading=tuple(talk["reading"]),
        )
        for talk in table("practice")["talk"]
    )
