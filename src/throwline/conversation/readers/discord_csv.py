"""DiscordChatExporter's CSV. Structure: its CsvMessageWriter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Conversation, Message
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._discord import LEAVES_OUT, PEOPLE, PLATFORM
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._table import Row, columns, rows
from throwline.conversation.readers._text import spoilt_gap
from throwline.conversation.readers._written import WrittenTimes
from throwline.language import Note

_COLUMNS = ("AuthorID", "Author", "Date", "Content", "Attachments", "Reactions")
_ADDRESS_BEGINS = re.compile(r",(?=https?://)")


class DiscordCsv:
    """Reads the CSV of DiscordChatExporter."""

    platform = PLATFORM
    facts = Facts(
        title="Discord (DiscordChatExporter, CSV)",
        known_by="the columns AuthorID, Author, Date, Content, Attachments, Reactions",
        people=PEOPLE,
        times="Exact, in UTC. Older versions wrote the clock time of the exporting computer.",
        leaves_out=(
            *LEAVES_OUT,
            Note(
                "Which channel it was, edits, and the app's own lines are not told apart in this format."
            ),
        ),
        export_steps=(
            "Install DiscordChatExporter on a computer and sign in as its guide says.",
            "Choose the direct messages or the channel, then Export.",
            "Choose the format JSON if you can, as it holds most; CSV is read too.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its columns."""
        return columns(document) == _COLUMNS

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a file. Raises ReadError."""
        for document in documents:
            spoilt: list[int] = []
            found = list(rows(document, spoilt))
            times = WrittenTimes((row.cell("Date") for row in found), hints, document.name)
            gaps = [
                *([times.gap] if times.gap else []),
                *([spoilt_gap(document, spoilt)] if spoilt else []),
            ]
            messages = [_message(row, times) for row in found]
            yield assembled(self.facts, PLATFORM, "", oldest_first(messages), gaps=gaps)


def _message(row: Row, times: WrittenTimes) -> Message:
    moment = times.read(row.cell("Date"))
    reactions = row.cell("Reactions")
    return Message(
        number=UNNUMBERED,
        sender=person(row.cell("Author"), row.cell("AuthorID")),
        at=moment.at,
        certainty=moment.certainty,
        text=row.cell("Content"),
        source=row.document.source,
        place=row.line,
        attachments=tuple(
            attached(address)
            for address in _ADDRESS_BEGINS.split(row.cell("Attachments"))
            if address
        ),
        notes=(*moment.notes, *([f"reactions: {reactions}"] if reactions else [])),
    )
