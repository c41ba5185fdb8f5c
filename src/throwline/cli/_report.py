"""`throwline report`: one report of a case, previewed on the terminal or written to a file. Nothing is sent."""

from __future__ import annotations

from pathlib import Path

import click

from throwline.case import CaseError, load_case
from throwline.pdf import PdfError, document_pdf
from throwline.reports import Document, ReportError, document_html, document_text, report

_WAYS = {
    ".txt": lambda document: document_text(document).encode(),
    ".html": lambda document: document_html(document).encode(),
    ".pdf": document_pdf,
}


def write_report(kind: str, folder: Path, target: Path | None) -> int:
    """Print the report as text, or write it to `target` as its ending says. Returns 0, or 2 with one sentence."""
    try:
        document = report(kind, load_case(folder))
        if target is None:
            click.echo(document_text(document), nl=False)
        else:
            _write(document, target)
            click.echo(f"Written to {target}. Read it before you give it to anybody.")
    except (CaseError, ReportError, PdfError) as error:
        click.echo(str(error), err=True)
        return 2
    return 0


def _write(document: Document, target: Path) -> None:
    way = _WAYS.get(target.suffix.lower())
    if way is None:
        raise ReportError(f"{target} must end in .txt, .html or .pdf.")
    content = way(document)
    try:
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise ReportError(f"{target} exists already: name another file with --to.") from error
    except OSError as error:
        raise ReportError(f"{target} cannot be written: {error.strerror}.") from error
