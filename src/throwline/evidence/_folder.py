"""The case folder: report.html, case.json and the bag in evidence/, on disk or as one file in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from throwline.case import Case, case_form
from throwline.conversation import Intake
from throwline.evidence._archive import Member, packed
from throwline.evidence._bag import bag_files, write_bag
from throwline.evidence._carry import carried_on
from throwline.evidence._contents import bag_info, json_bytes, origin, payloads
from throwline.evidence._custody import History
from throwline.evidence._files import InMemory
from throwline.evidence._found import Found
from throwline.evidence._lock import lock
from throwline.evidence._place import whole_or_absent
from throwline.evidence._reopen import BAG, Reopened, bag_in
from throwline.evidence._stream import Pieces
from throwline.evidence._verify import verified
from throwline.guidance import plan_for
from throwline.reports import document_text, report, report_html

_AS_TEXT = ("police", "handover")
"""The reports for whoever is handed the evidence. Both fit every case, and their blanks are empty: a name or an address
that the person writes into a copy never comes into the bag."""


def write_case(case: Case, intake: Intake, target: Path) -> None:
    """Write the case folder at `target`, whole or not at all. Raises EvidenceError."""
    reports = _reports(case)
    form = json_bytes(case_form(case))
    contents = payloads(case, form, intake.documents, reports)
    with whole_or_absent(target) as folder:
        (folder / "case.json").write_bytes(form)
        (folder / "report.html").write_bytes(reports["report.html"])
        (folder / "evidence").mkdir()
        write_bag(folder / "evidence", contents, bag_info(case), origin(case, intake.documents))


def zipped_case(case: Case, intake: Intake, before: Reopened | None = None) -> bytes:
    """The same folder, "case", as a zip; `before` is what it was reopened from."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in _files(case, intake, before):
            info = zipfile.ZipInfo(f"case/{path}", case.made_at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def packed_case(case: Case, intake: Intake) -> bytes:
    """The same folder as the archive that a sealed case holds: a door seals it, and `unseal` opens that."""
    members = (Member.holding(path, content) for path, content in _files(case, intake, None))
    return b"".join(packed(members, case.made_at))


def sealed_case(
    case: Case,
    intake: Intake,
    before: Reopened | None,
    *,
    who: str,
    at: datetime,
    passphrase: str,
) -> bytes:
    """The same folder as `seal` seals it, for whoever has the `passphrase`. Raises EvidenceError as that."""
    sealing = lock(passphrase, ())
    files = dict(_files(case, intake, before))
    bag = InMemory(bag_in(files))
    loose = [Member.holding(p, held) for p, held in files.items() if not p.startswith(BAG)]
    found = verified(Found.at(bag), now=at)
    source = Pieces(packed(chain(loose, carried_on(bag, found, who, at)), at))
    target = io.BytesIO()
    sealing(io.BufferedReader(source), target)
    return target.getvalue()


def _files(case: Case, intake: Intake, before: Reopened | None) -> Iterator[tuple[str, bytes]]:
    """The folder in memory: each file's path and content."""
    reports = _reports(case)
    form = json_bytes(case_form(case))
    yield "case.json", form
    yield "report.html", reports["report.html"]
    contents = payloads(case, form, intake.documents, reports)
    history: History = origin(case, intake.documents)
    if before:
        yield from before.beside.items()
        contents, history = before.and_now(contents), before.until(case.made_at)
    for path, content in bag_files(contents, bag_info(case), history):
        yield f"{BAG}{path}", content


def _reports(case: Case) -> dict[str, bytes]:
    """The reports that lie in the bag, by the names of their files."""
    texts = {f"{name}.txt": document_text(report(name, case)) for name in _AS_TEXT}
    pages = {"report.html": report_html(case, plan_for(case)), **texts}
    return {name: text.encode() for name, text in pages.items()}
