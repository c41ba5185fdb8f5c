"""Submitting, adding to, finishing and retracting a report. Source of the interface: docs/platforms.md."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

from throwline.platform._answer import FINISHED, RETRACTED, Answer, parsed, read_answer
from throwline.platform._confirm import Confirm, ask_at_terminal
from throwline.platform._errors import (
    CredentialsError,
    MismatchError,
    NotConfirmedError,
    NotReachedError,
    PlatformError,
    RefusedError,
    UnknownOutcomeError,
)
from throwline.platform._http import Line, Request, Response
from throwline.platform._receipt import Receipt, State, UploadedFile
from throwline.reports import FileDetails, file_details_xml

SCHEMA_SHA256 = "aee4c88099409b8a27d1403a5bc9bf0809bdc4819c079081abc1e2275efb392b"
"""Of the schema of 2025-11-10, by which reports are written here."""
_XML = "text/xml; charset=utf-8"
_FORM = "application/x-www-form-urlencoded"
_WAITS = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each further try."""
_LONGEST_WAIT = 60.0
_CHUNK = 1024**2
_OK, _UNAUTHORISED, _TOO_MANY, _SERVER_ERROR, _UNAVAILABLE = 200, 401, 429, 500, 503


@dataclass(frozen=True, slots=True)
class Service:
    """An environment of the CyberTipline. Each has credentials of its own."""

    name: str
    base_url: str


TEST = Service("test", "https://exttest.cybertip.org/ispws")
PRODUCTION = Service("production", "https://report.cybertip.org/ispws")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What NCMEC gave the platform for one environment."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.user!r}, …)"

    @classmethod
    def from_environment(
        cls, service: Service, environment: Mapping[str, str] = os.environ
    ) -> Credentials:
        """THROWLINE_CYBERTIP_TEST_USER and …_PASSWORD, or …_PRODUCTION_…. Raises CredentialsError."""
        names = [f"THROWLINE_CYBERTIP_{service.name.upper()}_{n}" for n in ("USER", "PASSWORD")]
        found = [environment.get(name, "") for name in names]
        if not all(found):
            raise CredentialsError(
                f"There are no credentials for the {service.name} service: set {' and '.join(names)}."
            )
        return cls(*found)

    @property
    def basic(self) -> str:
        """As HTTP wants them (RFC 7617)."""
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()


