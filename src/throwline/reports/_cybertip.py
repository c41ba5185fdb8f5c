"""The CyberTipline report of a platform: XML for the reporting interface of NCMEC.

Order and names of the elements are those of the schema of 2025-11-10, https://report.cybertip.org/ispws/xsd. Only a
platform with credentials of its own can send such a report; people use the public form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from throwline import __version__
from throwline.case import Age, Case, Read
from throwline.conversation import Message, Participant
from throwline.indicators import Indicator
from throwline.recognition import Act
from throwline.reports._cybertip_esp import Contact, Device, Esp, EspAccount, Part
from throwline.reports._cybertip_file import ip_capture_event
from throwline.reports._cybertip_rules import longest, rules
from throwline.reports._cybertip_xml import Element, element, legal, text, written
from throwline.reports._moment import common_certainty, moment
from throwline.reports._payments import PAYABLE
from throwline.reports._people import People, who
from throwline.reports._words import words

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = "https://report.cybertip.org/ispws/xsd"
_DISTRESS = frozenset({Act.DISCLOSE_DISTRESS, Act.INCITE_SELF_HARM})
_ELEMENTS = {
    Part.REPORTED: ("personOrUserReported", "personOrUserReportedPerson"),
    Part.VICTIM: ("victim", "victimPerson"),
    Part.INTENDED_RECIPIENT: ("intendedRecipient", "intendedRecipientPerson"),
}
_CODES = frozenset({"gift_card"})
"""What money is sent with, but is nobody's account."""


class CyberTipError(ValueError):
    """No report can be made of the case. The message is one sentence: why, and what would help."""


@dataclass(frozen=True, slots=True)
class CyberTip:
    """A report as XML. `notes` say what the person who sends it has to know; not all of them stand in the report."""

    xml: bytes
    notes: tuple[str, ...]


def cybertip(case: Case, esp: Esp) -> CyberTip:
    """The report of one conversation of `case` by the platform `esp`.

    The conversation and the message that `esp.incident` names, else the one with an alarm. Raises CyberTipError where
    there is none or more than one, where the picture is told to show an adult, or where no instant is known.
    """
    if case.answers.age_in_picture is Age.ADULT:
        raise CyberTipError(
            "The CyberTipline is about children, and in this case the person in the picture was an adult: "
            "use the platform's own ways and the police."
        )
    read = _chosen(case, esp)
    return _Report(case, read, _turning(read, esp), esp).made()


def _chosen(case: Case, esp: Esp) -> Read:
    wanted = esp.incident.conversation
    reads = (
        [r for r in case.reads if r.conversation.identifier == wanted] if wanted else case.alarms
    )
    if wanted and not reads:
        raise CyberTipError(f"The case has no conversation {wanted}.")
    if not reads:
        raise CyberTipError(
            "No extortion was recognised in this case: if a reviewer sees it, name the conversation and the message "
            "under [incident]."
        )
    if len(reads) > 1:
        names = ", ".join(read.conversation.identifier for read in reads)
        raise CyberTipError(
            f"Extortion was recognised in more than one conversation ({names}): "
            "name one under [incident] and make a report for each."
        )
    return reads[0]


def _turning(read: Read, esp: Esp) -> Message:
    """The message that is reported."""
    alarm = read.finding.alarm
    wanted = esp.incident.message or (alarm.n if alarm else None)
    if wanted is None:
        raise CyberTipError(
            "No extortion was recognised in that conversation: if a reviewer sees it, name the message under "
            "[incident]."
        )
    for message in read.conversation.messages:
        if message.number == wanted:
            return message
    raise CyberTipError(f"The conversation has no message {wanted}.")


