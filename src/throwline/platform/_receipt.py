"""What is kept about a report that was submitted: a small file, so that nothing is sent twice or forgotten."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from throwline.platform._errors import PlatformError

_AFTER_OPENING = timedelta(hours=24)
_AFTER_CHANGE = timedelta(hours=1)
"""NCMEC deletes what is not finished by the later of the two."""
_FORMAT, _VERSION = "throwline-cybertip-receipt", 1


class State(StrEnum):
    """What has become of a report."""

    UNKNOWN = "unknown"
    """It was sent, and no answer came."""
    OPEN = "open"
    """It can be added to, finished or retracted."""
    FINISHED = "finished"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that was sent to a report. `md5` is of the bytes sent. `file_id` is None where the service gave none.
    `fault` says in a sentence why it is not certain that the file is there as it was sent; None where it is."""

    name: str
    md5: str
    file_id: str | None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A report at the service. `service` is "test" or "production"; `report_id` is None while the state is unknown.
    Times are in UTC."""

    service: str
    state: State
    report_id: int | None
    opened_at: datetime
    changed_at: datetime
    files: tuple[UploadedFile, ...] = ()

    @property
    def deleted_at(self) -> datetime:
        """When the service deletes it unless it is finished: 24 hours after it was opened or an hour after the last
        change, whichever is later."""
        return max(self.opened_at + _AFTER_OPENING, self.changed_at + _AFTER_CHANGE)

    def deadline(self, now: datetime) -> str:
        """The same in words."""
        if now > self.deleted_at:
            return "It was not finished in time: NCMEC deletes such a report. Submit it anew if it is gone."
        left = self.deleted_at - now
        hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
        return (
            f"Finish it before {self.deleted_at:%Y-%m-%d %H:%M} UTC ({hours} h {minutes} min from now): "
            "NCMEC deletes what is not finished."
        )


def load_receipt(path: Path) -> Receipt:
    """Read a receipt. Raises PlatformError where there is none, or a damaged one."""
    try:
        form = json.loads(path.read_bytes())
        if form["format"] != _FORMAT or form["version"] != _VERSION:
            raise ValueError(form["format"])
        return Receipt(
            service=form["service"],
            state=State(form["state"]),
            report_id=form["report_id"],
            opened_at=_moment(form["opened_at"]),
            changed_at=_moment(form["changed_at"]),
            files=tuple(UploadedFile(**entry) for entry in form["files"]),
        )
    except OSError as error:
        raise PlatformError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise PlatformError(
            f"{path} is no receipt: name the file that `throwline cybertip submit` wrote."
        ) from error


def save_receipt(receipt: Receipt, path: Path) -> None:
    """Write a receipt, whole or not at all. Raises PlatformError."""
    form: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "service": receipt.service,
        "state": receipt.state.value,
        "report_id": receipt.report_id,
        "opened_at": receipt.opened_at.isoformat(),
        "changed_at": receipt.changed_at.isoformat(),
        "files": [
            {"name": f.name, "md5": f.md5, "file_id": f.file_id, "fault": f.fault}
            for f in receipt.files
        ],
    }
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            json.dump(form, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise PlatformError(f"{path} cannot be written: {error.strerror}.") from error


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC)
