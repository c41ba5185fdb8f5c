"""The forms of a case that programs of investigators read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from throwline.case import Case
from throwline.reports._case_uco import case_uco
from throwline.reports._kinds import ReportError
from throwline.reports._misp import misp_event
from throwline.reports._offender import offenders
from throwline.reports._stix import stix_bundle


@dataclass(frozen=True, slots=True)
class Export:
    """A form for programs. `about` is one line for a list. `shared` ones leave the house: they hold nothing but
    accounts of the person doing this."""

    name: str
    about: str
    make: Callable[[Case], dict[str, Any]]
    shared: bool


EXPORTS = {
    export.name: export
    for export in (
        Export("stix", "Accounts of the person doing this, STIX 2.1", stix_bundle, shared=True),
        Export("misp", "Accounts of the person doing this, MISP event", misp_event, shared=True),
        Export("case-uco", "All that is cited, CASE/UCO for investigators", case_uco, shared=False),
    )
}
"""By name, in the order in which they are offered."""


def export(name: str, case: Case) -> bytes:
    """The form `name` of a case as JSON in UTF-8. Raises KeyError where there is none, ReportError where there is
    nothing to share."""
    wanted = EXPORTS[name]
    if wanted.shared and not offenders(case):
        raise ReportError(
            "There is nothing to share: no account of the person doing this is known that could not be somebody "
            "else's. The report named case-uco holds all that is cited."
        )
    return json.dumps(wanted.make(case), indent=1).encode() + b"\n"
