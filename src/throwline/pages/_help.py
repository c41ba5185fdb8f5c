"""The people to talk to."""

from __future__ import annotations

from throwline.guidance import Contact, Directory, Kind, countries, directory

_HUMAN = (Kind.CRISIS_LINE, Kind.CHILD_HELPLINE, Kind.NATIONAL_HOTLINE)


def countries_named() -> list[tuple[str, str]]:
    """Code and name of each country that the directory covers, by name."""
    return sorted(((code, directory(code).name) for code in countries()), key=lambda c: c[1])


def humans() -> list[tuple[str, list[Contact]]]:
    """Who answers, by country, the international ones first. Only what was checked."""
    abroad = directory(None)
    places = [(abroad.name, abroad)]
    places += [(name, directory(code)) for code, name in countries_named()]
    return [
        (
            name,
            [c for k in _HUMAN for c in known.of(k) if c.verified and _at_home(c, known, abroad)],
        )
        for name, known in places
    ]


def _at_home(contact: Contact, known: Directory, abroad: Directory) -> bool:
    """Whether a contact is not one of the international ones that every directory ends with."""
    return known is abroad or contact not in abroad.contacts
