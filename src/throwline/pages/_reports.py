"""The reports of a case: shown, and to be kept in every form that the door can make."""

from __future__ import annotations

from collections.abc import Callable

from throwline.case import Case
from throwline.pages._exchange import HTML, TEXT, Response, download
from throwline.pages._shown import message, missing, page
from throwline.reports import (
    KINDS,
    Document,
    ReportError,
    ReportKind,
    document_html,
    document_text,
    report,
)

Pdf = Callable[[Document], bytes]
"""Raises ReportError where no PDF can be made of a document."""


def kinds_for(case: Case) -> list[ReportKind]:
    """The reports that fit a case."""
    return [kind for kind in KINDS.values() if kind.unfit(case) is None]


def reported(case: Case, name: str, kind: str, ending: str, pdf: Pdf | None) -> Response:
    """One report of the case called `name`: a page where `ending` is "", else a file of that kind."""
    if kind not in KINDS:
        return missing()
    try:
        document = report(kind, case)
        if ending == "pdf" and pdf:
            return download(f"{kind}.pdf", "application/pdf", pdf(document))
    except ReportError as error:
        return message(422, str(error))
    match ending:
        case "":
            html = unframed(document_html(document))
            return page("report.html", name=name, kind=kind, report=html, pdf=pdf is not None)
        case "html":
            return download(f"{kind}.html", HTML, document_html(document).encode())
        case "txt":
            return download(f"{kind}.txt", TEXT, document_text(document).encode())
    return missing()


def unframed(html: str) -> str:
    """A report without its frame, to stand in a page of ours: everything in it is already escaped."""
    return html[html.index("<main>") + len("<main>") : html.rindex("</main>")]
