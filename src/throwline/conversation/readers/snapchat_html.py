"""Snapchat: the pages of "My Data", one for each chat, which are always there; the JSON is only where it was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Attachment, Conversation, Kind, Message, Participant
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, by_time, person
from throwline.conversation.readers._html import Element, elements
from throwline.conversation.readers._moment import utc
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._snapchat import (
    BY_APP,
    EXPORT_STEPS,
    LEAVES_OUT,
    MEDIA,
    PLATFORM,
)
from throwline.conversation.readers._text import head_text
from throwline.conversation.readers.snapchat import Snapchat

_CARD = re.compile(r"background:\s*#f2f2f2")
_TIME = re.compile(r"<h6[^<>]*>\s*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\s*</h6>")
_WITH = re.compile(r"(?:Chat|Snap) History with (.+)")
_PAGE = "subpage_"
_HEADINGS = ("h1", "h2", "h3")


class SnapchatHtml:
    """Reads html/chat_history/subpage_….html and html/snap_history/subpage_….html."""

    platform = PLATFORM
    facts = Facts(
        title="Snapchat My Data (HTML)",
        known_by="grey boxes with a name, a kind and a time in UTC",
        people="By username. In a chat of two the owner is the one after whom the page is not called.",
        times="Exact, in UTC, to the second. The JSON of the same download is exact to the millisecond.",
        leaves_out=LEAVES_OUT,
        export_steps=EXPORT_STEPS,
    )

    def recognises(self, document: Document) -> bool:
        """By a box and a time as the pages write them."""
        head = head_text(document)
        return bool(_CARD.search(head) and _TIME.search(head))

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a chat, its messages and snaps together; none where the export has the same as JSON.

        Raises ReadError.
        """
        if any(map(Snapchat().recognises, export.documents.values())):
            return
        chats: dict[str, list[Message]] = {}
        for document in documents:
            other = _named_by_file(document)
            messages: list[Message] = []
            for element in elements(document, lambda e: e.tag in _HEADINGS or _is_card(e)):
                if _is_card(element):
                    messages += _message(document, element)
                elif found := _WITH.fullmatch(element.text().strip()):
                    other = found[1]
            chats.setdefault(other, []).extend(reversed(messages))
        for other, messages in chats.items():
            yield assembled(
                self.facts,
                self.platform,
                other,
                by_time(messages),
                owner=_owner(messages, other),
                thread=other or None,
            )


def _is_card(element: Element) -> bool:
    return element.tag == "div" and bool(_CARD.search(element.attributes.get("style", "")))


def _named_by_file(document: Document) -> str:
    stem = PurePosixPath(document.name).stem
    return stem.removeprefix(_PAGE) if stem.startswith(_PAGE) else ""


def _message(document: Document, card: Element) -> Iterator[Message]:
    """The message in a box, none where the box holds something else."""
    at = _text(card, "h6")
    if not at:
        return
    moment = utc(at)
    spans = (element for element in card.inside() if element.tag == "span")
    kinds = (span.text().strip() for span in spans)
    kind = next((kind for kind in kinds if kind in MEDIA or kind.startswith(BY_APP)), "")
    name = _text(card, "h4")
    by_app = kind.startswith(BY_APP)
    yield Message(
        number=UNNUMBERED,
        sender=person(name, name),
        at=moment.at,
        certainty=moment.certainty,
        text=_text(card, "p"),
        source=document.source,
        place=card.line,
        attachments=(Attachment(None, MEDIA[kind]),) if kind in MEDIA else (),
        kind=Kind.NOTICE if by_app else Kind.WRITTEN,
        notes=(*moment.notes, *([kind.lower()] if by_app else [])),
    )


def _text(card: Element, tag: str) -> str:
    found = card.find(lambda element: element.tag == tag)
    return found.text().strip() if found else ""


def _owner(messages: Sequence[Message], other: str) -> Participant | None:
    people = dict.fromkeys(m.sender for m in messages if m.sender)
    rest = [somebody for somebody in people if somebody.name != other]
    return rest[0] if len(people) == 2 and len(rest) == 1 else None
