"""What only the platform knows: its own name and contact, and the accounts as its systems have them.

The form is a TOML file, described in docs/platforms.md.
"""

from __future__ import annotations

import ipaddress
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from throwline.reports._cybertip_rules import longest, rules

T = TypeVar("T")
_OLDEST = 150
_LAST_PORT = 65535


class EspError(ValueError):
    """A platform's file that cannot be used. The message says where, what is wrong and what is wanted."""


class Part(StrEnum):
    """What somebody is in the incident."""

    REPORTED = "reported"
    VICTIM = "victim"
    INTENDED_RECIPIENT = "intended-recipient"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at the platform."""

    email: str
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class IpEvent:
    """An address that the platform recorded. `event` is one of the schema's: Login, Registration, Purchase, Upload,
    Other, Unknown. `at` has a zone."""

    address: str
    event: str
    at: datetime
    port: int | None = None
    possible_proxy: bool | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A device that the platform recorded: `kind` says what `identifier` is (IMEI, ICCID, advertising id, …)."""

    kind: str
    identifier: str


@dataclass(frozen=True, slots=True)
class EspAccount:
    """An account as the platform has it. `name` is what the conversation calls them, which ties the two together."""

    part: Part
    name: str
    user_id: str | None = None
    screen_name: str | None = None
    profile_urls: tuple[str, ...] = ()
    bio: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    first_name: str | None = None
    last_name: str | None = None
    age: int | None = None
    born: date | None = None
    school: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    ip_events: tuple[IpEvent, ...] = ()
    devices: tuple[Device, ...] = ()
    prior_reports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """What a reviewer at the platform decides about the incident.

    `conversation` and `message` choose among several; `at` is the platform's own time of that message. `escalate` is
    the reason why a child is at immediate risk: any text there makes the report a high priority.
    """

    conversation: str | None = None
    message: int | None = None
    at: datetime | None = None
    escalate: str | None = None


@dataclass(frozen=True, slots=True)
class Esp:
    """An electronic service provider that reports."""

    platform: str
    reporter: Contact
    contact: Contact | None = None
    terms_of_service: str | None = None
    legal_url: str | None = None
    incident: Incident = Incident()
    accounts: tuple[EspAccount, ...] = ()


