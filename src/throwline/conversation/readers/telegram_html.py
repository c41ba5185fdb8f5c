"""Telegram Desktop's export as web pages. Structure: export_output_html.cpp of telegramdesktop/tdesktop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from throwline.conversation._export import Document, Export, ReadError
from throwline.conversation._message import (
    Attachment,
    Certainty,
    Conversation,
    Kind,
    Medium,
    Message,
    Participant,
)
from throwline.conversation.readers._assembly import UNNUMBERED, assembled
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._html import Element, elements
from throwline.conversation.readers._moment import Moment, local, unusable
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import head_text
from throwline.conversation.readers.telegram import Telegram
from throwline.language import Note

_NUMBER = re.compile(r"message(\d{1,18})")
_TIME = re.compile(r"(\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_VIA = re.compile(r" via @\w+$")
_MEDIA = {
    "photo_wrap": Medium.IMAGE,
    "media_photo": Medium.IMAGE,
    "animated_wrap": Medium.IMAGE,
    "sticker_wrap": Medium.STICKER,
    "video_file_wrap": Medium.VIDEO,
    "media_video": Medium.VIDEO,
    "media_voice_message": Medium.VOICE,
    "media_audio_file": Medium.VOICE,
    "media_file": Medium.FILE,
}
_CALL = "media_call"
_POLL = "media_poll"
_TOLD = (_CALL, _POLL, *(f"media_{what}" for what in ("contact", "location", "live_location")))
_TOLD += ("media_venue", "media_game", "media_invoice")


@dataclass(frozen=True)
class _Page:
    """One web page of a chat: its messages, each with its number and the name above it.

    The name is None where it is that of the message before, "" where the app wrote the message.
    """

    title: str
    messages: tuple[tuple[int, str | None, Message], ...]


class TelegramHtml:
    """Reads messages.html, messages2.html and so on, all pages of a chat together."""

    platform = Telegram.platform
    facts = Facts(
        title="Telegram Desktop export (HTML)",
        known_by="web pages with elements of the classes “message default” in a “history”",
        people="Only by the name that the exporter saw: export as JSON to get the number that identifies the account.",
        times="Exact since Telegram writes the offset from UTC. Before, the clock of the computer that made the export.",
        leaves_out=(
            *Telegram.facts.leaves_out,
            Note("The numbers that identify the accounts are only in the JSON export."),
        ),
        export_steps=(
            *Telegram.facts.export_steps[:2],
            "Choose “Machine-readable JSON” as the format if you can: it holds more; HTML is read too.",
            "Take all the files messages.html, messages2.html and so on.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """Whether it is a web page with a history of messages as Telegram writes it."""
        head = head_text(document)
        return "<html" in head.lower() and "chat_page" in head and 'class="message ' in head

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a folder and title, its pages in the order of the messages' numbers. Raises ReadError."""
        chats: dict[tuple[PurePosixPath, str], list[_Page]] = {}
        for document in documents:
            page = _page(document)
            folder = PurePosixPath(document.name).parent
            chats.setdefault((folder, page.title), []).append(page)
        for (_, title), pages in chats.items():
            yield assembled(self.facts, self.platform, title, _with_senders(title, pages))


def _page(document: Document) -> _Page:
    title = ""
    messages = []
    for element in elements(
        document, lambda e: not e.classes.isdisjoint(("page_header", "message"))
    ):
        if "page_header" in element.classes:
            title = title or element.text().strip()
        elif (number := _NUMBER.fullmatch(element.attributes.get("id", ""))) is not None:
            name, message = _message(document, element)
            messages.append((int(number[1]), name, message))
    if not messages:
        raise ReadError(
            Note("{name} holds no messages: export the chat again.", name=document.name)
        )
    return _Page(title, tuple(messages))


def _with_senders(title: str, pages: list[_Page]) -> Iterator[Message]:
    """All messages; one without a name is from the same person as the one before it."""
    current: Participant | None = None
    seen: set[int] = set()
    for page in sorted(pages, key=lambda page: page.messages[0][0]):
        for number, name, message in page.messages:
            if number in seen:
                continue
            seen.add(number)
            if name:
                current = Participant(name, None, False if name == title else None)
            yield replace(message, sender=None if name == "" else current)


def _message(document: Document, element: Element) -> tuple[str | None, Message]:
    body = next((child for child in element.children if "body" in child.classes), element)
    by_app = "service" in element.classes
    told = [part for part in body.inside() if not part.classes.isdisjoint(_TOLD)]
    moment = Moment(None, Certainty.NONE) if by_app else _moment(body)
    text = body if by_app else body.classed("text")
    called = any(_CALL in part.classes for part in told)
    return "" if by_app else _name(body), Message(
        UNNUMBERED,
        None,
        moment.at,
        moment.certainty,
        text.text().strip() if text else "",
        document.source,
        element.line,
        tuple(_attachments(body)),
        Kind.NOTICE if by_app or called else Kind.WRITTEN,
        (*moment.notes, *_notes(body, told)),
    )


def _name(body: Element) -> str | None:
    """The name right above a message; the one above something forwarded is not the sender's."""
    named = next((child for child in body.children if "from_name" in child.classes), None)
    return _VIA.sub("", named.text().strip()) if named else None


def _moment(body: Element) -> Moment:
    date = next((child for child in body.children if "date" in child.classes), None)
    written = date.attributes.get("title", "") if date else ""
    found = _TIME.fullmatch(written)
    try:
        if found is None:
            return unusable(written)
        if found[2]:
            at = datetime.strptime(f"{found[1]} {found[2]}", "%d.%m.%Y %H:%M:%S %z")
            return Moment(at.astimezone(UTC), Certainty.EXACT)
        return local(datetime.strptime(found[1], "%d.%m.%Y %H:%M:%S"))
    except (ValueError, OverflowError):
        return unusable(written)


def _attachments(body: Element) -> Iterator[Attachment]:
    for element in body.inside():
        medium = next((_MEDIA[name] for name in element.classes if name in _MEDIA), None)
        if medium is None:
            continue
        title = element.classed("title")
        path = element.attributes.get("href", "")
        name = title.text().strip() if title and medium is Medium.FILE else ""
        yield attached(path or name, medium) if path or name else Attachment(None, medium)


def _notes(body: Element, told: list[Element]) -> Iterator[str]:
    forwarded = body.classed("forwarded")
    above = forwarded and forwarded.find(lambda e: "from_name" in e.classes)
    if forwarded:
        yield f"forwarded from {_own_text(above)}" if above else "forwarded"
    for element in told:
        kind = next(name for name in element.classes if name in _TOLD).removeprefix("media_")
        yield f"{kind.replace('_', ' ')}: {' '.join(element.text().split())}"
    text = body.classed("text")
    for link in text.inside() if text else ():
        address = link.attributes.get("href", "")
        if address.startswith("http") and address != link.text():
            yield f"link: {address}"
    for reaction in body.inside():
        if "reaction" in reaction.classes:
            yield f"reaction: {' '.join(reaction.text().split())}"
    for media in body.inside():
        title = media.classed("title") if "media" in media.classes else None
        if title and title.text().strip().startswith("Self-destructing"):
            yield "set to disappear"


def _own_text(element: Element) -> str:
    """The text right in an element, without that of the elements below it."""
    return "".join(part for part in element.content if isinstance(part, str)).strip()
