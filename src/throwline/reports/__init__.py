"""From a case to documents: one telling, every form."""

from throwline.reports._document import (
    Block,
    Document,
    Field,
    Fields,
    Paragraph,
    Points,
    Section,
    Table,
)
from throwline.reports._kinds import KINDS, Kind, ReportError, report
from throwline.reports._page import document_html
from throwline.reports._report import reach, report_html
from throwline.reports._strangers import harmless, written_out
from throwline.reports._text import document_text
from throwline.reports._words import words

__all__ = [
    "KINDS",
    "Block",
    "Document",
    "Field",
    "Fields",
    "Kind",
    "Paragraph",
    "Points",
    "ReportError",
    "Section",
    "Table",
    "document_html",
    "document_text",
    "harmless",
    "reach",
    "report",
    "report_html",
    "words",
    "written_out",
]
