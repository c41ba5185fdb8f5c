"""The accounts of the people doing this as a MISP event, for those who share through MISP.

Source of the form: the MISP core format (https://www.misp-standard.org/rfc/misp-standard-core.html); categories and
types as pymisp 2.5.34.4 lists them; the tag is of the taxonomy "circl", version 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any
from uuid import UUID, uuid5

from throwline.case import Case
from throwline.reports._offender import Offender, offenders
from throwline.reports._words import platform_name

Form = dict[str, Any]

_OURS = UUID("a0dd1c96-031b-4772-8a1c-f61206ecdcfa")
_TYPES = {
    "btc": ("btc", "Financial fraud"),
    "iban": ("iban", "Financial fraud"),
    "phone": ("phone-number", "Financial fraud"),
    "email": ("email", "Social network"),
    "username": ("text", "Social network"),
    "url": ("url", "External analysis"),
}
_OTHER = ("text", "Financial fraud")
_TAGS = ('circl:incident-classification="sextortion"', "tlp:amber")


def misp_event(case: Case) -> Form:
    """An event of the distribution "your organisation only", not published, with an attribute for each account.

    The same case gives the same event. Nothing in it is about anybody else.
    """
    attributes: dict[str, Form] = {}
    for offender in offenders(case):
        attributes |= {one["uuid"]: one for one in _attributes(offender)}
    made_at = case.made_at.astimezone(UTC)
    return {
        "Event": {
            "uuid": str(uuid5(_OURS, " ".join((made_at.isoformat(), *attributes)))),
            "info": "Accounts used in sextortion",
            "date": made_at.date().isoformat(),
            "timestamp": str(int(made_at.timestamp())),
            "published": False,
            "distribution": "0",
            "threat_level_id": "4",
            "analysis": "0",
            "Tag": [{"name": name} for name in _TAGS],
            "Attribute": list(attributes.values()),
        }
    }


def _attributes(offender: Offender) -> Iterator[Form]:
    if offender.identifier is not None:
        name = platform_name(offender.platform)
        yield _attribute(*_TYPES["username"], offender.identifier, f"{name} account")
    for trace in offender.traces:
        yield _attribute(*_TYPES.get(trace.kind, _OTHER), trace.value, trace.what)


def _attribute(kind: str, category: str, value: str, comment: str) -> Form:
    return {
        "uuid": str(uuid5(_OURS, f"{kind} {comment} {value}")),
        "type": kind,
        "category": category,
        "value": value,
        "comment": comment,
        # A text could be found anywhere; the others are worth looking for by machine.
        "to_ids": kind != "text",
        "distribution": "5",
    }
