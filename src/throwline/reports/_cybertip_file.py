"""What a platform tells about a file that it has uploaded to a report: XML for the reporting interface of NCMEC.

The file itself is not looked at here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from throwline.reports._cybertip_esp import IpEvent, ip_event
from throwline.reports._cybertip_rules import rules
from throwline.reports._cybertip_table import EspError, table_of
from throwline.reports._cybertip_xml import Element, element, text, written

_SUPPLEMENTAL = "Supplemental Reported"


@dataclass(frozen=True, slots=True)
class FileDetails:
    """All of it may be unknown (None). `location` is where the file lay at the platform, `uploaded_at` when the user
    put it there; `viewed` and `exif_viewed` say whether somebody at the platform looked at all of it.

    `relevance`, `classification` and `annotations` are values of the schema. Raises EspError where the documentation
    forbids them together.
    """

    original_name: str | None = None
    location: str | None = None
    uploaded_at: datetime | None = None
    viewed: bool | None = None
    exif_viewed: bool | None = None
    public: bool | None = None
    relevance: str | None = None
    classification: str | None = None
    annotations: tuple[str, ...] = ()
    ip: IpEvent | None = None
    more: str | None = None

    def __post_init__(self) -> None:
        if self.relevance == _SUPPLEMENTAL and (
            self.classification or "potentialMeme" in self.annotations
        ):
            raise EspError(
                f"A file that is {_SUPPLEMENTAL} has neither a classification nor potentialMeme."
            )


def file_details_from(toml: str) -> FileDetails:
    """Read a platform's TOML file about one uploaded file. Raises EspError."""
    table = table_of(toml)
    known = rules()["files"]
    details = FileDetails(
        original_name=table.text("original_name", "originalFileName"),
        location=table.text("location", "locationOfFile"),
        uploaded_at=table.moment("uploaded_at"),
        viewed=table.flag("viewed"),
        exif_viewed=table.flag("exif_viewed"),
        public=table.flag("public"),
        relevance=table.one_of("relevance", known["relevance"]) if "relevance" in table else None,
        classification=table.one_of("classification", known["classification"])
        if "classification" in table
        else None,
        annotations=table.texts("annotations"),
        ip=ip_event(table.table("ip")) if "ip" in table else None,
        more=table.text("more"),
    )
    table.done()
    for name in details.annotations:
        if name not in known["annotations"]:
            raise EspError(
                f"No file is annotated {name}: choose of {', '.join(known['annotations'])}."
            )
    return details


def file_details_xml(details: FileDetails, report_id: int, file_id: str) -> bytes:
    """What is sent about the file `file_id` of the report `report_id`."""
    return written(
        element(
            "fileDetails",
            text("reportId", str(report_id)),
            text("fileId", file_id),
            _given("originalFileName", details.original_name),
            _given("uploadedToEspTimestamp", _iso(details.uploaded_at)),
            _given("locationOfFile", details.location),
            _given("fileViewedByEsp", _yes_no(details.viewed)),
            _given("exifViewedByEsp", _yes_no(details.exif_viewed)),
            _given("publiclyAvailable", _yes_no(details.public)),
            _given("fileRelevance", details.relevance),
            element("fileAnnotations", *map(element, details.annotations))
            if details.annotations
            else None,
            _given("industryClassification", details.classification),
            None if details.ip is None else ip_capture_event(details.ip),
            _given("additionalInfo", details.more),
        )
    )


def ip_capture_event(event: IpEvent) -> Element:
    """An address that the platform recorded, in a report or about a file."""
    return element(
        "ipCaptureEvent",
        text("ipAddress", event.address),
        text("eventName", event.event),
        text("dateTime", event.at.isoformat(timespec="seconds")),
        _given("possibleProxy", _yes_no(event.possible_proxy)),
        _given("port", None if event.port is None else str(event.port)),
    )


def _given(name: str, value: str | None) -> Element | None:
    return None if value is None else text(name, value)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
