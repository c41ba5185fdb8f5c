"""Every report that can be made of a case, and for which cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from throwline.case import Case
from throwline.reports._document import Document
from throwline.reports._statement import statement


class ReportError(Exception):
    """A report that does not fit the case; the message says why and which one does."""


def _always(_case: Case) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """A report. `about` is one line for a list. `unfit` gives the reason why it is not for a case, or None."""

    name: str
    about: str
    make: Callable[[Case], Document]
    unfit: Callable[[Case], str | None] = _always


KINDS = {kind.name: kind for kind in (Kind("police", "Statement for the police", statement),)}
"""By name, in the order in which they are offered."""


def report(name: str, case: Case) -> Document:
    """The report `name` of a case. Raises KeyError where there is none, ReportError where it does not fit the case."""
    kind = KINDS[name]
    reason = kind.unfit(case)
    if reason is not None:
        raise ReportError(reason)
    return kind.make(case)
