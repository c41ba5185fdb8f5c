"""Putting right what was read wrongly, with the reading kept beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from throwline.conversation import Certainty, Kind, Message, Participant, time_form
from throwline.screenshots._near_misses import near_miss_notes, without_near_misses


def corrected(
    message: Message,
    *,
    by: str,
    text: str | None = None,
    sender: Participant | None = None,
    at: datetime | None = None,
) -> Message:
    """`message` as `by` says it is; what is None stays. What had been read is kept in `reading.replaced`, from the first
    correction on, and goes where it is corrected back.

    `sender` must be one of the conversation's participants, the same object or an equal one; what the app was taken to
    have written is then a message like others. A time without a zone is LOCAL, one with a zone EXACT. Raises ValueError
    for a message that was not read off a picture: the text of an export is evidence and stays.
    """
    reading = message.reading
    if reading is None:
        raise ValueError(f"message {message.number} was not read off a picture")
    read = dict(reading.replaced)
    now = message
    if text is not None:
        notes = (*without_near_misses(message.notes), *near_miss_notes(text))
        now = replace(now, text=text, notes=notes)
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
    return replace(now, reading=replace(reading, replaced=replaced, by=by if replaced else None))
