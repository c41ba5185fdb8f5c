"""From a case to documents: one telling, every form."""

from throwline.reports._cybertip import CyberTip, CyberTipError, cybertip
from throwline.reports._cybertip_esp import Esp, esp_from
from throwline.reports._cybertip_file import FileDetails, file_details_from, file_details_xml
from throwline.reports._cybertip_table import EspError
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
from throwline.reports._exports import EXPORTS, Export, export
from throwline.reports._kinds import KINDS, ReportError, ReportKind, report
from throwline.reports._moment import day, moment
from throwline.reports._page import document_html
from throwline.reports._platform import platform_report
from throwline.reports._report import reach, report_html
from throwline.reports._strangers import harmless, written_out
from throwline.reports._text import document_text
from throwline.reports._words import called, doing, named, words

__all__ = [
    "EXPORTS",
    "KINDS",
    "Block",
    "CyberTip",
    "CyberTipError",
    "Document",
    "Esp",
    "EspError",
    "Export",
    "Field",
    "Fields",
    "FileDetails",
    "Paragraph",
    "Points",
    "ReportError",
    "ReportKind",
    "Section",
    "Table",
    "called",
    "cybertip",
    "day",
    "document_html",
    "document_text",
    "doing",
    "esp_from",
    "export",
    "file_details_from",
    "file_details_xml",
    "harmless",
    "moment",
    "named",
    "platform_report",
    "reach",
    "report",
    "report_html",
    "words",
    "written_out",
]