def esp_from(toml: str) -> Esp:
    """Read a platform's TOML file. Raises EspError."""
    try:
        table = _Table("the file", tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise EspError(f"This is no TOML file: {error}.") from error
    esp = Esp(
        platform=table.needed("platform", "espService"),
        reporter=_contact(table.table("reporter", needed=True)),
        contact=_contact(table.table("contact")) if "contact" in table else None,
        terms_of_service=table.text("terms_of_service"),
        legal_url=table.text("legal_url", "legalURL"),
        incident=_incident(table.table("incident")),
        accounts=tuple(_account(entry) for entry in table.tables("account")),
    )
    table.done()
    if sum(account.part is Part.REPORTED for account in esp.accounts) > 1:
        raise EspError("More than one account is reported: make one report for each.")
    return esp


def _contact(table: _Table) -> Contact:
    contact = Contact(
        email=table.needed("email", "email"),
        first_name=table.text("first_name", "firstName"),
        last_name=table.text("last_name", "lastName"),
        phone=table.text("phone", "phone"),
    )
    table.done()
    return contact


def _incident(table: _Table) -> Incident:
    incident = Incident(
        conversation=table.text("conversation"),
        message=table.whole("message", 1),
        at=table.moment("at"),
        escalate=table.text("escalate", "escalateToHighPriority"),
    )
    table.done()
    return incident


def _account(table: _Table) -> EspAccount:
    account = EspAccount(
        part=Part(table.one_of("part", [part.value for part in Part])),
        name=table.needed("name"),
        user_id=table.text("user_id", "espIdentifier"),
        screen_name=table.text("screen_name", "screenName"),
        profile_urls=table.texts("profile_urls"),
        bio=table.text("bio"),
        emails=table.texts("emails", "email"),
        phones=table.texts("phones", "phone"),
        first_name=table.text("first_name", "firstName"),
        last_name=table.text("last_name", "lastName"),
        age=table.whole("age", 0, _OLDEST),
        born=table.day("born"),
        school=table.text("school", "schoolName"),
        city=table.text("city", "city"),
        region=table.text("region", "region"),
        country=table.country("country"),
        ip_events=tuple(_ip_event(entry) for entry in table.tables("ip")),
        devices=tuple(_device(entry) for entry in table.tables("device")),
        prior_reports=table.wholes("prior_reports"),
    )
    table.done()
    if account.school and account.part is not Part.VICTIM:
        raise EspError(f"{table.where}: only a victim has a school in a report.")
    return account


def _ip_event(table: _Table) -> IpEvent:
    at = table.moment("at")
    if at is None:
        raise EspError(f"{table.where}: at is missing; an address says nothing without its time.")
    event = IpEvent(
        address=table.address("address"),
        event=table.one_of("event", rules()["events"]["names"]),
        at=at,
        port=table.whole("port", 1, _LAST_PORT),
        possible_proxy=table.flag("possible_proxy"),
    )
    table.done()
    return event


def _device(table: _Table) -> Device:
    device = Device(table.needed("kind", "idType"), table.needed("identifier", "idValue"))
    table.done()
    return device


class _Table:
    """A table of the file that is taken apart key by key, and knows where it stands when something is wrong."""

    def __init__(self, where: str, values: dict[str, Any]) -> None:
        self.where = where
        self._values = dict(values)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def done(self) -> None:
        """Refuse what nothing asked for: a misspelt key must not be lost."""
        if self._values:
            raise EspError(f"{self.where}: nothing is called {min(self._values)} here.")

    def needed(self, key: str, element: str | None = None) -> str:
        value = self.text(key, element)
        if value is None:
            raise EspError(f"{self.where}: {key} is missing.")
        return value

    def text(self, key: str, element: str | None = None) -> str | None:
        value = self._taken(key, str, "text in quotation marks")
        return None if value is None else self._short(key, value, element)

    def texts(self, key: str, element: str | None = None) -> tuple[str, ...]:
        values = self._list(key, str, "a list of texts")
        return tuple(self._short(key, value, element) for value in values)

    def whole(self, key: str, least: int, most: int | None = None) -> int | None:
        value = self._taken(key, int, "a whole number")
        if value is not None and (value < least or (most is not None and value > most)):
            raise EspError(f"{self.where}: {key} cannot be {value}.")
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        return self._list(key, int, "a list of whole numbers")

    def flag(self, key: str) -> bool | None:
        return self._taken(key, bool, "true or false")

    def day(self, key: str) -> date | None:
        return self._taken(key, date, "a day such as 2009-05-31")

    def moment(self, key: str) -> datetime | None:
        wanted = "a time with its zone such as 2026-01-17T23:12:00Z"
        value = self._taken(key, datetime, wanted)
        if value is not None and value.tzinfo is None:
            raise EspError(f"{self.where}: {key} must be {wanted}.")
        return value

    def one_of(self, key: str, values: list[str]) -> str:
        value = self.needed(key)
        if value not in values:
            raise EspError(f"{self.where}: {key} must be one of {', '.join(values)}.")
        return value

    def address(self, key: str) -> str:
        value = self.needed(key)
        try:
            return str(ipaddress.ip_address(value))
        except ValueError as error:
            raise EspError(f"{self.where}: {value!r} is no IP address.") from error

    def country(self, key: str) -> str | None:
        value = self.text(key)
        if value is not None and not (len(value) == 2 and value.isascii() and value.isupper()):
            raise EspError(f"{self.where}: {key} must be two capital letters such as US or GB.")
        return value

    def table(self, key: str, *, needed: bool = False) -> _Table:
        value = self._taken(key, dict, f"a table [{key}]")
        if value is None and needed:
            raise EspError(f"{self.where}: the table [{key}] is missing.")
        return _Table(f"[{key}]", value or {})

    def tables(self, key: str) -> list[_Table]:
        values = self._list(key, dict, f"tables [[{key}]]")
        inside = "" if self.where == "the file" else f" of {self.where}"
        return [_Table(f"[[{key}]] {i}{inside}", value) for i, value in enumerate(values, 1)]

    def _taken(self, key: str, kind: type[T], wanted: str) -> T | None:
        value = self._values.pop(key, None)
        if value is None or type(value) is kind:
            return value
        raise EspError(f"{self.where}: {key} must be {wanted}.")

    def _list(self, key: str, kind: type[T], wanted: str) -> tuple[T, ...]:
        values = self._taken(key, list, wanted) or []
        if any(type(value) is not kind for value in values):
            raise EspError(f"{self.where}: {key} must be {wanted}.")
        return tuple(values)

    def _short(self, key: str, value: str, element: str | None) -> str:
        limit = longest(element) if element else None
        if not value.strip():
            raise EspError(f"{self.where}: {key} is empty.")
        if limit is not None and len(value) > limit:
            raise EspError(f"{self.where}: {key} is longer than the {limit} characters allowed.")
        return value
