"""The case folder: report.html, case.json and the bag in evidence/, on disk or as a zip in memory."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from throwline.case import Case, case_form
from throwline.conversation import Intake
from throwline.evidence._bag import bag_files, write_bag
from throwline.evidence._contents import bag_info, json_bytes, origin, payloads
from throwline.evidence._place import whole_or_absent
from throwline.guidance import plan_for
from throwline.reports import report_html


def write_case(case: Case, intake: Intake, target: Path) -> None:
    """Write the case folder at `target`, whole or not at all. Raises EvidenceError."""
    report = report_html(case, plan_for(case)).encode()
    contents = payloads(case, intake.documents, {"report.html": report})
    with whole_or_absent(target) as folder:
        (folder / "case.json").write_bytes(json_bytes(case_form(case)))
        (folder / "report.html").write_bytes(report)
        (folder / "evidence").mkdir()
        write_bag(folder / "evidence", contents, bag_info(case), origin(case, intake.documents))


def zipped_case(case: Case, intake: Intake) -> bytes:
    """The same folder, "case", as a zip."""
    report = report_html(case, plan_for(case)).encode()
    contents = payloads(case, intake.documents, {"report.html": report})
    bag = bag_files(contents, bag_info(case), origin(case, intake.documents))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:

        def add(path: str, content: bytes) -> None:
            info = zipfile.ZipInfo(f"case/{path}", case.made_at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)

        add("case.json", json_bytes(case_form(case)))
        add("report.html", report)
        for path, content in bag:
            add(f"evidence/{path}", content)
    return buffer.getvalue()
