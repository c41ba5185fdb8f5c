"""`throwline directory`: who helps where, and which of these facts need a new look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import click

from throwline.guidance import Contact, Due, Kind, countries, directory, stale
from throwline.reports import reach

_KINDS = {
    Kind.EMERGENCY: "In danger now",
    Kind.CRISIS_LINE: "Somebody to talk to, at once",
    Kind.CHILD_HELPLINE: "For children and young people",
    Kind.POLICE_OR_CYBER: "Police and cyber crime",
    Kind.PICTURE_REMOVAL: "Getting a picture removed",
    Kind.NATIONAL_HOTLINE: "Other help",
}


def show_directory(country: str | None, stale_days: int | None) -> int:
    """Print the services of `country`, or the countries there are; or the facts that need a new look.

    Returns 0, or 2 with one sentence for a country that is not there.
    """
    code = country.upper() if country else None
    if code is not None and code not in countries():
        hint = " The code of the United Kingdom is GB." if code == "UK" else ""
        click.echo(
            f"There is no directory for {country}.{hint} `throwline directory` lists the countries there are.",
            err=True,
        )
        return 2
    if stale_days is not None:
        lines = _due(code, datetime.now(UTC).date(), stale_days)
    else:
        lines = _services(code)
    for line in lines:
        click.echo(line)
    return 0


def _services(code: str | None) -> Iterator[str]:
    if code is None:
        yield "Countries: " + ", ".join(f"{c} {directory(c).name}" for c in countries())
        yield ""
    known = directory(code)
    yield known.name
    for kind, title in _KINDS.items():
        contacts = known.of(kind)
        if contacts:
            yield f"{title}:"
        for contact in contacts:
            yield f"  {_contact(contact)}"


def _contact(contact: Contact) -> str:
    parts = [f"{contact.name}: {reach(contact)}"]
    if contact.hours:
        parts.append(contact.hours)
    looked = f"looked at {contact.provenance.checked}"
    parts.append(looked if contact.verified else f"not verified, {looked}")
    return "; ".join(parts)


def _due(code: str | None, today: date, days: int) -> Iterator[str]:
    due = [one for one in stale(today, days) if code in (None, one.where)]
    for one in due:
        yield _stale(one)
    yield f"{len(due)} facts are not verified or were last looked at more than {days} days ago."


def _stale(due: Due) -> str:
    provenance = due.provenance
    return (
        f"{due.where}: {due.what}: {provenance.confidence.value}, looked at {provenance.checked}, "
        f"{provenance.source}"
    )
