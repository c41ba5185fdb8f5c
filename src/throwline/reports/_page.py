"""A document as one web page that stands alone: no script, no request, prints well."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from throwline.reports._document import Document
from throwline.reports._strangers import harmless


def document_html(document: Document) -> str:
    """The whole page. Every string in it is escaped, stands in its own direction, and a click selects a whole value."""
    return environment().get_template("document.html").render(document=document)


@cache
def environment() -> Environment:
    """Templates that escape whatever they are given."""
    made = Environment(
        loader=PackageLoader("throwline.reports"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: harmless(value) if isinstance(value, str) else value,
    )
    made.filters["shape"] = lambda block: type(block).__name__
    return made
