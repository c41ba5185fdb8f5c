"""Snapchat: the JSON of "My Data", in its layouts before and since 2023."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import (
    Attachment,
    Conversation,
    Kind,
    Medium,
    Message,
    Participant,
)
from throwline.conversation.readers._assembly import (
    UNNUMBERED,
    assembled,
    by_time,
    oldest_first,
    person,
)
from throwline.conversation.readers._attachment import attached, file_name
from throwline.conversation.readers._json import ANY, Node, outline, root
from throwline.conversation.readers._moment import MICROSECOND, MILLISECOND, Moment, epoch, utc
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._snapchat import (
    BY_APP,
    EXPORT_STEPS,
    LEAVES_OUT,
    MEDIA,
    PLATFORM,
)
from throwline.conversation.readers._text import clean

_FORMER_LIST = re.compile(r"(Received|Sent) ((Saved|Unsaved) Chat|Snap) History")
_NAMELESS = "owner of this download"


class Snapchat:
    """Reads chat_history.json and snap_history.json."""

    platform = PLATFORM
    facts = Facts(
        title="Snapchat My Data (JSON)",
        known_by='lists of entries with "Media Type" and "Created"',
        people="By username. The owner is marked in downloads since 2023, and named by account.json before.",
        times="Exact, in UTC: to the millisecond since 2023, to the second before.",
        leaves_out=LEAVES_OUT,
        export_steps=EXPORT_STEPS,
    )

    def recognises(self, document: Document) -> bool:
        """By the keys of its entries, below any name."""
        found = {path[1:] for path in outline(document)}
        return {(ANY, "Media Type"), (ANY, "Created")} <= found

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a chat, its messages and snaps together. Raises ReadError."""
        teller = _Teller(export)
        chats: dict[str, list[Message]] = {}
        titles: dict[str, str] = {}
        for document in documents:
            for thread, nodes, sent in _lists(document):
                messages = [teller.message(node, sent) for node in nodes]
                chats.setdefault(thread, []).extend(oldest_first(messages, newest_first=True))
                named = (node.text("Conversation Title") for node in nodes)
                titles[thread] = titles.get(thread) or next(filter(None, named), "")
        for thread, messages in chats.items():
            yield assembled(
                self.facts,
                self.platform,
                titles[thread] or thread,
                by_time(messages),
                thread=thread or None,
            )


def _lists(document: Document) -> Iterator[tuple[str, list[Node], bool | None]]:
    """Every list of entries with its thread, and whether the owner sent them where that is told by the list's name."""
    whole = root(document)
    for name in whole.members:
        nodes = list(whole.many(name))
        if not _FORMER_LIST.fullmatch(name):
            yield name, nodes, None
            continue
        sent = name.startswith("Sent")
        threads: dict[str, list[Node]] = {}
        for node in nodes:
            threads.setdefault(node.text("To" if sent else "From"), []).append(node)
        for thread, own in threads.items():
            yield thread, own, sent


class _Teller:
    """Makes messages of entries: knows who the owner is and which files the export holds."""

    def __init__(self, export: Export) -> None:
        self._owner = _owner(export)
        # chat_media/2024-04-20_b~EiQSFTM0.jpg: the day, then the id that the message names.
        names = map(file_name, export.documents)
        self._files = {n.partition("_")[2].rpartition(".")[0]: n for n in names if "_b~" in n}

    def message(self, node: Node, sent: bool | None) -> Message:
        moment = _moment(node)
        kind = node.text("Media Type")
        # The layout before 2023 wrote its texts as HTML does.
        text = node.text("Content") if sent is None else html.unescape(node.text("Text"))
        return Message(
            number=UNNUMBERED,
            sender=self._sender(node, sent),
            at=moment.at,
            certainty=moment.certainty,
            text=clean(text),
            source=node.document.source,
            place=node.pointer,
            attachments=tuple(self._attachments(node, kind)),
            kind=Kind.NOTICE if kind.startswith(BY_APP) else Kind.WRITTEN,
            notes=(*moment.notes, *([kind.lower()] if kind.startswith(BY_APP) else [])),
        )

    def _sender(self, node: Node, sent: bool | None) -> Participant | None:
        if sent:
            return self._owner
        if sent is None and "IsSender" in node.members:
            sent = node.flag("IsSender")
        name = node.text("From")
        return person(name, name, sent)

    def _attachments(self, node: Node, kind: str) -> Iterator[Attachment]:
        medium = MEDIA.get(kind)
        numbers = [n.strip() for n in node.text("Media IDs").split("|") if n.strip()]
        for number in numbers:
            found = self._files.get(number)
            yield attached(found) if found else Attachment(number, medium or Medium.UNKNOWN)
        if medium and not numbers:
            yield Attachment(None, medium)


def _moment(node: Node) -> Moment:
    """To the millisecond where the entry has that: the member that names microseconds really counts milliseconds."""
    written = utc(node.text("Created"))
    for unit in (MILLISECOND, MICROSECOND):
        counted = epoch(node.members.get("Created(microseconds)"), unit)
        if counted.at and written.at and abs((counted.at - written.at).total_seconds()) < 1:
            return counted
    return written


def _owner(export: Export) -> Participant:
    for document in export.documents.values():
        if ("Basic Information", "Username") in outline(document):
            account = root(export.companion(document)).one("Basic Information")
            name = account.text("Username") if account else ""
            if name:
                return Participant(name, name, is_owner=True)
    return Participant(_NAMELESS, None, is_owner=True)
