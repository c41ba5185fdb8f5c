"""From a case to documents: one telling, every form."""

from throwline.reports._report import reach, report_html
from throwline.reports._words import words

__all__ = ["reach", "report_html", "words"]