class CyberTipClient:
    """One environment of the CyberTipline, the test one unless told otherwise.

    What can be repeated without harm (status, schema, file details, finish, retract) is tried again, with growing
    waits, where the service fails or is silent. What would be done twice (submit, upload) is tried again only where
    it certainly did not arrive; else UnknownOutcomeError says so.
    """

    def __init__(
        self,
        credentials: Credentials,
        service: Service = TEST,
        *,
        confirm: Confirm = ask_at_terminal,
        waits: Sequence[float] = _WAITS,
        sleep: Callable[[float], None] = time.sleep,
        timeout: float = 60.0,
    ) -> None:
        self.service = service
        self._line = Line(service.base_url, credentials.basic, timeout)
        self._confirm = confirm
        self._waits = waits
        self._sleep = sleep

    def status(self) -> None:
        """Ask whether the service is there and takes the credentials. Raises PlatformError where not."""
        self._done(self._patient(Request("GET", "/status")))

    def schema(self) -> bytes:
        """The schema as it is now. Compare its SHA-256 with SCHEMA_SHA256. Raises PlatformError."""
        response = self._line.send(Request("GET", "/xsd"))
        if response.status != _OK:
            raise RefusedError(self._no_answer(response))
        return response.body

    def submit(self, xml: bytes) -> Receipt:
        """Open a report. It is no report yet: it has to be finished. Raises PlatformError; UnknownOutcomeError where
        it may be open without our knowing its number."""
        _check_report(xml)
        opened_at = datetime.now(UTC)
        answer = self._done(self._once(lambda: Request("POST", "/submit", xml, _XML)))
        if answer.report_id is None:
            raise UnknownOutcomeError(self._unknown("the answer names no report"))
        return Receipt(self.service.name, State.OPEN, answer.report_id, opened_at, opened_at)

    def upload(self, receipt: Receipt, path: Path) -> Receipt:
        """Send the file at `path`, a platform's own reported file, byte for byte: it is not opened as a picture.

        The last file of the receipt that is returned has a fault where it did not arrive as it was sent, or where
        that is not known; `finish` refuses then. Raises PlatformError where it is certainly not in the report.
        """
        report_id = self._open(receipt)
        md5, size = _digest(path)
        file = UploadedFile(path.name, md5, None)
        try:
            answer = self._done(self._once(lambda: _upload_request(report_id, path, size)))
        except UnknownOutcomeError as error:
            file = replace(file, fault=str(error))
        else:
            fault = None
            if answer.md5 != md5 or answer.file_id is None:
                fault = f"The service received other bytes than were sent (MD5 {answer.md5}, not {md5})."
            file = replace(file, file_id=answer.file_id, fault=fault)
        return self._changed(receipt, files=(*receipt.files, file))

    def file_details(self, receipt: Receipt, file: UploadedFile, details: FileDetails) -> Receipt:
        """Tell about an uploaded file. Raises PlatformError."""
        report_id = self._open(receipt)
        if file.file_id is None:
            raise PlatformError(
                f"The service gave {file.name} no number: nothing can be told about it."
            )
        xml = file_details_xml(details, report_id, file.file_id)
        self._done(self._patient(Request("POST", "/fileinfo", xml, _XML)))
        return self._changed(receipt)

    def finish(self, receipt: Receipt) -> Receipt:
        """Make it a report, which cannot be undone, once a human confirmed. Raises PlatformError."""
        report_id = self._open(receipt)
        doubtful = [file.name for file in receipt.files if file.fault]
        if doubtful:
            raise MismatchError(
                f"Not finished: {', '.join(doubtful)} may not have arrived as sent. Retract this report and begin anew."
            )
        count = f"{len(receipt.files)} file(s)" if receipt.files else "no file"
        question = (
            f"Report {report_id} with {count} goes to NCMEC ({self.service.name} service). "
            "After this it cannot be changed or taken back."
        )
        if not self._confirm(question, str(report_id)):
            raise NotConfirmedError("Not finished: nobody at a terminal confirmed it.")
        answer = self._done(self._patient(_by_id("/finish", report_id)), but=FINISHED)
        missing = {f.file_id for f in receipt.files} - set(answer.file_ids)
        if answer.done and missing:
            raise MismatchError(
                f"Report {report_id} is finished, but {len(missing)} of its files are not in it by the answer: "
                "ask espteam@ncmec.org."
            )
        return self._changed(receipt, state=State.FINISHED)

    def retract(self, receipt: Receipt) -> Receipt:
        """Take back a report that is not finished. Raises PlatformError."""
        report_id = self._open(receipt)
        self._done(self._patient(_by_id("/retract", report_id)), but=RETRACTED)
        return self._changed(receipt, state=State.RETRACTED)

    def _open(self, receipt: Receipt) -> int:
        """The number of a report that can still be changed here."""
        if receipt.service != self.service.name:
            raise PlatformError(
                f"This report is at the {receipt.service} service, not at the {self.service.name} one."
            )
        if receipt.report_id is None:
            raise PlatformError(
                "Whether this report was opened is not known, nor its number: ask espteam@ncmec.org, or let it be: "
                "what is not finished is deleted."
            )
        if receipt.state is not State.OPEN:
            raise PlatformError(
                f"Report {receipt.report_id} is {receipt.state}: it cannot be changed."
            )
        return receipt.report_id

    def _changed(
        self,
        receipt: Receipt,
        state: State = State.OPEN,
        files: tuple[UploadedFile, ...] | None = None,
    ) -> Receipt:
        files = receipt.files if files is None else files
        return replace(receipt, state=state, files=files, changed_at=datetime.now(UTC))

    def _patient(self, request: Request) -> Response:
        """Send what can be repeated, again and again while the service fails."""
        for wait in (*self._waits, None):
            try:
                response = self._line.send(request)
            except (NotReachedError, UnknownOutcomeError):
                if wait is None:
                    raise
                self._pause(wait)
                continue
            if wait is None or not _is_passing(response):
                return response
            self._pause(wait, response)
        raise AssertionError("the last try has no wait")

    def _once(self, make: Callable[[], Request]) -> Response:
        """Send what must not be done twice: again only where it certainly was not done."""
        for wait in (*self._waits, None):
            try:
                response = self._line.send(make())
            except NotReachedError:
                if wait is None:
                    raise
                self._pause(wait)
                continue
            except UnknownOutcomeError as error:
                raise UnknownOutcomeError(self._unknown(str(error))) from error
            # By RFC 9110 the service did not handle the request then.
            if wait is None or response.status not in (_UNAVAILABLE, _TOO_MANY):
                return self._told(response)
            self._pause(wait, response)
        raise AssertionError("the last try has no wait")

    def _told(self, response: Response) -> Response:
        """A response that tells whether it was done; a failure without an answer does not."""
        if _is_silent(response) and response.status != _UNAVAILABLE:
            raise UnknownOutcomeError(self._unknown(self._no_answer(response)))
        return response

    def _done(self, response: Response, but: int | None = None) -> Answer:
        """The answer of what was done. `but` is a code that says that it was done before: by an earlier try whose
        answer got lost."""
        if response.status == _UNAUTHORISED:
            raise CredentialsError(
                f"The {self.service.name} service does not accept the credentials (HTTP 401): each service has its own."
            )
        answer = read_answer(response.body)
        if answer is None:
            kind = UnknownOutcomeError if response.status == _OK else RefusedError
            raise kind(self._no_answer(response))
        if answer.done or answer.code == but:
            return answer
        number = f" Its number for this request is {response.number}." if response.number else ""
        raise RefusedError(
            f"The {self.service.name} service refused: {answer.sentence}.{number}", answer.code
        )

    def _no_answer(self, response: Response) -> str:
        return f"The {self.service.name} service answered with HTTP {response.status} and nothing that can be read."

    def _unknown(self, why: str) -> str:
        return (
            f"{why.rstrip('.')}. Whether it was taken is not known, so it is not sent again. What is not finished is "
            "deleted by NCMEC within a day."
        )

    def _pause(self, wait: float, response: Response | None = None) -> None:
        """Wait, longer if the service asks for it, and not all at the same moment."""
        asked = response.retry_after if response and response.retry_after else 0.0
        self._sleep(min(max(wait, asked), _LONGEST_WAIT) + wait * random.random() / 2)  # noqa: S311


