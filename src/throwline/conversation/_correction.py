"""Putting right what a reader was not sure of, with what it had read kept beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from throwline.conversation._form import time_form
from throwline.conversation._message import (
    Certainty,
    Correction,
    Kind,
    Message,
    Participant,
)

_UNREADABLE = "�"
_GUESSED = "pasted text"
"""What sources call it: who wrote what in it, and when, is told by the looks of its lines only."""


def doubts(message: Message) -> frozenset[str]:
    """What of a message is not sure, or was corrected: of "sender", "at" and "text" those that can be put right.

    All of it where it was read off a picture or pasted; else who wrote it, where the export does not say; the time, where
    it has none, or day and month could be the other way round; the text, where letters of it could not be read. The rest
    is evidence, and stays.
    """
    if message.reading or message.source.file == _GUESSED:
        return frozenset({"sender", "at", "text"})
    found = {field for field, _ in message.correction.replaced} if message.correction else set()
    if message.certainty in (Certainty.ASSUMED, Certainty.NONE):
        found.add("at")
    if message.sender is None and message.kind is Kind.WRITTEN:
        found.add("sender")
    if _UNREADABLE in message.text:
        found.add("text")
    return frozenset(found)


def corrected(
    message: Message,
    *,
    by: str,
    text: str | None = None,
    sender: Participant | None = None,
    at: datetime | None = None,
) -> Message:
    """`message` as `by` says it is; what is None stays. What had been read is kept in `correction.replaced`, from the
    first correction on, and goes where it is corrected back.

    `sender` must be one of the conversation's participants, the same object or an equal one; what the app was taken to
    have written is then a message like others. A time without a zone is LOCAL, one with a zone EXACT. Raises ValueError
    for what is not in doubt.
    """
    given = {"text": text, "sender": sender, "at": at}
    if sure := {field for field, value in given.items() if value is not None} - doubts(message):
        raise ValueError(f"of message {message.number}, {', '.join(sorted(sure))} is sure")
    read = dict(message.correction.replaced) if message.correction else {}
    now = message
    if text is not None:
        now = replace(now, text=text)
        read.setdefault("text", message.text)
    if sender is not None:
        now = replace(now, sender=sender, kind=Kind.WRITTEN)
        read.setdefault("sender", message.sender.name if message.sender else None)
    if at is not None:
        certainty = Certainty.LOCAL if at.tzinfo is None else Certainty.EXACT
        now = replace(now, at=at, certainty=certainty)
        read.setdefault("at", time_form(message.at))
    current = {
        "text": now.text,
        "sender": now.sender.name if now.sender else None,
        "at": time_form(now.at),
    }
    replaced = tuple((field, was) for field, was in read.items() if was != current[field])
    return replace(now, correction=Correction(replaced, by) if replaced else None)
