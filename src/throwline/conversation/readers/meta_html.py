"""Instagram and Facebook Messenger: the web pages of "Download your information".

The pages' class names are made by a machine and change, so messages are told by their shape: a white box with the
sender, the body and the time below each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Attachment, Conversation, Medium, Message
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._attachment import attached, link
from throwline.conversation.readers._html import Element, elements
from throwline.conversation.readers._meta import (
    EXPORT_STEPS,
    LEAVES_OUT,
    PLATFORM,
    UNKNOWN,
    UNKNOWN_GAP,
    apps_named,
    missing_parts,
    owner_by_title,
    part_number,
    platform_of,
)
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import head_text
from throwline.conversation.readers._written import WrittenTimes
from throwline.language import Note

_BOX = {"uiBoxWhite", "noborder"}
_SENDER_AND_TIME = re.compile(
    r'class="[^"]*\buiBoxWhite\b[^"]*\bnoborder\b[^"]*"\s*>\s*<(?:h\d|div) class="[^"]*"\s*>([^<]*)</(?:h\d|div)>\s*<div class="[^"]*"\s*>'
)
_TITLE = re.compile(r"<title>([^<]*)</title>")
_IN_MESSAGES = re.compile(r"(^|/)messages/|(^|/)message_\d+\.html$")
_LINK_TO_MESSAGES = re.compile(r'(?:href|src)="[^"]*\bmessages/(?:\w+)/')
_THREAD = re.compile(
    r"(?:^|/)messages/((?:inbox|message_requests|archived_threads|filtered_threads|e2ee_cutover)/[^/]+)/"
)
_MEDIA_TAGS = {"img": Medium.IMAGE, "video": Medium.VIDEO, "audio": Medium.VOICE}
_BLOCKS = ("div", "p", "ul")
_FULL_BODY = 4
_SENT_AT = re.compile(r"\s*\([^()]*\)\s*$")
_GAP = Note(
    "Times are clock times of the device or account that asked for the download, to the minute."
)


@dataclass(frozen=True)
class _Box:
    """A message as the page shows it."""

    document: Document
    line: int
    sender: str
    body: Element
    time: str


class MetaHtml:
    """Reads message_1.html, message_2.html and so on, of every folder of messages."""

    platform = PLATFORM
    facts = Facts(
        title="Instagram and Messenger (HTML)",
        known_by="white boxes with a sender, a body and a time, on a page that belongs to messages",
        people="By display name. The folder's name ends in the one id that the export holds. In a chat of two the "
        "owner is told by the title, which names the other.",
        times="Clock time of the person who asked for the download, to the minute. The JSON download is exact.",
        leaves_out=(*LEAVES_OUT, _GAP),
        export_steps=EXPORT_STEPS,
    )

    def recognises(self, document: Document) -> bool:
        """By the boxes, and by the title, links or folder that make it a page of messages."""
        head = head_text(document)
        senders = set(_SENDER_AND_TIME.findall(head))
        if not senders:
            return False
        title = _TITLE.search(head)
        return bool(
            (title and title[1] in senders)
            or _LINK_TO_MESSAGES.search(head)
            or _IN_MESSAGES.search(document.name)
        )

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a thread, all of its files together. Raises ReadError."""
        threads: dict[str, list[Document]] = {}
        for document in documents:
            folder = document.name.rpartition("/")[0]
            numbered = folder and part_number(document.name)
            threads.setdefault(folder if numbered else document.name, []).append(document)
        for files in threads.values():
            # The highest number holds the oldest messages.
            yield self._conversation(
                sorted(files, key=lambda f: -(part_number(f.name) or 0)), hints
            )

    def _conversation(self, files: list[Document], hints: Hints) -> Conversation:
        title = ""
        boxes: list[list[_Box]] = []
        for document in files:
            found, heading = _boxes(document)
            boxes.append(found)
            title = title or heading
        times = WrittenTimes(
            (box.time for part in boxes for box in reversed(part)), hints, files[0].name
        )
        names = list(dict.fromkeys(box.sender for part in boxes for box in part if box.sender))
        messages = [
            message
            for part in boxes
            for message in oldest_first(
                [_message(box, times, names) for box in part], newest_first=True
            )
        ]
        addresses = [d.name for d in files] + [
            address for part in boxes for box in part for address in _addresses(box.body)
        ]
        platform = platform_of(apps_named(addresses))
        gaps = [
            *([UNKNOWN_GAP] if platform == UNKNOWN else []),
            *missing_parts(d.name for d in files),
            *([times.gap] if times.gap else []),
        ]
        thread = next((m[1] for address in addresses if (m := _THREAD.search(address))), None)
        return assembled(
            self.facts,
            platform,
            title,
            messages,
            owner=person(owner_by_title(names, title) or ""),
            thread=thread,
            gaps=gaps,
        )


