"""What the service answers: small XML documents, read by the names of their elements."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree

_ROOTS = ("reportResponse", "reportDoneResponse")
_FILE_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
RETRACTED, FINISHED = 5101, 5102


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. `code` is 0 where it was done. `md5` is of the bytes that arrived, `file_ids` those of a finished
    report. Elements that are not known here are passed over, so that a newer schema does not stop anybody."""

    code: int
    description: str
    report_id: int | None
    file_id: str | None
    md5: str | None
    file_ids: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether the service did what was asked."""
        return self.code == 0

    @property
    def sentence(self) -> str:
        """What the code means and what to do, with the service's own words."""
        known = _sentences().get(str(self.code), "it gave a code that is not known here")
        own = f"; it says: {' '.join(self.description.split())}" if self.description.strip() else ""
        return f"{known} (code {self.code}{own})"


def read_answer(body: bytes) -> Answer | None:
    """Read an answer; None where `body` is none, or only half of one."""
    try:
        root = parsed(body)
        if root.tag not in _ROOTS:
            return None
        report_id = root.findtext("reportId")
        return Answer(
            code=int(root.findtext("responseCode", "")),
            description=root.findtext("responseDescription") or "",
            report_id=None if report_id is None else int(report_id),
            file_id=_file_id(root.findtext("fileId")),
            md5=(root.findtext("hash") or "").strip().lower() or None,
            file_ids=tuple(e.text.strip() for e in root.findall("files/fileId") if e.text),
        )
    except ValueError:
        return None


def parsed(body: bytes) -> ElementTree.Element:
    """An XML document in UTF-8. Raises ValueError for anything else.

    A document type could define entities that fill memory: neither a report nor an answer has one.
    """
    text = body.decode("utf-8-sig")
    if "<!DOCTYPE" in text:
        raise ValueError("it has a document type")
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - without a document type there is nothing to expand
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error


def _file_id(text: str | None) -> str | None:
    """An identifier that can stand in a request. Raises ValueError for anything else."""
    if text is None:
        return None
    if not _FILE_ID.fullmatch(text.strip()):
        raise ValueError("no identifier of a file")
    return text.strip()


@cache
def _sentences() -> dict[str, str]:
    table = tomllib.loads((files("throwline.platform") / "responses.toml").read_text("utf-8"))
    codes: dict[str, str] = table["codes"]
    return codes
