"""The pages: a request in, a response out, and nothing written anywhere.

Cases live in memory only, under an unguessable name, until they are removed or the program ends.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime

from throwline.case import Age, Answers, AnswersError, Case, Progress, Role, make_case
from throwline.conversation import Hints, Intake, ReadError, read_given
from throwline.evidence import SHORTEST_PASSPHRASE, packed_case, zipped_case
from throwline.guidance import plan_for
from throwline.language import (
    SOURCE,
    Language,
    Note,
    gettext,
    language_for,
    languages,
    said,
    speaking,
    spoken,
)
from throwline.pages._corrections import correcting, with_corrections
from throwline.pages._exchange import HTML, Request, Response, download
from throwline.pages._form import Form, FormError
from throwline.pages._help import countries_named, humans
from throwline.pages._job import TROUBLE, Job, Made, Steps, Trouble, Work
from throwline.pages._recognised import reader_in
from throwline.pages._reports import Pdf, kinds_for, reported, unframed
from throwline.pages._saved import chosen_file, locked, opened, who
from throwline.pages._screenshots import ScreenshotReader, chosen
from throwline.pages._shown import base, message, missing, page, style
from throwline.pages._tools import (
    Copy,
    Fingerprinting,
    ToolError,
    cleaned_copy,
    exposed,
    fingerprinted,
    shown_copy,
)
from throwline.reports import reach, report_html

_PATIENCE = 1.0
"""Seconds. What takes no longer is shown at once."""


class Pages:
    """What a door shows. One instance serves one run of the program, or one page of a browser.

    `pdf` makes PDFs where the door can; where it cannot, reports are offered for printing. `fingerprinting` opens pictures
    where the door can; where it cannot, a form has their pixels as well. `seals` says that the door locks what is saved
    with a passphrase; `locks`, that it is locked, and opened again, here. `screenshots` reads them where the door can. `waits` says that the door can show a page of waiting
    while long work goes on; where it cannot, `progress` is told of messages as they are read.
    """

    def __init__(
        self,
        *,
        pdf: Pdf | None = None,
        fingerprinting: Fingerprinting | None = None,
        screenshots: ScreenshotReader | None = None,
        seals: bool = False,
        locks: bool = False,
        waits: bool = False,
        progress: Progress = lambda _done, _total: None,
    ) -> None:
        self._pdf = pdf
        self._fingerprinting = fingerprinting
        self._seals = seals
        self._locks = locks
        self._screenshots = screenshots
        self._waits = waits
        self._progress = progress
        self._kept: dict[str, Made] = {}
        self._jobs: dict[str, Job] = {}
        self._copies: dict[str, Copy] = {}

    def keep(self, case: Case, intake: Intake, name: str) -> None:
        """Hold a case in memory under /case/`name`."""
        self._kept[name] = Made(case, intake)

    def handle(self, request: Request) -> Response:
        """Answer one request, in the language that its path begins with: "/es/help". Never raises for what a request
        holds."""
        language, path = _language(request.path)
        with speaking(language):
            return self._heard(replace(request, path=path))

    def _heard(self, request: Request) -> Response:
        try:
            return self._answer(request)
        except TROUBLE as error:
            return _told(error, request.path if isinstance(error, ToolError) else "/")
        except FormError:
            return message(400, gettext("The form arrived damaged. Please send it again."))

    def _answer(self, request: Request) -> Response:
        name, _, rest = request.path.removeprefix("/").partition("/")
        match request.method, name, rest:
            case "GET", "", "":
                return page("start.html", countries=countries_named(), answers=Answers())
            case "GET", "help", "":
                return page("help.html", places=humans(), reach=reach)
            case "GET", "style.css", "":
                return Response(200, "text/css; charset=utf-8", style())
            case "POST", "case", "":
                return self._made(Form(request))
            case "GET", "screenshots", "":
                can_read = self._screenshots is not None
                return page(
                    "screenshots.html",
                    countries=countries_named(),
                    answers=Answers(),
                    can_read=can_read,
                )
            case "POST", "screenshots", "":
                return self._read(Form(request))
            case "GET", "wait", _:
                return self._waited(rest)
            case "GET", "open", "":
                return page("open.html", locks=self._locks)
            case "POST", "open", "" if self._locks:
                return self._opened(Form(request))
            case "GET", "case", _:
                return self._shown(*rest.partition("/")[::2])
            case "POST", "case", _:
                return self._changed(*rest.partition("/")[::2], Form(request))
            case "GET", "profile" | "clean" | "fingerprint", "":
                return page(f"{name}.html")
            case "POST", "profile", "":
                return exposed(Form(request))
            case "POST", "fingerprint", "":
                return fingerprinted(Form(request), self._fingerprinting)
            case "POST", "clean", "":
                return self._cleaned(Form(request))
            case "GET", "clean", _ if copy := self._copies.get(rest):
                return download(copy.name, "application/octet-stream", copy.cleaned.content)
            case "POST", "remove", "":
                self._kept.clear()
                for job in self._jobs.values():
                    job.stop()
                self._jobs.clear()
                self._copies.clear()
                return page("removed.html")
        return missing()

    def _made(self, form: Form) -> Response:
        answers = _answers(form, Answers())

        def work(step: Steps) -> Made:
            intake = _intake(form, step("bytes"))
            now = datetime.now(UTC)
            return Made(make_case(intake, answers, now, progress=step("messages")), intake)

        return self._worked(work, "bytes", _new_name(), "", "/")

    def _read(self, form: Form) -> Response:
        read = self._screenshots or reader_in(form)
        if read is None:
            return missing()
        answers, pictures = _answers(form, Answers()), chosen(form)

        def work(step: Steps) -> Made:
            intake = read(pictures, Hints(), step("screenshots"))
            return Made(make_case(intake, answers, datetime.now(UTC)), intake)

        return self._worked(work, "screenshots", _new_name(), "/correct", "/screenshots")

    def _opened(self, form: Form) -> Response:
        file = chosen_file(form)

        def work(_step: Steps) -> Made:
            return opened(file, form, datetime.now(UTC))

        return self._worked(work, "case", _new_name(), "", "/open")

    def _worked(self, work: Work, what: str, name: str, then: str, start: str) -> Response:
        """The page `then` of the case called `name` that the work makes, or, as long as that takes, the page of waiting.
        `start` is where it can be tried again."""
        if not self._waits:
            self._kept[name] = work(self._step)
            return _goes_on(f"/case/{name}{then}")
        job = Job(work, what, name, f"/case/{name}{then}", start)
        waiting = _new_name()
        self._jobs[waiting] = job
        job.is_over(_PATIENCE)
        return self._waited(waiting)

    def _step(self, what: str) -> Progress:
        """Who is told of a step of long work where nobody waits for it on a page."""
        return self._progress if what == "messages" else lambda _done, _total: None

    def _waited(self, name: str) -> Response:
        job = self._jobs.get(name)
        if job is None:
            return missing()
        if not job.is_over():
            shown = page("wait.html", name=name, job=job)
            return replace(shown, headers={"Refresh": f"1; url={base()}/wait/{name}"})
        try:
            if made := job.take():
                self._kept[job.name] = made
        except TROUBLE as error:
            return _told(error, job.start)
        return _goes_on(job.then)

    def _cleaned(self, form: Form) -> Response:
        copy = cleaned_copy(form)
        name = _new_name()
        self._copies[name] = copy
        return shown_copy(copy, name)

    def _changed(self, name: str, what: str, form: Form) -> Response:
        kept = self._kept.get(name)
        if kept is None:
            return _removed()
        answers = kept.case.answers
        if what == "correct":
            intake, part = with_corrections(kept.intake, form, who(form, answers))
            then = f"/correct/{part}" if part else ""
            return self._made_anew(name, replace(kept, intake=intake), answers, then)
        if what == "answers":
            return self._made_anew(name, kept, _answers(form, answers), "")
        if what == "locked" and self._locks:
            return locked(kept, form, datetime.now(UTC))
        return missing()

    def _made_anew(self, name: str, kept: Made, answers: Answers, then: str) -> Response:
        case = kept.case
        # What was opened again becomes another case, made now; what it was stays in its bag.
        made_at = datetime.now(UTC) if kept.before else case.made_at

        def work(step: Steps) -> Made:
            told = step("messages")
            again = make_case(kept.intake, answers, made_at, case.fingerprints, told)
            return replace(kept, case=again)

        return self._worked(work, "messages", name, then, f"/case/{name}")

    def _shown(self, name: str, what: str) -> Response:
        kept = self._kept.get(name)
        if kept is None:
            return _removed()
        if what == "correct" or what.startswith("correct/"):
            return correcting(kept.intake, name, what.removeprefix("correct").removeprefix("/"))
        if what == "answers":
            answers = kept.case.answers
            return page("answers.html", name=name, countries=countries_named(), answers=answers)
        if what == "locked" and not self._seals:
            return page("lock.html", name=name, locks=self._locks, shortest=SHORTEST_PASSPHRASE)
        if what == "":
            html = unframed(report_html(kept.case, plan_for(kept.case)))
            seals = SHORTEST_PASSPHRASE if self._seals else None
            kinds = kinds_for(kept.case)
            return page(
                "case.html",
                name=name,
                report=html,
                correctable=kept.can_be_corrected,
                kinds=kinds,
                before=kept.before,
                passphrase_length=seals,
            )
        if what == "report.html":
            whole = report_html(kept.case, plan_for(kept.case))
            return download("report.html", HTML, whole.encode())
        if what == "case.zip":
            return download(
                "case.zip", "application/zip", zipped_case(kept.case, kept.intake, kept.before)
            )
        if what == "case.tar":
            return download("case.tar", "application/x-tar", packed_case(kept.case, kept.intake))
        if what.startswith("report/"):
            kind, _, ending = what.removeprefix("report/").partition(".")
            return reported(kept.case, name, kind, ending, self._pdf)
        return missing()


def _new_name() -> str:
    """One that nobody can guess."""
    return secrets.token_urlsafe(16)


def _goes_on(path: str) -> Response:
    """To another page of ours."""
    return Response(303, HTML, b"", {"Location": f"{base()}{path}"})


def _told(error: Trouble, start: str) -> Response:
    """What went wrong, and where to try again."""
    text = said(error.sentence) if isinstance(error, ReadError) else str(error)
    return message(422, text, start=start)


def _removed() -> Response:
    return message(404, gettext("This case was removed, or the program was started anew."))


def _language(path: str) -> tuple[Language, str]:
    """Of a path, and what is left of it."""
    first, _, rest = path.removeprefix("/").partition("/")
    for language in languages():
        if language.code == first:
            return language, f"/{rest}"
    return language_for(SOURCE), path


def _intake(form: Form, progress: Progress) -> Intake:
    if files := form.files("file"):
        name, content = files[0].name or "export", files[0].content
        # It is gone through twice: once for its digest and once for what it says.
        total, done = 2 * len(content), 0

        def count(octets: int) -> None:
            nonlocal done
            done += octets
            progress(min(done, total), total)

        return read_given(name, content, Hints(), count)
    if form.text("pasted"):
        pasted = form.bytes("pasted").replace(b"\r\n", b"\n")
        return read_given("pasted text", pasted, Hints())
    raise ReadError(Note("Nothing was chosen or pasted. Choose a file, or paste the messages."))


def _answers(form: Form, before: Answers) -> Answers:
    try:
        return replace(
            before,
            age_in_picture=Age(form.text("age_in_picture") or Age.UNKNOWN),
            i_am=Role(form.text("i_am") or Role.PERSON),
            country=form.text("country") or None,
            language=spoken().code,
        )
    except AnswersError:
        raise
    except ValueError as error:
        raise AnswersError(gettext("One of the answers is not among the choices.")) from error
