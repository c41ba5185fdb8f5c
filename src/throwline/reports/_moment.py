"""When a message was sent, in words, with how far that can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from throwline.conversation import Message
from throwline.language import gettext
from throwline.reports._words import words


def day(at: date) -> str:
    """Such as "2 March 2026"."""
    month = words()["months"][str(at.month)]
    return words()["dates"]["day"].format(day=at.day, month=month, year=at.year)


def moment(message: Message, *, noted: bool = False) -> str:
    """Such as "2 March 2026, 21:14 UTC", with its certainty unless that is `noted` elsewhere."""
    note = "" if noted else words()["certainty"][message.certainty.value]
    if message.at is None:
        return note
    zone = " UTC" if message.at.tzinfo is not None else ""
    # Translators: a day and a time, such as “2 March 2026, 21:14 UTC”.
    time = gettext("{day}, {time}").format(day=day(message.at), time=f"{message.at:%H:%M}{zone}")
    return f"{time} ({note})" if note else time


def common_certainty(messages: Iterable[Message]) -> str:
    """What is uncertain about the times of all messages alike, as one sentence; "" where they differ or are exact."""
    certainties = {message.certainty for message in messages}
    if len(certainties) != 1:
        return ""
    note = words()["certainty"][certainties.pop().value]
    return f"{note[:1].upper()}{note[1:]}." if note else ""
