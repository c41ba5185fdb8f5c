"""`throwline report`: one report of a case, previewed on the terminal or written to a file. Nothing is sent."""

from __future__ import annotations

from pathlib import Path

import click

from throwline.case import Case, CaseError, load_case
from throwline.cli._language import answering
from throwline.cli._new_file import NewFileError, write_new
from throwline.language import speaking
from throwline.pdf import PdfError, document_pdf
from throwline.reports import (
    EXPORTS,
    Document,
    ReportError,
    document_html,
    document_text,
    export,
    platform_report,
    report,
)

_WAYS = {
    ".txt": lambda document: document_text(document).encode(),
    ".html": lambda document: document_html(document).encode(),
    ".pdf": document_pdf,
}


def write_report(kind: str, folder: Path, target: Path | None, platform: str | None) -> int:
    """Print the report as text, or write it to `target` as its ending says. Returns 0, or 2 with one sentence."""
    try:
        case = load_case(folder)
        if kind in EXPORTS and platform is None:
            _write_export(export(kind, case), target)
            return 0
        document = _document(kind, case, platform)
        if target is None:
            click.echo(document_text(document), nl=False)
        else:
            _write(document, target)
            click.echo(f"Written to {target}. Read it before you give it to anybody.")
    except (CaseError, ReportError, PdfError, NewFileError) as error:
        click.echo(str(error), err=True)
        return 2
    return 0


def _write_export(content: bytes, target: Path | None) -> None:
    """Print what is for programs, or write it to a file ending in .json."""
    if target is None:
        click.echo(content, nl=False)
        return
    if target.suffix.lower() != ".json":
        raise ReportError(f"{target} must end in .json.")
    write_new(target, content)
    click.echo(f"Written to {target}.")


def _document(kind: str, case: Case, platform: str | None) -> Document:
    if platform is None:
        with speaking(answering(case.answers.language)):
            return report(kind, case)
    if kind != "platform":
        raise ReportError(f"--platform goes with the report named platform, not with {kind}.")
    return platform_report(case, platform)


def _write(document: Document, target: Path) -> None:
    way = _WAYS.get(target.suffix.lower())
    if way is None:
        raise ReportError(f"{target} must end in .txt, .html or .pdf.")
    write_new(target, way(document))
