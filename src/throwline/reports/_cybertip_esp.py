"""What only the platform knows: its own name and contact, and the accounts as its systems have them.

The form is a TOML file, described in docs/platforms.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from throwline.reports._cybertip_rules import rules
from throwline.reports._cybertip_table import EspError, Table, table_of

_OLDEST = 150
_LAST_PORT = 65535


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
    table = table_of(toml)
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


def _contact(table: Table) -> Contact:
    contact = Contact(
        email=table.needed("email", "email"),
        first_name=table.text("first_name", "firstName"),
        last_name=table.text("last_name", "lastName"),
        phone=table.text("phone", "phone"),
    )
    table.done()
    return contact


def _incident(table: Table) -> Incident:
    incident = Incident(
        conversation=table.text("conversation"),
        message=table.whole("message", 1),
        at=table.moment("at"),
        escalate=table.text("escalate", "escalateToHighPriority"),
    )
    table.done()
    return incident


def _account(table: Table) -> EspAccount:
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
        ip_events=tuple(ip_event(entry) for entry in table.tables("ip")),
        devices=tuple(_device(entry) for entry in table.tables("device")),
        prior_reports=table.wholes("prior_reports"),
    )
    table.done()
    if account.school and account.part is not Part.VICTIM:
        raise EspError(f"{table.where}: only a victim has a school in a report.")
    return account


def ip_event(table: Table) -> IpEvent:
    """A table of `address`, `event`, `at` and, if known, `port` and `possible_proxy`. Raises EspError."""
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


def _device(table: Table) -> Device:
    device = Device(table.needed("kind", "idType"), table.needed("identifier", "idValue"))
    table.done()
    return device
