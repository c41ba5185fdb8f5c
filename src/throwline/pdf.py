"""A report as a tagged PDF that a screen reader can follow (PDF/UA-1). The one place that uses typst.

Typst is a compiled package, so this stands beside the portable floor: the doors use it where it is installed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from throwline.language import gettext, language_for, speaking
from throwline.reports import Block, Document, Table, harmless, written_out

_NARROW, _WIDEST, _BLANK = 22, 60, 16
"""Characters in a column: one that is never broken, one that takes no more room, one to write in."""
_NO_FONT = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Each character by itself, so that the answer names each that no font here can show.
_PROBE = b'#set document(title: "probe")\n#title()\n#for c in sys.inputs.report.codepoints() [#c ]'


class PdfError(Exception):
    """A PDF that cannot be made here; the message says why and what to do instead."""


def document_pdf(document: Document) -> bytes:
    """The whole document. The same document gives the same bytes with the same version of typst and the same fonts.

    Letters that no font on this device can show are written as numbers, and a note says so. Raises PdfError where
    typst is not installed or fails.
    """
    try:
        import typst
    except ImportError as error:
        raise PdfError(
            gettext(
                "A PDF needs the package typst: install it with pip install 'throwline[pdf]', or make the report as .html "
                "and print it."
            )
        ) from error
    template = (files("throwline.reports") / "templates" / "document.typ").read_bytes()
    form = _mapped(_form(document), harmless)
    try:
        without_font = _without_font("".join(sorted(set(json.dumps(form, ensure_ascii=False)))))
        if without_font:
            pattern = re.compile(f"[{re.escape(without_font)}]")
            form = {
                **_mapped(form, lambda text: pattern.sub(written_out, text)),
                "note": _note(document.language),
            }
        return _compiled(template, json.dumps(form, ensure_ascii=False))
    except typst.TypstError as error:
        raise PdfError(
            gettext(
                "The PDF could not be made ({why}). Make the report as .html and print it."
            ).format(why=error.message)
        ) from error


def _note(language: str) -> str:
    with speaking(language_for(language)):
        return gettext(
            "Some letters have no font on the device where this was made. They are written as their Unicode numbers, "
            "such as ⟨U+674E⟩. The report as text or as a web page shows them as they are."
        )


def _compiled(source: bytes, report: str) -> bytes:
    import typst

    pdf = typst.compile(
        source, format="pdf", sys_inputs={"report": report}, pdf_standards=["ua-1"], timestamp=0
    )
    assert isinstance(pdf, bytes)
    return pdf


def _without_font(letters: str) -> str:
    """Those of `letters` that no font on this device can show: the standard forbids such letters, and typst names each."""
    import typst

    try:
        _compiled(_PROBE, letters)
    except typst.TypstError as error:
        quoted = "".join(_NO_FONT.findall(error.diagnostic))
        return "".join(set(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), quoted)) & set(letters))
    return ""


def _form(document: Document) -> Any:
    """The document as JSON, each block with the name of its shape and each table with the widths of its columns."""
    form = asdict(document) | {"note": ""}
    for section, written in zip(document.sections, form["sections"], strict=True):
        written["blocks"] = [_block_form(block) for block in section.blocks]
    return form


def _block_form(block: Block) -> dict[str, Any]:
    form = {**asdict(block), "shape": type(block).__name__.lower()}
    if isinstance(block, Table):
        columns = zip(block.head, zip(*block.rows, strict=True), strict=True)
        form["widths"] = [_width(name, cells) for name, cells in columns]
    return form


def _width(name: str, cells: Sequence[str]) -> int:
    """In characters: what the longest cell wants, or a place to write in; 0 where a narrow column takes what it needs."""
    longest = max(len(cell) for cell in (name, *cells))
    if not all(cells):
        return max(longest, _BLANK)
    return 0 if longest <= _NARROW else min(longest, _WIDEST)


def _mapped(form: Any, change: Callable[[str], str]) -> Any:
    """The same JSON with every string of it changed."""
    match form:
        case str():
            return change(form)
        case dict():
            return {key: _mapped(value, change) for key, value in form.items()}
        case list() | tuple():
            return [_mapped(value, change) for value in form]
    return form
