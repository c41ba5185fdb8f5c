"""What a program can put into the fields of forms. Whatever is not here, a person fills in."""

from __future__ import annotations

import re
from collections.abc import Callable

from throwline.case import Age, PaidBy, Read, Reply, Role
from throwline.conversation import Message
from throwline.language import gettext
from throwline.reports._events import numbers
from throwline.reports._gist import Gist, length
from throwline.reports._moment import day
from throwline.reports._payments import Payment
from throwline.reports._strangers import inline
from throwline.reports._words import country_name, words

Fill = Callable[[Gist, int], str | None]
"""Given the gist and the most characters that the field takes."""
_ANY_PLACE = ("url", "username")
_WALLETS = ("btc", "eth", "usdt")
_HANDLES = ("cashtag", "paypal", "venmo", "zelle", "upi", "gcash")

_TRANSACTION_TYPES = {
    **dict.fromkeys(_WALLETS, "Cryptocurrency/Crypto ATM"),
    **dict.fromkeys(_HANDLES, "Peer-to-Peer Transfer"),
    "gift_card": "Prepaid/Gift Card",
    "iban": "Wire Transfer",
}
"""The names that the IC3 form gives to ways of paying."""
_PAID_TYPES = {
    PaidBy.BANK: "Wire Transfer",
    PaidBy.CARD: "Debit Card/Credit Card",
    PaidBy.CASHAPP: "Peer-to-Peer Transfer",
    PaidBy.PAYPAL: "Peer-to-Peer Transfer",
    PaidBy.ZELLE: "Peer-to-Peer Transfer",
    PaidBy.VENMO: "Peer-to-Peer Transfer",
    PaidBy.GIFT_CARD: "Prepaid/Gift Card",
    PaidBy.CRYPTO: "Cryptocurrency/Crypto ATM",
}
_NUMBER_OF_MONEY = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _listed(values: tuple[str, ...]) -> str | None:
    return "\n".join(dict.fromkeys(values)) or None


def _affected(gist: Gist, _longest: int) -> str:
    return "Yes" if gist.case.answers.i_am is Role.PERSON else "No"


def _minor(gist: Gist, _longest: int) -> str | None:
    # Only the age in the picture is known; who was adult then is adult now.
    return "No" if gist.case.answers.age_in_picture is Age.ADULT else None


def _money_sent(gist: Gist, _longest: int) -> str | None:
    if gist.payments or gist.case.answers.paid is Reply.YES:
        return "Yes"
    return "No" if gist.case.answers.paid is Reply.NO else None


def _summary(gist: Gist, longest: int) -> str | None:
    return gist.summary(longest)


def _technical(gist: Gist, longest: int) -> str | None:
    """Every account, number and link, the headers of an e-mail, and the fingerprints of what was kept, as far as there
    is room."""
    lines = gist.listed()
    if gist.read is not None:
        if gist.read.conversation.platform == "email":
            lines += [inline(note) for note in _first_mail(gist.read).notes]
        lines += [
            f"SHA-256 of {inline(source.file)}: {source.sha256}"
            for source in gist.read.conversation.sources
        ]
    return fitted(lines, longest)


def _first_mail(read: Read) -> Message:
    """The e-mail in which it became clear; its notes are its headers."""
    number = read.finding.alarm.n if read.finding.alarm else read.cited()[0].number
    return next(message for message in read.cited() if message.number == number)


def _name(gist: Gist, _longest: int) -> str | None:
    return gist.offender.name if gist.offender else None


def _identity(gist: Gist, _longest: int) -> str | None:
    return gist.offender.identifier if gist.offender else None


def _profile(gist: Gist, _longest: int) -> str | None:
    """The app with the name shown, then links and user names."""
    shown = [f"{gist.platform}: {gist.offender.name}"] if gist.platform and gist.offender else []
    return _listed((*shown, *gist.values(*_ANY_PLACE)))


def _phone(gist: Gist, _longest: int) -> str | None:
    return _listed(gist.values("phone"))


def _email(gist: Gist, _longest: int) -> str | None:
    return _listed(gist.values("email"))


def _all_accounts(gist: Gist, longest: int) -> str | None:
    return fitted(gist.listed(), longest)


def _platform(gist: Gist, _longest: int) -> str | None:
    return gist.platform


def _country(gist: Gist, _longest: int) -> str | None:
    return country_name(gist.case.answers.country)


def _when(gist: Gist, _longest: int) -> str | None:
    if gist.began is None:
        return None
    return f"{day(gist.began)}, {gist.began:%H:%M}{' UTC' if gist.began.tzinfo else ' (time zone not known)'}"


def _age(gist: Gist, _longest: int) -> str:
    return words()["ages"][gist.case.answers.age_in_picture.value]


def _role(gist: Gist, _longest: int) -> str:
    return words()["roles"][gist.case.answers.i_am.value]


