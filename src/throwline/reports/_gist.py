"""The gist of a case: what forms and short reports are filled in from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from throwline.case import Case, Read
from throwline.conversation import Participant
from throwline.language import gettext
from throwline.recognition import Act
from throwline.reports._accounts import Account, Side, accounts
from throwline.reports._events import Event, events, numbers, opening, told_of
from throwline.reports._payments import Payment, payments
from throwline.reports._people import People
from throwline.reports._strangers import inline
from throwline.reports._words import platform_name, words

# What a short report says first: the threat and its price, then what shows how serious it is.
_WEIGHT = (
    Act.THREAT_SHARE,
    Act.DEMAND_PAYMENT,
    Act.DEMAND_IMAGES,
    Act.DEMAND_OTHER,
    Act.CLAIM_MATERIAL,
    Act.HACKED_CLAIM,
    Act.INCITE_SELF_HARM,
    Act.PAY,
    Act.PAYMENT_CHANNEL,
    Act.DEADLINE,
    Act.REPEAT_DEMAND,
    Act.NAME_AUDIENCE,
    Act.COMPLY,
    Act.PRESSURE,
    Act.ISOLATE,
    Act.FALSE_AUTHORITY,
)
_DISTRESS = (Act.DISCLOSE_DISTRESS, Act.INCITE_SELF_HARM)


@dataclass(frozen=True, slots=True)
class Gist:
    """`read` is the most urgent conversation with anything in it, None where there is none. `accounts` leaves out what
    only the other side named: that is nobody else's business."""

    case: Case
    read: Read | None
    offender: Participant | None
    accounts: tuple[Account, ...]
    payments: tuple[Payment, ...]

    @classmethod
    def of(cls, case: Case) -> Gist:
        """Of the most urgent conversation."""
        reads = told_of(case)
        if not reads:
            return cls(case, None, None, (), ())
        read = reads[0]
        named = tuple(a for a in accounts(read) if a.side is not Side.OTHERS)
        return cls(case, read, People.of(read).offender, named, payments(read))

    @property
    def platform(self) -> str | None:
        """The app's name, None where it is not known."""
        if self.read is None or self.read.conversation.platform == "unknown":
            return None
        return platform_name(self.read.conversation.platform)

    @property
    def began(self) -> datetime | None:
        """When it became clear, or else when the first sign was seen."""
        if self.read is None:
            return None
        alarm = self.read.finding.alarm
        number = alarm.n if alarm else self.read.finding.warning_at
        return next((m.at for m in self.read.cited() if m.number == number), None)

    @property
    def distress(self) -> tuple[int, ...]:
        """The messages that speak of, or urge to, harming oneself."""
        if self.read is None:
            return ()
        return tuple(sorted({a.n for a in self.read.stated if a.act in _DISTRESS}))

    def values(self, *kinds: str) -> tuple[str, ...]:
        """What the person doing this gave, of some kinds; nothing of which it is not known who wrote it."""
        return tuple(
            a.value for a in self.accounts if a.kind in kinds and a.side is not Side.UNKNOWN
        )

    def listed(self) -> list[str]:
        """Every account, number and link, one a line."""
        return [
            (
                gettext("{what}: {value} (message {numbers}, who wrote it is not known)")
                if a.side is Side.UNKNOWN
                else gettext("{what}: {value} (message {numbers})")
            ).format(what=a.what, value=inline(a.value), numbers=numbers(a.seen))
            for a in self.accounts
        ]

    def summary(self, longest: int, *, of_offender_only: bool = False) -> str | None:
        """What happened in at most `longest` characters, None where nothing was recognised: whole sentences, the
        weightiest chosen, in their order. `of_offender_only` leaves out what the other side did."""
        if self.read is None or not self.read.stated:
            return None
        before, after = self._frame(longest)
        days = {event.message.at.date() for event in events(self.read) if event.message.at}
        picked: dict[int, str] = {}
        for event in _weightiest_first(events(self.read)):
            if of_offender_only and event.message.sender != self.offender:
                continue
            for quoted in (True, False):
                told = event.told(dated=len(days) > 1, quoted=quoted)
                trial = _ordered({**picked, event.message.number: told})
                if length(" ".join([*before, *trial, *after])) <= longest:
                    picked[event.message.number] = told
                    break
        return " ".join([*before, *_ordered(picked), *after])

    def _frame(self, longest: int) -> tuple[list[str], list[str]]:
        """What stands before and after the events, as far as there is room."""
        assert self.read is not None
        before, after = [opening(self.read, self.case.answers.timezone)], []
        if self.read.finding.alarm is not None:
            before.insert(0, words()["patterns"][self.read.finding.pattern.value])
        if self.accounts:
            listed = ", ".join(
                f"{account.what} {inline(account.value)}" for account in self.accounts
            )
            named = gettext("Accounts, numbers and links that were named: {list}.")
            after = [named.format(list=listed)]
        if length(" ".join(before + after)) > longest // 2:
            after = []
        if length(" ".join(before)) > longest:
            before = []
        return before, after


def _ordered(sentences: dict[int, str]) -> list[str]:
    return [sentence for _, sentence in sorted(sentences.items())]


def _weightiest_first(found: tuple[Event, ...]) -> list[Event]:
    """By what they do. One payment is told early; that there were more of them comes last."""
    first_payment = next((event for event in found if Act.PAY in event.acts), None)

    def weight(event: Event) -> int:
        if event.acts == (Act.PAY,) and event is not first_payment:
            return len(_WEIGHT) + 1
        return min((_WEIGHT.index(a) for a in event.acts if a in _WEIGHT), default=len(_WEIGHT))

    return sorted(found, key=weight)


def length(text: str) -> int:
    """As web forms count: in UTF-16 code units, a line end as two (HTML, the maxlength attribute of textarea, and the
    line ends that a form sends)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 + text.count("\n")
