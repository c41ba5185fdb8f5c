"""What happened, message by message, in the order it happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from throwline.case import Case, Read
from throwline.conversation import Attachment, Message
from throwline.language import gettext, ngettext
from throwline.recognition import OWN_SIDE, Act
from throwline.reports._moment import common_certainty, day, moment
from throwline.reports._people import who
from throwline.reports._strangers import inline, shortened
from throwline.reports._words import doing, listed, platform_name, words

_MOST = 60
"""The most events a narrative tells; a table of the cited messages holds them all."""
_QUOTED = 160
"""Characters of a message that a narrative repeats."""


@dataclass(frozen=True, slots=True)
class Event:
    """A message and what it does that its sender had not done before, or a payment."""

    message: Message
    acts: tuple[Act, ...]
    judged: frozenset[Act] = frozenset()
    """Those of `acts` that only the act model found."""

    def told(self, *, dated: bool = False, quoted: bool = True) -> str:
        """One sentence, with the day where it is `dated`, and with the words where it is `quoted`. What the person
        under threat wrote is never repeated word by word: it is theirs to tell."""
        does = [
            doing(act, judged=act in self.judged)
            for act in sorted(self.acts, key=lambda act: act in self.judged)
        ]
        # Translators: such as “At 21:14 (message 7) Lena asks for money.”
        sentence = gettext("{place} {who} {does}.")
        if quoted and not set(self.acts) <= OWN_SIDE:
            # Translators: such as “At 21:14 (message 7) Lena asks for money: “send 300”.”
            sentence = gettext("{place} {who} {does}: “{words}”.")
        return sentence.format(
            place=self._place(dated=dated),
            who=inline(who(self.message.sender)),
            does=listed(does),
            words=shortened(self.message.text, _QUOTED),
        )

    def _place(self, *, dated: bool) -> str:
        """When, and in which message."""
        at = self.message.at
        if at is None:
            # Translators: stands before or after what somebody does.
            place = gettext("(message {number})")
        elif dated:
            place = gettext("On {day} at {time} (message {number})")
        else:
            place = gettext("At {time} (message {number})")
        return place.format(
            day=at and day(at), time=at and f"{at:%H:%M}", number=self.message.number
        )


def told_of(case: Case) -> tuple[Read, ...]:
    """The conversations a report is about: those with an alarm, or else with early signs, or else with anything cited."""
    return case.alarms or case.warnings or tuple(read for read in case.reads if read.cited())


def events(read: Read) -> tuple[Event, ...]:
    """The first time each sender does each thing, and every payment. At most 60."""
    messages = {message.number: message for message in read.cited()}
    done: set[tuple[str | None, Act]] = set()
    found: dict[int, dict[Act, bool]] = {}
    for cited in read.stated:
        deed = (cited.sender, cited.act)
        if deed not in done or cited.act is Act.PAY:
            found.setdefault(cited.n, {}).setdefault(cited.act, cited.by_model)
        done.add(deed)
    return tuple(
        Event(messages[n], tuple(acts), frozenset(a for a, judged in acts.items() if judged))
        for n, acts in sorted(found.items())
    )[:_MOST]


def opening(read: Read, timezone: str | None) -> str:
    """Where and when, and how sure the times are."""
    conversation = read.conversation
    times = [message.at for message in conversation.messages if message.at is not None]
    place = platform_name(conversation.platform)
    count = len(conversation.messages)
    text = ngettext(
        "There is {count} message ({app}).", "There are {count} messages ({app}).", count
    )
    sentences = [text.format(count=count, app=place)]
    if times and times[0].date() != times[-1].date():
        between = gettext("They were written from {first} to {last}.")
        sentences.append(between.format(first=day(times[0]), last=day(times[-1])))
    elif times:
        sentences.append(gettext("All was written on {day}.").format(day=day(times[0])))
    if certainty := common_certainty(read.cited()):
        sentences.append(certainty)
    if timezone:
        told = gettext("The device was set to {timezone}, as far as is known.")
        sentences.append(told.format(timezone=timezone))
    return " ".join(sentences)


def narrative(read: Read) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each day with what happened on it, one sentence an event."""
    for date, told in groupby(events(read), _date):
        yield date, tuple(event.told() for event in told)


def _date(event: Event) -> str:
    return day(event.message.at) if event.message.at else gettext("At a time that is not known")


def how_often(read: Read) -> tuple[tuple[str, str, str, str], ...]:
    """For each sender and act: who, what, in how many messages, and which first and last."""
    counted: Counter[tuple[str | None, Act]] = Counter()
    first: dict[tuple[str | None, Act], int] = {}
    last: dict[tuple[str | None, Act], int] = {}
    for n, sender, act in dict.fromkeys((a.n, a.sender, a.act) for a in read.stated):
        counted[sender, act] += 1
        first.setdefault((sender, act), n)
        last[sender, act] = n
    return tuple(
        (
            sender or gettext("not known"),
            words()["acts"][act.value],
            str(count),
            str(first[sender, act])
            if count == 1
            # Translators: message numbers, such as “3 to 9”.
            else gettext("{first} to {last}").format(
                first=first[sender, act], last=last[sender, act]
            ),
        )
        for (sender, act), count in counted.items()
    )


def cited_rows(read: Read, longest: int) -> tuple[tuple[str, str, str, str], ...]:
    """Number, time, sender and text of every cited message. A text of more than `longest` characters is cut, and says
    so."""
    noted = bool(common_certainty(read.cited()))
    return tuple(
        (
            str(message.number),
            moment(message, noted=noted) or gettext("not known"),
            who(message.sender),
            _whole(message, longest),
        )
        for message in read.cited()
    )


def _whole(message: Message, longest: int) -> str:
    media = [f"[{not_shown(a)}]" for a in message.attachments]
    text = message.text
    if len(text) > longest:
        # Translators: in brackets, where a long message was cut.
        left = gettext("the evidence holds the other {count} characters")
        text = f"{text[:longest]}… [{left.format(count=len(text) - longest)}]"
    return " ".join([*([text] if text.strip() else []), *media]) or f"[{gettext('no text')}]"


def not_shown(attachment: Attachment) -> str:
    """Such as "picture, not shown"."""
    kind = words()["media"][attachment.medium.value]
    # Translators: in brackets, such as “[picture, not shown]”.
    return gettext("{attachment}, not shown").format(attachment=kind)


_NUMBERS = 12


def numbers(seen: tuple[int, ...]) -> str:
    """Message numbers, of very many the first ones."""
    shown = ", ".join(str(number) for number in seen[:_NUMBERS])
    if len(seen) <= _NUMBERS:
        return shown
    # Translators: message numbers, such as “3, 7, 9 and 4 more”.
    return gettext("{list} and {count} more").format(list=shown, count=len(seen) - _NUMBERS)
