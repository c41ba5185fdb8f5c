"""From a template to a response."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from throwline.case import Answers
from throwline.language import SOURCE, gettext, languages, ngettext, said, spoken
from throwline.pages._exchange import HTML, Response
from throwline.pages._help import countries_named
from throwline.reports import called, named


def page(template: str, **values: object) -> Response:
    """A page of ours with these values, in the language that is spoken now."""
    shown = _environment().get_template(template)
    html = shown.render(language=spoken(), languages=languages(), base=base(), **values)
    return Response(200, HTML, html.encode())


def form(name: str) -> str:
    """A form by itself, for a page of another door: "chat", "screenshots", "profile", "clean", "fingerprint"."""
    template = _environment().get_template(f"_{name}.html")
    return template.render(base=base(), countries=countries_named(), answers=Answers())


def message(status: int, text: str, start: str = "/") -> Response:
    """A page that says one thing, and where to try again."""
    return Response(status, HTML, page("message.html", text=text, start=start).body)


def missing() -> Response:
    """What is shown where nothing is."""
    return message(404, gettext("There is no such page."))


def base() -> str:
    """What every address of ours begins with: the language, where it is not English."""
    code = spoken().code
    return "" if code == SOURCE else f"/{code}"


@cache
def style() -> bytes:
    """The looks of all pages."""
    reports = files("throwline.reports") / "templates"
    own = files("throwline.pages") / "templates"
    sheets = (reports / "report.css", reports / "document.css", own / "pages.css")
    return "".join(sheet.read_text("utf-8") for sheet in sheets).encode()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("throwline.pages"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.globals.update(said=said, called=called, named=named)
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made
