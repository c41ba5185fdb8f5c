"""DiscordChatExporter's web pages. Structure: its MessageGroupTemplate, in its present and its older form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from throwline.conversation._export import Document, Export
from throwline.conversation._message import (
    Attachment,
    Conversation,
    Kind,
    Medium,
    Message,
    Participant,
)
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, by_time, person
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._discord import (
    LEAVES_OUT,
    PEOPLE,
    PLATFORM,
    sent_by_id,
    wrong_count,
)
from throwline.conversation.readers._html import Element, elements
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import head_text
from throwline.language import Note

_MARKS = ("chatlog__message-group", "preamble__entry")
_COUNTED = "postamble__entry"


@dataclass
class _Page:
    """What one or more pages of a channel say."""

    title: str
    messages: dict[tuple[str, str], Message] = field(default_factory=dict)
    gaps: list[Note] = field(default_factory=list)


class DiscordHtml:
    """Reads the web pages of DiscordChatExporter, dark or light, split into parts or not."""

    platform = PLATFORM
    facts = Facts(
        title="Discord (DiscordChatExporter, HTML)",
        known_by="elements of the classes chatlog__message-group and preamble__entry",
        people=PEOPLE,
        times="Exact, in UTC, to the millisecond: from the message's id.",
        leaves_out=LEAVES_OUT,
        export_steps=(
            "Install DiscordChatExporter on a computer and sign in as its guide says.",
            "Choose the direct messages or the channel, then Export.",
            "Choose the format JSON if you can, as it holds most; HTML is read too.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By the names of its classes, which stand in its styles too."""
        head = head_text(document)
        return "<html" in head.lower() and all(mark in head for mark in _MARKS)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a channel, all of its pages together. Raises ReadError."""
        pages: dict[str, _Page] = {}
        for document in documents:
            heading: list[str] = []
            counted = ""
            found: list[tuple[str, Message]] = []
            for element in elements(document, _wanted):
                if "chatlog__message-group" in element.classes:
                    found += _group(document, element)
                elif _COUNTED in element.classes:
                    counted = counted or "".join(c for c in element.text() if c.isdigit())
                else:
                    heading.append(element.text().strip())
            title = " / ".join(heading[:2])
            page = pages.setdefault(title, _Page(title))
            page.gaps += wrong_count(document.name, counted, len(found))
            for number, message in found:
                page.messages.setdefault((number, message.text), message)
        for page in pages.values():
            yield assembled(
                self.facts,
                PLATFORM,
                page.title,
                by_time(list(page.messages.values())),
                gaps=page.gaps,
            )


def _wanted(element: Element) -> bool:
    return not element.classes.isdisjoint((*_MARKS, _COUNTED))


def _group(document: Document, group: Element) -> Iterator[tuple[str, Message]]:
    """The messages of one author in a row, each with its id. Only the first of them names the author."""
    author = _author(group)
    for element in group.inside():
        number = element.attributes.get("data-message-id")
        if number:
            author = _author(element) or author
            yield number, _message(document, number, element, author)


def _author(element: Element) -> Participant | None:
    named = element.find(lambda e: "data-user-id" in e.attributes and _is_author(e))
    if named is None:
        return None
    name = named.attributes.get("title") or named.text().strip()
    return person(name, named.attributes["data-user-id"])


def _is_author(element: Element) -> bool:
    # Mentions and replies carry ids too.
    return any(
        name in element.classes
        for name in (
            "chatlog__author",
            "chatlog__author-name",
            "chatlog__system-notification-author",
        )
    )


def _message(
    document: Document, number: str, element: Element, author: Participant | None
) -> Message:
    moment = sent_by_id(number)
    notice = element.classed("chatlog__system-notification-content")
    content = element.classed("chatlog__content")
    words = content and (content.classed("chatlog__markdown-preserve") or content)
    shown = notice or words
    return Message(
        number=UNNUMBERED,
        sender=author,
        at=moment.at,
        certainty=moment.certainty,
        text=shown.text() if shown else "",
        source=document.source,
        place=element.line,
        attachments=tuple(_attachments(element)),
        kind=Kind.NOTICE if notice else Kind.WRITTEN,
        notes=(*moment.notes, *_notes(element)),
    )


def _attachments(element: Element) -> Iterator[Attachment]:
    for inner in element.inside():
        if "chatlog__attachment" in inner.classes:
            linked = inner.find(lambda e: "src" in e.attributes or "href" in e.attributes)
            if linked:
                yield attached(linked.attributes.get("src") or linked.attributes.get("href", ""))
        elif "chatlog__sticker" in inner.classes:
            yield attached(inner.attributes.get("title", ""), Medium.STICKER)


def _notes(element: Element) -> Iterator[str]:
    if "chatlog__message-container--pinned" in element.classes:
        yield "pinned"
    if element.classed("chatlog__edited-timestamp"):
        yield "edited"
    for inner in element.inside():
        if "chatlog__reaction" in inner.classes:
            yield f"reaction: {inner.text().strip() or inner.attributes.get('title', '')}"
