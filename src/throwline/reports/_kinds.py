"""Every report that can be made of a case, and for which cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from throwline.case import Age, Case, Pictures
from throwline.language import SOURCE, gettext, language_for, speaking, spoken
from throwline.reports._document import Document
from throwline.reports._losses import losses
from throwline.reports._platform import platform_report
from throwline.reports._sheet import sheet
from throwline.reports._statement import statement
from throwline.reports._texts import is_spoken
from throwline.reports._words import words


class ReportError(Exception):
    """A report that does not fit the case; the message says why and which one does."""


def _always(_case: Case) -> None:
    return None


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report. `unfit` gives the reason why it is not for a case, or None."""

    name: str
    make: Callable[[Case], Document]
    unfit: Callable[[Case], str | None] = _always

    @property
    def about(self) -> str:
        """One line for a list."""
        return words()["kinds"][self.name]


def _sheet(name: str, unfit: Callable[[Case], str | None] = _always) -> ReportKind:
    return ReportKind(name, lambda case: sheet(name, case), unfit)


def _for_adults(case: Case) -> str | None:
    if case.answers.age_in_picture is Age.ADULT:
        return gettext(
            "This is for pictures taken under 18, and the answers say 18 or older. Use stopncii to get a picture "
            "removed, and ic3 or police to report."
        )
    return None


def _for_minors(case: Case) -> str | None:
    if case.answers.age_in_picture is Age.UNDER_18:
        return gettext(
            "This is for pictures taken at 18 or older, and the answers say under 18. Use takeitdown: it is for "
            "pictures taken under 18, at any age now."
        )
    return None


def _outside_uk(case: Case) -> str | None:
    if case.answers.country not in (None, "GB"):
        elsewhere = gettext(
            "Report Remove is for the United Kingdom. Use takeitdown: it works in all countries."
        )
        return _for_adults(case) or elsewhere
    return _for_adults(case)


def _not_posted(case: Case) -> str | None:
    if case.answers.pictures_state in (Pictures.THREAT_ONLY, Pictures.NONE_EXIST):
        return gettext(
            "This request is for a picture that is already online, and the answers say that it is not. Use "
            "takeitdown (under 18 when it was taken) or stopncii (18 or older) to block it before."
        )
    return None


KINDS = {
    kind.name: kind
    for kind in (
        ReportKind("police", statement),
        _sheet("ic3"),
        _sheet("cybertip-public", _for_adults),
        ReportKind("platform", platform_report),
        _sheet("takeitdown", _for_adults),
        _sheet("stopncii", _for_minors),
        _sheet("reportremove", _outside_uk),
        _sheet("takedown-notice", _not_posted),
        _sheet("handover"),
        ReportKind("loss-log", losses),
    )
}
"""By name, in the order in which they are offered."""


def report(name: str, case: Case) -> Document:
    """The report `name` of a case, in the language that is spoken, or in English where it is for a form in English.

    Raises KeyError where there is none, ReportError where it does not fit the case.
    """
    kind = KINDS[name]
    reason = kind.unfit(case)
    if reason is not None:
        raise ReportError(reason)
    with speaking(spoken() if is_spoken(name) else language_for(SOURCE)):
        return replace(kind.make(case), language=spoken().code)