def _boxes(document: Document) -> tuple[list[_Box], str]:
    """The messages of a page, in its order, and its title."""
    boxes = []
    title = ""
    for element in elements(document, _wanted):
        if element.tag == "title":
            title = element.text().strip()
            continue
        parts = element.children
        if len(parts) == 3:
            sender, body, time = parts
            boxes.append(
                _Box(document, element.line, sender.text().strip(), body, time.text().strip())
            )
    return boxes, title


def _wanted(element: Element) -> bool:
    return element.tag == "title" or element.classes >= _BOX


def _message(box: _Box, times: WrittenTimes, names: list[str]) -> Message:
    moment = times.read(box.time)
    body = _Body(box.body, names)
    return Message(
        number=UNNUMBERED,
        sender=person(box.sender),
        at=moment.at,
        certainty=moment.certainty,
        text="\n".join(body.texts),
        source=box.document.source,
        place=box.line,
        attachments=tuple(dict.fromkeys(body.attachments)),
        notes=(*moment.notes, *body.notes),
    )


class _Body:
    """What stands in a message's box: its own words, what was sent along, and what was said about it."""

    def __init__(self, body: Element, names: list[str]) -> None:
        self.texts: list[str] = []
        self.attachments: list[Attachment] = []
        self.notes: list[str] = []
        self._names = names
        rows = body.children
        if len(rows) == 1 and len(rows[0].children) >= _FULL_BODY:
            # In a body of all rows the second holds the sender's words; words in the others are those of what was
            # shared.
            for index, row in enumerate(rows[0].children):
                self._take(row, own=index == 1)
        else:
            self._take(body, own=True)

    def _take(self, block: Element, *, own: bool) -> None:
        if block.tag == "ul":
            self.notes += [self._reaction(item.text()) for item in block.children]
            return
        words: list[str] = []
        for part in block.content:
            if isinstance(part, str):
                words.append(part)
            elif part.tag in _BLOCKS:
                self._take(part, own=own)
            else:
                self._take_link(part)
                words.append(part.text())
        said = "".join(words)
        if said.strip() and own:
            self.texts.append(said)
        elif said.strip():
            self.notes.append(f"shared: {said.strip()}")

    def _take_link(self, element: Element) -> None:
        shown = [e for e in (element, *element.inside()) if e.tag in _MEDIA_TAGS]
        for media in shown:
            address = media.attributes.get("src") or element.attributes.get("href", "")
            self.attachments.append(attached(address, _MEDIA_TAGS[media.tag]))
        address = element.attributes.get("href", "")
        if not shown and address:
            web = address.startswith(("http:", "https:"))
            self.attachments.append(link(address) if web else attached(address))

    def _reaction(self, text: str) -> str:
        shown = _SENT_AT.sub("", text)
        for name in self._names:
            if shown.endswith(name):
                return f"reaction: {shown.removesuffix(name)} by {name}"
        return f"reaction: {shown}"


def _addresses(body: Element) -> Iterator[str]:
    for element in body.inside():
        for key in ("href", "src"):
            if key in element.attributes:
                yield element.attributes[key]
