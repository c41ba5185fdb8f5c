"""`throwline cybertip`: a platform's report to the CyberTipline, step by step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from throwline import platform
from throwline.case import CaseError, load_case
from throwline.cli._new_file import NewFileError, write_new
from throwline.platform import (
    SCHEMA_SHA256,
    Credentials,
    CyberTipClient,
    PlatformError,
    Receipt,
    State,
    UnknownOutcomeError,
    load_receipt,
    save_receipt,
)
from throwline.reports import CyberTipError, EspError, cybertip, esp_from, file_details_from

T = TypeVar("T")
_ERRORS = (CaseError, CyberTipError, EspError, NewFileError, PlatformError)


def draft_report(case: Path, esp: Path, target: Path) -> int:
    """Write the report as XML and print what has to be known about it. Returns 0, or 2 with one sentence."""

    def doing() -> int:
        tip = cybertip(load_case(case), _told(esp, esp_from))
        write_new(target, tip.xml)
        click.echo(f"Written to {target}. Nothing was sent. A person has to read it first.")
        for note in tip.notes:
            click.echo(f"- {note}")
        return 0

    return _attempt(doing)


def show_status(*, production: bool) -> int:
    """Print whether the service can be used. Returns 0, or 2 with one sentence."""

    def doing() -> int:
        client = _client(production=production)
        client.status()
        click.echo(f"The {client.service.name} service is there and takes the credentials.")
        if hashlib.sha256(client.schema()).hexdigest() == SCHEMA_SHA256:
            click.echo("Its schema is the one known here, of 2025-11-10.")
        else:
            click.echo(
                "Its schema is not the one known here, of 2025-11-10: a report may be refused, or lack new fields."
            )
        return 0

    return _attempt(doing)


def submit_report(xml: Path, *, production: bool) -> int:
    """Open a report, once, and keep a receipt beside `xml`. Returns 0, or 2 with one sentence."""

    def doing() -> int:
        content = _read(xml)
        client = _client(production=production)
        place = xml.with_name(f"{xml.name}.receipt.json")
        _claim(place)
        now = datetime.now(UTC)
        # Written before anything is sent: whatever happens on the way, nobody takes it for unsent.
        save_receipt(Receipt(client.service.name, State.UNKNOWN, None, now, now), place)
        try:
            receipt = client.submit(content)
        except UnknownOutcomeError:
            raise
        except PlatformError:
            place.unlink()
            raise
        save_receipt(receipt, place)
        click.echo(f"Report {receipt.report_id} is open at the {receipt.service} service: {place}")
        click.echo(receipt.deadline(datetime.now(UTC)))
        return 0

    return _attempt(doing)


def upload_file(place: Path, file: Path, details: Path | None, *, production: bool) -> int:
    """Send a file, and what is known about it. Returns 0, or 2 with one sentence."""

    def doing() -> int:
        told = None
        if details is not None:
            told = _told(details, file_details_from)
        client, receipt = _client(production=production), load_receipt(place)
        click.echo(
            f"{file} is sent byte for byte to NCMEC ({client.service.name} service) as part of report "
            f"{receipt.report_id}. It is not opened as a picture, and no copy is kept."
        )
        receipt = client.upload(receipt, file)
        save_receipt(receipt, place)
        sent = receipt.files[-1]
        if sent.fault:
            raise PlatformError(f"{sent.fault} The report cannot be finished with it: retract it.")
        click.echo(f"It arrived whole: MD5 {sent.md5}.")
        if told is not None:
            receipt = client.file_details(receipt, sent, told)
            save_receipt(receipt, place)
        click.echo(receipt.deadline(datetime.now(UTC)))
        return 0

    return _attempt(doing)


def finish_report(place: Path, *, production: bool) -> int:
    """Hand the report in. Returns 0, or 2 with one sentence."""

    def doing() -> int:
        receipt = _client(production=production).finish(load_receipt(place))
        save_receipt(receipt, place)
        click.echo(f"Report {receipt.report_id} is finished.")
        return 0

    return _attempt(doing)


def retract_report(place: Path, *, production: bool) -> int:
    """Take the report back. Returns 0, or 2 with one sentence."""

    def doing() -> int:
        receipt = _client(production=production).retract(load_receipt(place))
        save_receipt(receipt, place)
        click.echo(f"Report {receipt.report_id} is retracted.")
        return 0

    return _attempt(doing)


def _attempt(doing: Callable[[], int]) -> int:
    try:
        return doing()
    except _ERRORS as error:
        click.echo(str(error), err=True)
        return 2


def _client(*, production: bool) -> CyberTipClient:
    service = platform.PRODUCTION if production else platform.TEST
    return CyberTipClient(Credentials.from_environment(service), service)


def _claim(place: Path) -> None:
    """Take the place of the receipt, which says that nothing was sent from this file before."""
    try:
        place.touch(exist_ok=False)
    except FileExistsError as error:
        raise PlatformError(
            f"This file was submitted before: {place} tells about it. Draft anew to report anew."
        ) from error
    except OSError as error:
        raise PlatformError(f"{place} cannot be written: {error.strerror}.") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PlatformError(f"{path} cannot be read: {error.strerror}.") from error


def _told(path: Path, taken_from: Callable[[str], T]) -> T:
    """What a platform tells in its file. Raises EspError, which names the file."""
    text = _read_text(path)
    try:
        return taken_from(text)
    except EspError as error:
        raise EspError(f"{path}: {error}") from error


def _read_text(path: Path) -> str:
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlatformError(f"{path} is not UTF-8: save it as UTF-8 and try again.") from error