class _Report:
    """One report in the making. On the way it gathers what has to be said at its end (`_said`) and what only the
    platform has to know (`_asked`)."""

    def __init__(self, case: Case, read: Read, turning: Message, esp: Esp) -> None:
        self._case = case
        self._read = read
        self._turning = turning
        self._esp = esp
        self._people = People.of(read)
        self._said: list[str] = []
        self._asked: list[str] = []
        self._left_out = 0

    def made(self) -> CyberTip:
        parts = [
            self._summary(),
            self._chat(),
            self._reporter(),
            *self._accounts(Part.REPORTED),
            *self._accounts(Part.INTENDED_RECIPIENT),
            *self._accounts(Part.VICTIM),
        ]
        self._ask_about_people()
        self._ask_about_danger()
        if self._left_out:
            self._said.append(
                f"{self._left_out} characters that XML cannot hold (control characters) were left out of the texts."
            )
        report = Element(
            "report",
            (*parts, self._text("additionalInfo", self._narrative())),
            (("xmlns:xsi", _XSI), ("xsi:noNamespaceSchemaLocation", SCHEMA)),
        )
        return CyberTip(written(report), (*self._said, *self._asked))

    def _text(self, name: str, value: str, **attributes: str | None) -> Element:
        """An element of text that the schema, the documentation and XML all accept."""
        kept = legal(value)
        self._left_out += len(value) - len(kept)
        limit = longest(name)
        if limit is not None and len(kept) > limit:
            self._said.append(f"A {name} has more than the {limit} characters allowed and was cut.")
            kept = kept[:limit]
        return text(name, kept, **attributes)

    def _given(self, name: str, value: str | None) -> Element | None:
        return None if value is None else self._text(name, value)

    # The parts, in the order of the schema.

    def _summary(self) -> Element:
        at, told = self._instant()
        which = f"Message {self._turning.number} of the conversation below"
        if self._read.finding.alarm and self._read.finding.alarm.n == self._turning.number:
            which += ", at which the threat is clear"
        return element(
            "incidentSummary",
            self._text("incidentType", rules()["incident_type"]),
            self._text("platform", self._esp.platform),
            self._given("escalateToHighPriority", self._esp.incident.escalate),
            element("reportAnnotations", element(rules()["annotation"])),
            self._text("incidentDateTime", at.isoformat(timespec="seconds")),
            self._text("incidentDateTimeDescription", f"{which}. {told}".strip()),
        )

    def _instant(self) -> tuple[datetime, str]:
        """When the reported message was sent, with its offset, and where that comes from."""
        at, zone = self._turning.at, self._case.answers.timezone
        if self._esp.incident.at is not None:
            return self._esp.incident.at, "The time is the platform's own."
        if at is None:
            raise CyberTipError(
                f"The time of message {self._turning.number} is not known: give at under [incident]."
            )
        if at.tzinfo is not None:
            return at, ""
        if zone is None:
            raise CyberTipError(
                f"The time of message {self._turning.number} has no time zone: give at under [incident]."
            )
        try:
            told = f"The time is the clock time of a device, taken to be in {zone}."
            return at.replace(tzinfo=ZoneInfo(zone)), told
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise CyberTipError(
                f"The time zone {zone} is not known on this machine: give at under [incident]."
            ) from error

    def _chat(self) -> Element:
        return element(
            "internetDetails",
            element(
                "chatImIncident",
                self._text("chatClient", self._esp.platform),
                self._text("content", "\n".join(self._lines())),
                self._text("additionalInfo", self._about_content()),
            ),
        )

    def _quoted(self) -> list[Message]:
        """The cited messages and the reported one."""
        cited = {message.number: message for message in self._read.cited()}
        cited[self._turning.number] = self._turning
        return [message for _, message in sorted(cited.items())]

    def _lines(self) -> Iterator[str]:
        """What is quoted, as it is written."""
        noted = bool(common_certainty(self._quoted()))
        for message in self._quoted():
            sent = "".join(f" ({words()['media'][a.medium.value]})" for a in message.attachments)
            at = moment(message, noted=noted)
            yield f"[{message.number}] {at} {who(message.sender)}:{sent} {message.text}"

    def _about_content(self) -> str:
        conversation = self._read.conversation
        about = (
            f"The messages that the report rests on, of {len(conversation.messages)} in the conversation, with "
            "their numbers. Texts are as written."
        )
        return f"{about} {common_certainty(self._quoted())}".strip()

    def _reporter(self) -> Element:
        return element(
            "reporter",
            self._contact("reportingPerson", self._esp.reporter),
            self._contact("contactPerson", self._esp.contact) if self._esp.contact else None,
            self._given("termsOfService", self._esp.terms_of_service),
            self._given("legalURL", self._esp.legal_url),
        )

    def _contact(self, name: str, contact: Contact) -> Element:
        return element(
            name,
            self._given("firstName", contact.first_name),
            self._given("lastName", contact.last_name),
            self._given("phone", contact.phone),
            self._text("email", contact.email),
        )

    def _accounts(self, part: Part) -> list[Element]:
        """Everybody who is `part`: as the platform has them, or else as the conversation shows them."""
        known = [account for account in self._esp.accounts if account.part is part]
        found = [self._account(account, self._participant(account.name)) for account in known]
        shown = self._shown_as(part)
        if shown is not None:
            found.append(self._account(EspAccount(part, shown.name), shown))
        return found

    def _shown_as(self, part: Part) -> Participant | None:
        """Who is `part` by the conversation alone: nobody whom the platform tells about."""
        if part is Part.REPORTED:
            told = any(account.part is part for account in self._esp.accounts)
            return None if told else self._people.offender
        others = [] if self._people.offender is None else self._unnamed()
        under_18 = self._case.answers.age_in_picture is Age.UNDER_18
        wanted = Part.VICTIM if under_18 else Part.INTENDED_RECIPIENT
        return others[0] if part is wanted and len(others) == 1 else None

    def _unnamed(self) -> list[Participant]:
        named = {account.name for account in self._esp.accounts}
        return [other for other in self._people.others if other.name not in named]

    def _ask_about_people(self) -> None:
        told = any(account.part is Part.REPORTED for account in self._esp.accounts)
        if self._people.offender is None and not told:
            self._asked.append(
                'Nobody is reported: say who it is, in [[account]] part = "reported".'
            )
        unnamed = self._unnamed()
        if len(unnamed) > 1 or (unnamed and self._people.offender is None):
            names = ", ".join(who(other) for other in unnamed)
            self._asked.append(
                f"Left out, because nothing says what part they have: {names}. Add an [[account]] for each."
            )
        shown = {participant.name for participant in self._read.conversation.participants}
        self._asked += [
            f"Nobody in the conversation is called {account.name}: check the name in [[account]]."
            for account in self._esp.accounts
            if account.name not in shown
        ]

    def _ask_about_danger(self) -> None:
        if self._case.answers.age_in_picture is Age.UNKNOWN:
            self._asked.append(
                "Nobody told how old the person in the picture was: send this only where a child may be."
            )
        told = [cited.n for cited in self._read.stated if cited.act in _DISTRESS]
        if told and self._esp.incident.escalate is None:
            self._asked.append(
                f"Message {told[0]} tells of distress or urges harm: if a child may be in danger now, call the "
                "emergency services first, and give the reason as escalate under [incident]."
            )

    def _participant(self, name: str) -> Participant | None:
        return next((p for p in self._read.conversation.participants if p.name == name), None)

    def _account(self, account: EspAccount, shown: Participant | None) -> Element:
        name, person = _ELEMENTS[account.part]
        found = self._found(shown) if account.part is Part.REPORTED else []
        return element(
            name,
            self._person(person, account),
            self._given("espIdentifier", account.user_id),
            self._text("espService", self._esp.platform),
            self._given("screenName", account.screen_name),
            self._text("displayName", account.name),
            *(self._text("profileUrl", url) for url in account.profile_urls),
            self._given("profileBio", account.bio),
            *map(ip_capture_event, account.ip_events),
            *map(self._device, account.devices),
            self._given("schoolName", account.school),
            *(self._text("priorCTReports", str(number)) for number in account.prior_reports),
            self._location(account),
            *(self._associated(one) for one in found if _is_account(one)),
            self._given("additionalInfo", _more(shown, found)),
        )

    def _person(self, name: str, account: EspAccount) -> Element | None:
        person = element(
            name,
            self._given("firstName", account.first_name),
            self._given("lastName", account.last_name),
            *(self._text("phone", phone) for phone in account.phones),
            *(self._text("email", email) for email in account.emails),
            self._given("age", None if account.age is None else str(account.age)),
            self._given("dateOfBirth", _iso(account.born)),
        )
        # The schema wants this of a victim even where it says nothing.
        return person if person.inside or account.part is Part.VICTIM else None

    def _device(self, device: Device) -> Element:
        return element(
            "deviceId",
            self._text("idType", device.kind),
            self._text("idValue", device.identifier),
        )

    def _location(self, account: EspAccount) -> Element | None:
        place = element(
            "estimatedLocation",
            self._given("city", account.city),
            self._given("region", account.region),
            self._given("countryCode", account.country),
        )
        return place if place.inside else None

    def _found(self, reported: Participant | None) -> list[Indicator]:
        """What the reported user wrote, and nobody else."""
        return [one for one in self._read.indicators if one.senders == (reported,) != (None,)]

    def _associated(self, indicator: Indicator) -> Element:
        """Where money was to go: an account elsewhere, perhaps somebody else's."""
        name = "email" if "@" in indicator.value[1:] else "screenName"
        return element(
            "associatedAccount",
            self._text("platform", _what(indicator), thirdPartyUser="true"),
            self._text(name, indicator.as_written),
            type="Other",
        )

    def _narrative(self) -> str:
        lines = [
            words()["patterns"].get(self._read.finding.pattern.value, ""),
            f"Recognised and drafted by throwline {__version__}, to be reviewed by a person before it is sent.",
            *self._said,
        ]
        return "\n".join(line for line in lines if line)


def _what(indicator: Indicator) -> str:
    return indicator.label or words()["indicators"][indicator.kind]


def _is_account(indicator: Indicator) -> bool:
    return indicator.kind in PAYABLE - _CODES


def _more(shown: Participant | None, found: list[Indicator]) -> str | None:
    """What has no element of its own. Whose a number or a link is that somebody wrote is not known."""
    lines = []
    if shown is not None and shown.identifier:
        lines.append(f"Identity in the exported conversation: {shown.identifier}")
    for indicator in found:
        numbers = ", ".join(map(str, indicator.seen))
        if not _is_account(indicator):
            lines.append(
                f"Wrote a {_what(indicator)} in message {numbers}; whose it is was not checked: {indicator.as_written}"
            )
    return "\n".join(lines) or None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
