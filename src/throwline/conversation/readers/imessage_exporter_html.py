"""imessage-exporter's web pages. Structure: its HTML exporter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Attachment, Conversation, Kind, Medium, Message
from throwline.conversation.readers._assembly import UNNUMBERED, assembled
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._html import Element, elements
from throwline.conversation.readers._imessage_exporter import (
    EXPORT_STEPS,
    HEADER,
    LEAVES_OUT,
    PEOPLE,
    PLATFORM,
    TIMES,
    moment,
    sender,
)
from throwline.conversation.readers._moment import unusable
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import head_text

_MARKS = ('<div class="message">', '<span class="timestamp">', '<span class="sender">')
_MEDIA_TAGS = {"img": Medium.IMAGE, "video": Medium.VIDEO, "audio": Medium.VOICE, "source": None}
_REACTION_CLASSES = {"reaction", "tapback"}


class IMessageExporterHtml:
    """Reads the web pages of imessage-exporter."""

    platform = PLATFORM
    facts = Facts(
        title="iMessage (imessage-exporter, HTML)",
        known_by="elements of the classes message, timestamp, sender",
        people=PEOPLE,
        times=TIMES,
        leaves_out=LEAVES_OUT,
        export_steps=EXPORT_STEPS,
    )

    def recognises(self, document: Document) -> bool:
        """By its elements."""
        head = head_text(document)
        return all(mark in head for mark in _MARKS)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a page. Raises ReadError."""
        for document in documents:
            found = elements(document, lambda e: bool(e.classes & {"message", "announcement"}))
            messages = [_message(document, element) for element in found]
            yield assembled(self.facts, PLATFORM, "", messages)


def _message(document: Document, element: Element) -> Message:
    own = list(_own(element))
    time = _first(own, "timestamp")
    header = HEADER.fullmatch(time)
    at = moment(header[1]) if header else unusable(time)
    event = "announcement" in element.classes
    if event:
        text = element.text().strip().removeprefix(time).strip()
    else:
        text = "\n".join(_texts(own, "bubble") or _texts(own, "edited"))
    is_owner = any("sent" in part.classes for part in own)
    return Message(
        number=UNNUMBERED,
        sender=None if event else sender(_first(own, "sender"), is_owner),
        at=at.at,
        certainty=at.certainty,
        text=text,
        source=document.source,
        place=element.line,
        attachments=tuple(_attachments(own)),
        kind=Kind.NOTICE if event else Kind.WRITTEN,
        notes=(*at.notes, *([header[2]] if header and header[2] else []), *_notes(own)),
    )


def _own(element: Element) -> Iterator[Element]:
    """Everything below an element but answers, which are repeated there and have a place of their own too."""
    for child in element.children:
        if "replies" not in child.classes:
            yield child
            yield from _own(child)


def _texts(own: list[Element], name: str) -> list[str]:
    return [part.text().strip("\n") for part in own if name in part.classes]


def _first(own: list[Element], name: str) -> str:
    return next(iter(_texts(own, name)), "").strip()


def _attachments(own: list[Element]) -> Iterator[Attachment]:
    for part in own:
        source, target = part.attributes.get("src"), part.attributes.get("href", "")
        if part.tag in _MEDIA_TAGS and source:
            yield attached(source, _MEDIA_TAGS[part.tag])
        elif part.tag == "a" and target.startswith(("file:", "attachments/")):
            yield attached(target)


def _notes(own: list[Element]) -> Iterator[str]:
    for part in own:
        if part.tag == "div" and part.classes & _REACTION_CLASSES:
            yield f"reaction: {part.text().strip()}"
        elif "reply_context" in part.classes:
            yield "reply"
