"""A document as plain text: nothing but words and empty lines, so that it can be pasted anywhere and read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from throwline.language import gettext, language_for, speaking
from throwline.reports._document import Block, Document, Field, Fields, Paragraph, Points, Table
from throwline.reports._strangers import harmless

_BLANK = "______________________________"
_SHORT = 78
"""Characters. What would make a line longer begins a line of its own."""


def document_text(document: Document) -> str:
    """The whole document. Lines are as long as their paragraphs: whatever shows them wraps them."""
    with speaking(language_for(document.language)):
        return "\n".join(map(harmless, _lines(document))) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield document.title
    yield "=" * len(document.title)
    yield document.made
    for section in document.sections:
        yield ""
        if section.slip:
            yield from (f"- - - - - - - - - - {gettext('cut here')} - - - - - - - - - -", "")
        yield section.title
        yield "-" * len(section.title)
        for block in section.blocks:
            yield from _block(block)
            yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Points():
            for number, item in enumerate(block.items, 1):
                yield f"{number}. {item}" if block.numbered else f"- {item}"
        case Fields():
            for field in block.fields:
                yield from _field(field)
        case Table():
            yield from _table(block)


def _field(field: Field) -> Iterator[str]:
    value = _BLANK if field.value is None else field.value
    if "\n" in value or len(value) > _SHORT:
        yield from (f"{field.name}:", value)
    else:
        yield f"{field.name}: {value}"
    if field.note:
        yield f"  ({field.note})"


def _table(table: Table) -> Iterator[str]:
    yield f"{table.caption}:"
    for row in table.rows:
        yield ""
        line = ""
        for name, cell in zip(table.head, row, strict=True):
            piece = f"{name}: {cell or _BLANK}"
            if line and len(line) + len(piece) > _SHORT:
                yield line
                line = piece
            else:
                line = f"{line} | {piece}" if line else piece
        yield line
