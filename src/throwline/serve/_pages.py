"""The pages: a request in, a response out, and nothing written anywhere.

Cases live in memory only, under an unguessable name, until they are removed or the program ends.
"""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from multipart import MultipartError, MultipartParser, parse_options_header

from throwline.case import Age, Answers, AnswersError, Case, Role, make_case
from throwline.conversation import Hints, Intake, ReadError, read_given
from throwline.evidence import zipped_case
from throwline.guidance import Contact, Directory, Kind, countries, directory, plan_for
from throwline.language import SOURCE, gettext, ngettext, spoken
from throwline.pdf import PdfError, document_pdf
from throwline.reports import (
    KINDS,
    ReportError,
    ReportKind,
    document_html,
    document_text,
    reach,
    report,
    report_html,
)

MAX_BODY = 1024**3
_HTML = "text/html; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """`path` begins with "/" and has no query; `body` is the whole body."""

    method: str
    path: str
    content_type: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    """`headers` come on top of those that every response carries."""

    status: int
    content_type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Kept:
    case: Case
    intake: Intake


class Pages:
    """What the door shows. One instance serves one run of the program."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def keep(self, case: Case, intake: Intake, name: str) -> None:
        """Hold a case in memory under /case/`name`."""
        self._kept[name] = _Kept(case, intake)

    def handle(self, request: Request) -> Response:
        """Answer one request. Never raises for what a request holds."""
        name, _, rest = request.path.removeprefix("/").partition("/")
        match request.method, name, rest:
            case "GET", "", "":
                return _page("start.html", countries=_countries())
            case "GET", "help", "":
                return _page("help.html", places=_humans(), reach=reach)
            case "GET", "style.css", "":
                return Response(200, "text/css; charset=utf-8", _style())
            case "POST", "case", "":
                return self._made(request)
            case "GET", "case", _:
                return self._shown(*rest.partition("/")[::2])
            case "POST", "remove", "":
                self._kept.clear()
                return _page("removed.html")
        return _message(404, gettext("There is no such page."))

    def _made(self, request: Request) -> Response:
        try:
            form = _form(request)
            intake = _intake(form)
            case = make_case(intake, _answers(form), datetime.now(UTC))
        except (ReadError, AnswersError) as error:
            return _message(422, str(error))
        except MultipartError:
            return _message(400, gettext("The form arrived damaged. Please send it again."))
        name = secrets.token_urlsafe(16)
        self.keep(case, intake, name)
        return Response(303, _HTML, b"", {"Location": f"{_base()}/case/{name}"})

    def _shown(self, name: str, what: str) -> Response:
        kept = self._kept.get(name)
        if kept is None:
            return _message(404, gettext("This case was removed, or the program was started anew."))
        if what == "":
            return _page(
                "case.html", name=name, report=_embedded(kept.case), kinds=_kinds(kept.case)
            )
        if what == "report.html":
            return _download("report.html", _HTML, _report(kept.case))
        if what == "case.zip":
            return _download("case.zip", "application/zip", zipped_case(kept.case, kept.intake))
        if what.startswith("report/"):
            return _reported(kept.case, name, *what.removeprefix("report/").partition(".")[::2])
        return _message(404, gettext("There is no such page."))


def _report(case: Case) -> bytes:
    return report_html(case, plan_for(case)).encode()


def _embedded(case: Case) -> str:
    return _unframed(report_html(case, plan_for(case)))


def _unframed(html: str) -> str:
    """A report without its frame, to stand in a page of ours: everything in it is already escaped."""
    return html[html.index("<main>") + len("<main>") : html.rindex("</main>")]


def _kinds(case: Case) -> list[ReportKind]:
    """The reports that fit a case."""
    return [kind for kind in KINDS.values() if kind.unfit(case) is None]


