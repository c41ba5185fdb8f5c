"""Forms, guides and notices: laid out by a file of kinds/, filled in from a case.

A file has `title`; `sources`, each by a short name with source, checked and confidence; and sections. A section has
`title`, and any of `text` (paragraphs), `point` (a list, `numbered` or not) and `field` (fields in the form's order).
It may come once a payment (`each = "payment"`) or be a slip to cut off (`slip`). Every entry names in `by` the sources
it rests on, or takes those of its section, and is left out where its `when` does not hold: a table of answers with the
values that fit, such as {country = ["US"], age_in_picture = ["under18", "unknown"]}.

A field is filled in by what `fill` names, at most `longest` characters of it; `limit` is the same where it is the form
that sets it, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from throwline.case import Answers, Case
from throwline.guidance import Confidence
from throwline.language import gettext
from throwline.reports._document import (
    Block,
    Document,
    Field,
    Fields,
    Paragraph,
    Points,
    Section,
)
from throwline.reports._fills import FILLS, PAYMENT_FILLS
from throwline.reports._gist import Gist, length
from throwline.reports._moment import day
from throwline.reports._payments import Payment
from throwline.reports._texts import made, texts

_ANY_LENGTH = 20_000
"""Characters. More than any form takes."""

Table = dict[str, Any]


def sheet(name: str, case: Case) -> Document:
    """The document that kinds/`name`.toml lays out for a case, with its sources at the end."""
    table = texts(name)
    gist = Gist.of(case)
    sections = [
        section
        for entry in table["section"]
        if _holds(entry, case.answers)
        for section in _sections(entry, gist)
    ]
    return Document(table["title"], made(case), (*sections, _sources(table)))


def _sections(entry: Table, gist: Gist) -> Iterator[Section]:
    if entry.get("each") != "payment":
        yield _section(entry, entry["title"], gist, None)
        return
    for number, payment in enumerate(gist.payments or (None,), 1):
        yield _section(entry, f"{entry['title']} {number}", gist, payment)


def _section(entry: Table, title: str, gist: Gist, payment: Payment | None) -> Section:
    def fitting(kind: str) -> list[Table]:
        return [e for e in entry.get(kind, ()) if _holds(e, gist.case.answers)]

    blocks: list[Block] = [Paragraph(text["text"]) for text in fitting("text")]
    points = tuple(point["text"] for point in fitting("point"))
    fields = tuple(_field(field, gist, payment) for field in fitting("field"))
    if points:
        blocks.append(Points(points, numbered=entry.get("numbered", False)))
    if fields:
        blocks.append(Fields(fields))
    return Section(title, tuple(blocks), slip=entry.get("slip", False))


def _field(entry: Table, gist: Gist, payment: Payment | None) -> Field:
    longest = entry.get("limit") or entry.get("longest", _ANY_LENGTH)
    value = None
    if "value" in entry:
        value = entry["value"]
    elif payment is not None and entry.get("fill") in PAYMENT_FILLS:
        value = PAYMENT_FILLS[entry["fill"]](gist, payment)
    elif entry.get("fill") in FILLS:
        value = FILLS[entry["fill"]](gist, longest)
    note = entry.get("note", "")
    if value is not None and length(value) > longest:
        value = next((line for line in value.split("\n") if length(line) <= longest), None)
        note = " ".join([note, gettext("Not everything fits here.")]).strip()
    if "limit" in entry:
        note = " ".join(
            [gettext("At most {count} characters.").format(count=f"{longest:,}"), note]
        ).strip()
    return Field(entry["name"], value, note)


def _holds(entry: Table, answers: Answers) -> bool:
    return all(
        str(getattr(answers, field)) in wanted for field, wanted in entry.get("when", {}).items()
    )


def _sources(table: Table) -> Section:
    told = tuple(_source(source) for source in table["sources"].values())
    return Section(gettext("Where this comes from"), (Points(told),))


def _source(source: Table) -> str:
    confidence = Confidence(source["confidence"])
    if confidence is Confidence.UNVERIFIED:
        return gettext("Could not be checked: {source}").format(source=source["source"])
    return _vouched(confidence).format(source=source["source"], day=day(source["checked"]))


def _vouched(confidence: Confidence) -> str:
    match confidence:
        case Confidence.OFFICIAL:
            return gettext("{source} (their own page; looked at {day})")
        case Confidence.PRESS:
            return gettext("{source} (told by others; looked at {day})")
    return gettext("{source} (public lists only; please check; looked at {day})")
