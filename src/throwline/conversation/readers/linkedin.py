"""LinkedIn: messages.csv of "Get a copy of your data"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Conversation, Message, Participant
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._html import Element, fragment
from throwline.conversation.readers._moment import utc
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._table import Row, columns, rows
from throwline.conversation.readers._text import spoilt_gap
from throwline.language import Note

_COLUMNS = {"CONVERSATION ID", "FROM", "TO", "DATE", "CONTENT"}
_PROFILE_COLUMNS = {"First Name", "Last Name", "Headline"}
_HTML = re.compile(r"</(?:p|span|a|strong|ul|li)>|<br\s*/?>")
_ADDRESS_BEGINS = re.compile(r"[,\s]+(?=https?://)")


class LinkedIn:
    """Reads messages.csv."""

    platform = "linkedin"
    facts = Facts(
        title="LinkedIn",
        known_by="the columns CONVERSATION ID, FROM, TO, DATE, CONTENT",
        people="By the address of their profile. The owner is named by Profile.csv in the same download.",
        times="Exact, in UTC, to the second.",
        leaves_out=(
            Note("Messages that were deleted are missing, and so are pictures and voice messages."),
            Note("People who closed their account show as “LinkedIn Member”, without a profile."),
        ),
        export_steps=(
            "In LinkedIn open Settings & Privacy, then Data privacy, then Get a copy of your data.",
            "Choose Messages and Profile, and request the archive.",
            "Download the zip from the e-mail and give it here as it is.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its columns."""
        return _COLUMNS.issubset(columns(document))

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation each. Raises ReadError."""
        owner = _owner_name(export)
        for document in documents:
            spoilt: list[int] = []
            chats: dict[str, list[Row]] = {}
            for row in rows(document, spoilt):
                chats.setdefault(row.cell("CONVERSATION ID"), []).append(row)
            gaps = [spoilt_gap(document, spoilt)] if spoilt else []
            for thread, found in chats.items():
                people = list(dict.fromkeys(p for row in found for p in _people(row)))
                named = [p for p in people if p.name == owner]
                yield assembled(
                    self.facts,
                    self.platform,
                    next((t for row in found if (t := row.cell("CONVERSATION TITLE"))), ""),
                    oldest_first([_message(row) for row in found], newest_first=True),
                    listed=people,
                    owner=named[0] if len(named) == 1 else None,
                    thread=thread or None,
                    gaps=gaps,
                )


def _owner_name(export: Export) -> str:
    for document in export.documents.values():
        if _PROFILE_COLUMNS.issubset(columns(document)):
            for row in rows(export.companion(document), []):
                return f"{row.cell('First Name')} {row.cell('Last Name')}".strip()
    return ""


def _people(row: Row) -> Iterator[Participant]:
    """The sender, and the recipient where it is a single one: several names have no sure bounds."""
    pairs = [("FROM", "SENDER PROFILE URL")]
    if len(_ADDRESS_BEGINS.split(row.cell("RECIPIENT PROFILE URLS"))) == 1:
        pairs.append(("TO", "RECIPIENT PROFILE URLS"))
    for name, address in pairs:
        somebody = person(row.cell(name), row.cell(address))
        if somebody:
            yield somebody


def _message(row: Row) -> Message:
    moment = utc(row.cell("DATE"))
    return Message(
        number=UNNUMBERED,
        sender=person(row.cell("FROM"), row.cell("SENDER PROFILE URL")),
        at=moment.at,
        certainty=moment.certainty,
        text=_text(row),
        source=row.document.source,
        place=row.line,
        attachments=tuple(
            attached(address)
            for address in _ADDRESS_BEGINS.split(row.cell("ATTACHMENTS"))
            if address
        ),
        notes=(*moment.notes, *_notes(row)),
    )


def _text(row: Row) -> str:
    """Messages that companies send are web pages; people's are plain text."""
    content = row.cell("CONTENT")
    if not _HTML.search(content):
        return content
    return "".join(_lines(fragment(row.document, content))).strip("\n")


def _lines(element: Element) -> Iterator[str]:
    for part in element.content:
        if isinstance(part, str):
            yield part
        elif part.tag == "br":
            yield "\n"
        else:
            yield from _lines(part)
            yield "\n" if part.tag in ("p", "li") else ""


def _notes(row: Row) -> Iterator[str]:
    if row.cell("SUBJECT"):
        yield f"subject: {row.cell('SUBJECT')}"
    if row.cell("IS MESSAGE DRAFT").lower() == "yes":
        yield "a draft that was never sent"