def _pictures(gist: Gist, _longest: int) -> str:
    return words()["pictures"][gist.case.answers.pictures_state.value]


def _reply(reply: Reply) -> str | None:
    return {Reply.YES: gettext("Yes"), Reply.NO: gettext("No")}.get(reply)


def _danger(gist: Gist, _longest: int) -> str | None:
    return _reply(gist.case.answers.in_danger_now)


def _self_harm(gist: Gist, _longest: int) -> str | None:
    told = _reply(gist.case.answers.self_harm)
    if gist.distress:
        speaks = gettext("{answer}. Message {numbers} speaks of distress: please ask gently.")
        answer = told or gettext("Not asked yet")
        return speaks.format(answer=answer, numbers=numbers(gist.distress))
    return told


def _known(gist: Gist, _longest: int) -> str | None:
    return _reply(gist.case.answers.knows_person)


def _paid(gist: Gist, longest: int) -> str | None:
    lines = [
        gettext("Message {number}: {amount}").format(
            number=p.message.number, amount=p.amount or gettext("amount not certain")
        )
        for p in gist.payments
    ]
    return fitted(lines, longest, "; ") or _reply(gist.case.answers.paid)


def _prints(gist: Gist, longest: int) -> str | None:
    return fitted([f"PDQ {p.pdq}, SHA-256 {p.sha256}" for p in gist.case.fingerprints], longest)


def _no_consent(gist: Gist, _longest: int) -> str | None:
    if gist.read is None or gist.read.finding.alarm is None:
        return None
    return "It was threatened in messages to show it. They are kept and can be shown to the authorities."


FILLS: dict[str, Fill] = {
    "accounts": _all_accounts,
    "affected": _affected,
    "age": _age,
    "country": _country,
    "danger": _danger,
    "email": _email,
    "identity": _identity,
    "knows-person": _known,
    "minor": _minor,
    "money-sent": _money_sent,
    "name": _name,
    "no-consent": _no_consent,
    "paid": _paid,
    "phone": _phone,
    "pictures": _pictures,
    "platform": _platform,
    "prints": _prints,
    "profile": _profile,
    "role": _role,
    "self-harm": _self_harm,
    "summary": _summary,
    "technical": _technical,
    "when": _when,
}
"""By the name that the files of the forms use."""


def _transaction_type(gist: Gist, payment: Payment) -> str | None:
    """Only where everything that is known points to one."""
    types = {_TRANSACTION_TYPES.get(account.kind, "") for account in payment.named}
    types |= {_PAID_TYPES.get(way, "") for way in gist.case.answers.paid_by}
    return types.pop() or None if len(types) == 1 else None


def _dollars(gist: Gist, payment: Payment) -> str | None:
    """The bare number, where it is certain that these are US dollars."""
    amount = payment.amount
    if amount is None:
        return None
    in_us = gist.case.answers.country == "US" and re.search(
        r"^\$|dollar|bucks", amount, re.IGNORECASE
    )
    if not in_us and not re.search(r"US\$|usd\b", amount, re.IGNORECASE):
        return None
    number = _NUMBER_OF_MONEY.search(amount)
    return number[0].replace(",", "") if number else None


def _date(_gist: Gist, payment: Payment) -> str | None:
    return payment.message.at.date().isoformat() if payment.message.at else None


def _told(_gist: Gist, payment: Payment) -> str:
    return f"Message {payment.message.number}: {inline(payment.message.text)}"


def _to(*kinds: str) -> Callable[[Gist, Payment], str | None]:
    def values(_gist: Gist, payment: Payment) -> str | None:
        return _listed(tuple(a.value for a in payment.named if a.kind in kinds))

    return values


PAYMENT_FILLS: dict[str, Callable[[Gist, Payment], str | None]] = {
    "payment-amount-usd": _dollars,
    "payment-date": _date,
    "payment-handle": _to(*_HANDLES),
    "payment-iban": _to("iban"),
    "payment-other": _to("gift_card", "other"),
    "payment-told": _told,
    "payment-type": _transaction_type,
    "payment-wallet": _to(*_WALLETS),
}
"""As FILLS, for a section that comes once a payment."""


def fitted(lines: list[str], longest: int, between: str = "\n") -> str | None:
    """As many of the lines as there is room for, and how many more there are; None where there are none."""
    if length(between.join(lines)) <= longest:
        return between.join(lines) or None
    more = _more(len(lines))
    room = longest - length(more)
    kept: list[str] = []
    for line in lines:
        room -= length(line + between)
        if room < 0:
            break
        kept.append(line)
    more = _more(len(lines) - len(kept))
    return between.join([*kept, more]) if length(more) <= longest else None


def _more(count: int) -> str:
    return gettext("and {count} more").format(count=count)
