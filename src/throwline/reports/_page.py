"""A document as one web page that stands alone: no request, one script of its own that copies a value, prints well."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from throwline.language import gettext, language_for, ngettext, speaking
from throwline.reports._document import Document
from throwline.reports._strangers import harmless


def document_html(document: Document) -> str:
    """The whole page. Every string in it is escaped, stands in its own direction, and a click selects a whole value. Its
    policy lets no script run but the one that puts a button to copy beside every value of a form."""
    language = language_for(document.language)
    with speaking(language):
        template = environment().get_template("document.html")
        return template.render(
            document=document, language=language, direction=direction, copying=_copying()
        )


@dataclass(frozen=True, slots=True)
class _Script:
    """`digest` is how a policy names the code (Content Security Policy 3, hash-source)."""

    code: Markup
    digest: str


@cache
def _copying() -> _Script:
    code = (files("throwline.reports") / "templates" / "copying.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return _Script(Markup(code), f"sha256-{digest}")  # noqa: S704 - our own file


def direction(tag: str) -> str:
    """Which way a language runs: "ltr" or "rtl"."""
    return language_for(tag).direction


@cache
def environment() -> Environment:
    """Templates that escape whatever they are given."""
    made = Environment(
        loader=PackageLoader("throwline.reports"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters["shape"] = lambda block: type(block).__name__
    return made


def _harmless(value: object) -> object:
    """What is put into a page. A translated sentence comes with its values escaped already."""
    if isinstance(value, Markup):
        return Markup(harmless(value))  # noqa: S704 - takes away and adds no markup
    return harmless(value) if isinstance(value, str) else value
