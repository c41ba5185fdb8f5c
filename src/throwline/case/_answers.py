"""The few answers that change the advice. Nobody has to give one: every field starts as an honest "unknown"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import phonenumbers

from throwline.language import gettext

Form = dict[str, Any]

_COUNTRY = re.compile("|".join(sorted(phonenumbers.SUPPORTED_REGIONS)))
"""Every country and territory with telephone numbers: of ISO 3166-1, seven places with next to no people are not."""
_TIMEZONE = re.compile(r"UTC|[A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class AnswersError(ValueError):
    """An answer that cannot be used; the message says which, and what would do."""


class Age(StrEnum):
    """How old the person in the picture was when it was taken. Their age today is not asked."""

    UNDER_18 = "under18"
    ADULT = "adult"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """Who is asking for help."""

    PERSON = "person"
    """The one who is threatened. Also where nobody said: the advice is then told to the reader."""
    PARENT = "parent"
    HELPER = "helper"


class Reply(StrEnum):
    """The answer to a question that can be left open."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Pictures(StrEnum):
    """What has become of the pictures, as far as the person knows."""

    THREAT_ONLY = "threat-only"
    """The other one says they will send them, and has not, as far as is known."""
    SHARED = "shared"
    """Somebody has seen them, or they are online."""
    NONE_EXIST = "none-exist"
    """There is no such picture: the other one has nothing, or a fake."""
    UNKNOWN = "unknown"


class PaidBy(StrEnum):
    """A way of paying. What can be got back, and from whom, depends on it."""

    BANK = "bank"
    CARD = "card"
    CASHAPP = "cashapp"
    PAYPAL = "paypal"
    ZELLE = "zelle"
    VENMO = "venmo"
    GIFT_CARD = "gift_card"
    CRYPTO = "crypto"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person told about themselves.

    `country` is an ISO 3166-1 alpha-2 code, `timezone` an IANA name ("Europe/Lisbon"), `language` a BCP 47 tag
    ("pt-BR"); None where not told. `knows_person` is yes where the one who threatens is known in real life or lives
    near. `paid_by` holds every way money was already sent; it may be empty although `paid` is yes.
    Raises AnswersError for a value that is not of its form, for a country that there is not, or for ways of paying without a payment.
    """

    age_in_picture: Age = Age.UNKNOWN
    i_am: Role = Role.PERSON
    country: str | None = None
    timezone: str | None = None
    language: str | None = None
    in_danger_now: Reply = Reply.UNKNOWN
    self_harm: Reply = Reply.UNKNOWN
    knows_person: Reply = Reply.UNKNOWN
    pictures_state: Pictures = Pictures.UNKNOWN
    paid: Reply = Reply.UNKNOWN
    paid_by: frozenset[PaidBy] = frozenset()
    sent_more: Reply = Reply.UNKNOWN
    made_with_ai: Reply = Reply.UNKNOWN

    def __post_init__(self) -> None:
        if self.country == "UK":
            raise AnswersError(gettext("The country code of the United Kingdom is GB, not UK."))
        wanted = gettext(
            "The country {value} cannot be used: give two capital letters such as US or GB."
        )
        _check(self.country, _COUNTRY, wanted)
        wanted = gettext(
            "The timezone {value} cannot be used: give a name such as Europe/London or UTC."
        )
        _check(self.timezone, _TIMEZONE, wanted)
        wanted = gettext("The language {value} cannot be used: give a tag such as en or pt-BR.")
        _check(self.language, _LANGUAGE, wanted)
        if self.paid_by and self.paid is not Reply.YES:
            raise AnswersError(
                gettext(
                    "A way of paying is given ({ways}), but paid is {reply}: answer yes to paid, or leave the way of "
                    "paying out."
                ).format(ways=_named(self.paid_by), reply=self.paid)
            )


def _check(value: str | None, form: re.Pattern[str], wanted: str) -> None:
    if value is not None and not form.fullmatch(value):
        raise AnswersError(wanted.format(value=repr(value)))


def _named(ways: frozenset[PaidBy]) -> str:
    return ", ".join(sorted(ways))


def answers_form(answers: Answers) -> Form:
    """Every field under its own name: strings, null where not told, `paid_by` as a sorted list."""
    return {
        "age_in_picture": answers.age_in_picture.value,
        "i_am": answers.i_am.value,
        "country": answers.country,
        "timezone": answers.timezone,
        "language": answers.language,
        "in_danger_now": answers.in_danger_now.value,
        "self_harm": answers.self_harm.value,
        "knows_person": answers.knows_person.value,
        "pictures_state": answers.pictures_state.value,
        "paid": answers.paid.value,
        "paid_by": sorted(way.value for way in answers.paid_by),
        "sent_more": answers.sent_more.value,
        "made_with_ai": answers.made_with_ai.value,
    }


def answers_from(form: Form) -> Answers:
    """Read what `answers_form` wrote. Raises KeyError or ValueError where the form is not of this shape."""
    return Answers(
        age_in_picture=Age(form["age_in_picture"]),
        i_am=Role(form["i_am"]),
        country=form["country"],
        timezone=form["timezone"],
        language=form["language"],
        in_danger_now=Reply(form["in_danger_now"]),
        self_harm=Reply(form["self_harm"]),
        knows_person=Reply(form["knows_person"]),
        pictures_state=Pictures(form["pictures_state"]),
        paid=Reply(form["paid"]),
        paid_by=frozenset(PaidBy(way) for way in form["paid_by"]),
        sent_more=Reply(form["sent_more"]),
        made_with_ai=Reply(form["made_with_ai"]),
    )