def _is_passing(response: Response) -> bool:
    """Whether it may go well the next time."""
    status = response.status
    return status >= _SERVER_ERROR or status == _TOO_MANY or _is_silent(response)


def _is_silent(response: Response) -> bool:
    """Whether the service failed, or said that it went well, without an answer that can be read."""
    failed = response.status == _OK or response.status >= _SERVER_ERROR
    return failed and read_answer(response.body) is None


def _check_report(xml: bytes) -> None:
    try:
        root = parsed(xml)
    except ValueError as error:
        raise PlatformError(
            f"This is no well-formed XML ({error}): draft the report again."
        ) from error
    if root.tag != "report":
        raise PlatformError("This XML is no report: its first element is not <report>.")


def _by_id(path: str, report_id: int) -> Request:
    return Request("POST", path, urlencode({"id": report_id}).encode(), _FORM)


def _digest(path: Path) -> tuple[str, int]:
    """MD5 and size of a file. MD5 is what the service compares."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
            size = file.tell()
    except OSError as error:
        raise PlatformError(f"{path} cannot be read: {error.strerror}.") from error
    if not size:
        raise PlatformError(f"{path} is empty.")
    return digest.hexdigest(), size


def _upload_request(report_id: int, path: Path, size: int) -> Request:
    """The file as a part of a form (RFC 7578)."""
    boundary = secrets.token_hex(16)
    # As browsers do: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    name = path.name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="id"\r\n\r\n{report_id}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode(errors="replace")
    tail = f"\r\n--{boundary}--\r\n".encode()
    return Request(
        "POST",
        "/upload",
        _parts(head, path, size, tail),
        f"multipart/form-data; boundary={boundary}",
        len(head) + size + len(tail),
    )


def _parts(head: bytes, path: Path, size: int, tail: bytes) -> Iterator[bytes]:
    yield head
    with path.open("rb") as file:
        yield from _exactly(file, size)
    yield tail


def _exactly(file: BinaryIO, size: int) -> Iterator[bytes]:
    """`size` bytes of a file. One that has become shorter would make the service wait for ever."""
    while size:
        chunk = file.read(min(_CHUNK, size))
        if not chunk:
            raise OSError("the file has become shorter while it was sent")
        size -= len(chunk)
        yield chunk
