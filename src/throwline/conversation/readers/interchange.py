"""Conversations in the interchange form of docs/conversation-format.md, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Attachment, Conversation, Medium, Message
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, person
from throwline.conversation.readers._json import ANY, Node, json_lines, outline
from throwline.conversation.readers._moment import iso_or_local
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import head_text, spoilt_gap
from throwline.language import Note

_PLATFORM = re.compile("[a-z0-9-]+")
_KEYS = {("messages", ANY, key) for key in ("n", "sender", "text")}


class Interchange:
    """Reads JSON lines."""

    platform = "unknown"
    facts = Facts(
        title="Throwline's own form (JSON lines)",
        known_by="lines of JSON with “messages” that have n, sender and text",
        people="By the name that the line gives as the sender.",
        times="Exact where they have an offset, else clock time without a zone.",
        leaves_out=(),
        export_steps=(
            "Write one conversation a line, as docs/conversation-format.md says.",
            "Give the file here.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its keys, and that a conversation begins on its first line."""
        first = head_text(document).split("\n", 1)[0]
        return '"messages"' in first and outline(document) >= _KEYS

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a line, with the number of that line as the place of its messages. Raises ReadError."""
        for document in documents:
            spoilt: list[int] = []
            numbered = list(json_lines(document, spoilt))
            gaps = [spoilt_gap(document, spoilt)] if spoilt else []
            yield from (self._conversation(line, node, gaps) for line, node in numbered)

    def _conversation(self, line: int, node: Node, gaps: list[Note]) -> Conversation:
        platform = node.text("platform")
        return assembled(
            self.facts,
            platform if _PLATFORM.fullmatch(platform) else self.platform,
            "",
            [_message(line, message) for message in node.many("messages")],
            thread=node.text("id") or None,
            gaps=gaps,
        )


def _message(line: int, node: Node) -> Message:
    medium = node.text("media")
    moment = iso_or_local(node.text("at"))
    return Message(
        number=UNNUMBERED,
        sender=person(node.text("sender")),
        at=moment.at,
        certainty=moment.certainty,
        text=node.text("text"),
        source=node.document.source,
        place=line,
        attachments=(Attachment(None, _medium(medium)),) if medium else (),
        notes=moment.notes,
    )


def _medium(word: str) -> Medium:
    return Medium(word) if word in set(Medium) else Medium.UNKNOWN
