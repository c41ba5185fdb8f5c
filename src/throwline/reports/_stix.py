"""The accounts of the people doing this as a STIX 2.1 bundle, for those who look for them together.

Source of the form: STIX Version 2.1, OASIS Standard, 10 June 2021. Wallets, phones and payment services have no object
of their own there; all of them are user accounts, which every program for STIX can read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from throwline.case import Case
from throwline.reports._offender import Offender, Trace, offenders
from throwline.reports._words import platform_name

Form = dict[str, Any]

_OBSERVABLES = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""The namespace of the standard, 2.9: the same account has the same identifier everywhere."""
_OURS = UUID("061743cd-248c-4cf3-a22d-efa83c184706")
_AMBER: Form = {
    "type": "marking-definition",
    "spec_version": "2.1",
    "id": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "created": "2017-01-20T00:00:00.000Z",
    "definition_type": "tlp",
    "name": "TLP:AMBER",
    "definition": {"tlp": "amber"},
}
"""As the standard has it, 7.2.1.4."""
_LABELS = ["sextortion"]


def stix_bundle(case: Case) -> Form:
    """A bundle with an observable and an indicator for each account, grouped by the person doing this.

    The same case gives the same bundle. Nothing in it is about anybody else.
    """
    objects: dict[str, Form] = {_AMBER["id"]: _AMBER}
    for offender in offenders(case):
        members = list(_members(offender, case.made_at))
        grouping = _grouping(offender, members, case.made_at)
        objects |= {one["id"]: one for one in (*members, grouping)}
    return {
        "type": "bundle",
        "id": f"bundle--{uuid5(_OURS, ' '.join(objects))}",
        "objects": list(objects.values()),
    }


def _members(offender: Offender, made_at: datetime) -> Iterator[Form]:
    if offender.identifier is not None:
        name = platform_name(offender.platform)
        yield from _found(_account(name, user_id=offender.identifier), name, made_at)
    for trace in offender.traces:
        yield from _found(_observable(trace), trace.what, made_at)


def _found(observable: Form, what: str, made_at: datetime) -> Iterator[Form]:
    """An observable, and the word that it belongs to somebody who does this."""
    yield observable
    yield {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--{uuid5(_OURS, observable['id'])}",
        "created": _instant(made_at),
        "modified": _instant(made_at),
        "name": f"{what} used in sextortion",
        "indicator_types": ["malicious-activity"],
        "pattern": _pattern(observable),
        "pattern_type": "stix",
        "valid_from": _instant(made_at),
        "labels": _LABELS,
        "object_marking_refs": [_AMBER["id"]],
    }


def _observable(trace: Trace) -> Form:
    if trace.kind in ("email", "url"):
        kind = "email-addr" if trace.kind == "email" else "url"
        return _identified({"type": kind, "value": trace.value})
    return _account(trace.what, account_login=trace.value)


def _account(service: str, **identity: str) -> Form:
    slug = re.sub(r"[^a-z0-9]+", "-", service.lower()).strip("-")
    return _identified({"type": "user-account", "account_type": slug, **identity})


def _identified(properties: Form) -> Form:
    """The observable with the identifier that its own properties give it."""
    telling = {name: value for name, value in properties.items() if name != "type"}
    canonical = json.dumps(telling, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {
        "type": properties["type"],
        "spec_version": "2.1",
        "id": f"{properties['type']}--{uuid5(_OBSERVABLES, canonical)}",
        **telling,
        "object_marking_refs": [_AMBER["id"]],
    }


def _pattern(observable: Form) -> str:
    names = [n for n in ("account_type", "account_login", "user_id", "value") if n in observable]
    terms = [f"{observable['type']}:{name} = '{_quoted(observable[name])}'" for name in names]
    return f"[{' AND '.join(terms)}]"


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _grouping(offender: Offender, members: list[Form], made_at: datetime) -> Form:
    references = [member["id"] for member in members]
    return {
        "type": "grouping",
        "spec_version": "2.1",
        "id": f"grouping--{uuid5(_OURS, ' '.join((offender.conversation, *references)))}",
        "created": _instant(made_at),
        "modified": _instant(made_at),
        "name": "Accounts used by one person in sextortion",
        "context": "suspicious-activity",
        "object_refs": references,
        "labels": _LABELS,
        "object_marking_refs": [_AMBER["id"]],
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