def _reported(case: Case, name: str, kind: str, ending: str) -> Response:
    """One report, shown, or as a file of the kind that the ending says."""
    if kind not in KINDS:
        return _message(404, gettext("There is no such page."))
    try:
        document = report(kind, case)
        match ending:
            case "":
                html = _unframed(document_html(document))
                return _page("report.html", name=name, kind=kind, report=html)
            case "html":
                return _download(f"{kind}.html", _HTML, document_html(document).encode())
            case "txt":
                return _download(f"{kind}.txt", _TEXT, document_text(document).encode())
            case "pdf":
                return _download(f"{kind}.pdf", "application/pdf", document_pdf(document))
    except (ReportError, PdfError) as error:
        return _message(422, str(error))
    return _message(404, gettext("There is no such page."))


def _form(request: Request) -> dict[str, tuple[str, bytes]]:
    """The fields of a multipart form: file name (or "") and bytes."""
    kind, options = parse_options_header(request.content_type)
    if kind != "multipart/form-data" or "boundary" not in options:
        raise MultipartError("not a form")
    # Spooling would write to disk what the person has not asked to save.
    parser = MultipartParser(
        io.BytesIO(request.body),
        options["boundary"],
        spool_limit=MAX_BODY,
        memory_limit=MAX_BODY,
        disk_limit=0,
    )
    return {part.name: (part.filename or "", part.raw) for part in parser}


def _intake(form: dict[str, tuple[str, bytes]]) -> Intake:
    name, content = form.get("file", ("", b""))
    if content:
        return read_given(PurePosixPath(name.replace("\\", "/")).name or "export", content, Hints())
    pasted = form.get("pasted", ("", b""))[1]
    if pasted.strip():
        return read_given("pasted text", pasted.replace(b"\r\n", b"\n"), Hints())
    raise ReadError(gettext("Nothing was chosen or pasted. Choose a file, or paste the messages."))


def _answers(form: dict[str, tuple[str, bytes]]) -> Answers:
    def given(name: str) -> str:
        return form.get(name, ("", b""))[1].decode(errors="replace").strip()

    try:
        return Answers(
            age_in_picture=Age(given("age_in_picture") or Age.UNKNOWN),
            i_am=Role(given("i_am") or Role.PERSON),
            country=given("country") or None,
        )
    except AnswersError:
        raise
    except ValueError as error:
        raise AnswersError("One of the answers is not among the choices.") from error


def _countries() -> list[tuple[str, str]]:
    """Code and name of each country that the directory covers, by name."""
    return sorted(((code, directory(code).name) for code in countries()), key=lambda c: c[1])


def _humans() -> list[tuple[str, list[Contact]]]:
    """The people to talk to, by country, the international ones first. Only what was checked."""
    kinds = (Kind.CRISIS_LINE, Kind.CHILD_HELPLINE, Kind.NATIONAL_HOTLINE)
    abroad = directory(None)
    places = [(abroad.name, abroad)]
    places += [(name, directory(code)) for code, name in _countries()]
    return [
        (name, [c for k in kinds for c in known.of(k) if c.verified and _at_home(c, known, abroad)])
        for name, known in places
    ]


def _at_home(contact: Contact, known: Directory, abroad: Directory) -> bool:
    """Whether a contact is not one of the international ones that every directory ends with."""
    return known is abroad or contact not in abroad.contacts


def _download(name: str, kind: str, content: bytes) -> Response:
    return Response(200, kind, content, {"Content-Disposition": f'attachment; filename="{name}"'})


def _message(status: int, text: str) -> Response:
    page = _page("message.html", text=text)
    return Response(status, page.content_type, page.body)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("throwline.serve"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


def _page(template: str, **values: object) -> Response:
    html = _environment().get_template(template).render(language=spoken(), base=_base(), **values)
    return Response(200, _HTML, html.encode())


def _base() -> str:
    """What every address of ours begins with: the language, where it is not English."""
    code = spoken().code
    return "" if code == SOURCE else f"/{code}"


@cache
def _style() -> bytes:
    reports = files("throwline.reports") / "templates"
    own = files("throwline.serve") / "templates"
    sheets = (reports / "report.css", reports / "document.css", own / "serve.css")
    return "".join(sheet.read_text("utf-8") for sheet in sheets).encode()
