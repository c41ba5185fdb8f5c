"""Messenger's end-to-end encrypted chats: one JSON file a thread, from "Secure storage" → "Download"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Attachment, Conversation, Kind, Medium, Message
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._json import ANY, Node, outline, streamed
from throwline.conversation.readers._meta import owner_by_title
from throwline.conversation.readers._moment import MILLISECOND, epoch
from throwline.conversation.readers._reader import Facts, Hints
from throwline.language import Note

_NOT_LOADED = "Failed to download media"


class MessengerEncrypted:
    """Reads the threads of Messenger's encrypted storage."""

    platform = "facebook"
    facts = Facts(
        title="Messenger, end-to-end encrypted (JSON)",
        known_by='"threadName" and messages with "senderName" and "timestamp"',
        people="By display name. In a chat of two the owner is told by the thread's name, which names the other.",
        times="Exact, in UTC, to the millisecond.",
        leaves_out=(
            Note("Vanishing messages and pictures set to be seen once are not in this download."),
            Note("Messages that somebody unsent are left as empty stubs."),
            Note("People are known by display name only, which anyone can choose or change."),
        ),
        export_steps=(
            "Open messenger.com/secure_storage/dyi on a computer and sign in.",
            "Choose Request download and wait until it is ready.",
            "Download the zip and give it here as it is.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By the keys of the whole and of its messages."""
        marks = {("threadName",), ("messages", ANY, "senderName"), ("messages", ANY, "timestamp")}
        return marks <= outline(document)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a file. Raises ReadError."""
        for document in documents:
            whole: dict[str, Any] = {}
            messages = [_message(node) for node in streamed(document, "messages", whole)]
            header = Node(document, "", whole)
            names = header.texts("participants")
            thread = header.text("threadName")
            # The thread is called after the other person, with a number behind the name.
            title = thread.rpartition("_")[0] or thread
            yield assembled(
                self.facts,
                self.platform,
                title,
                oldest_first(messages),
                listed=[p for name in names if (p := person(name))],
                owner=person(owner_by_title(names, title) or ""),
                thread=thread or None,
            )


def _message(node: Node) -> Message:
    moment = epoch(node.members.get("timestamp"), MILLISECOND)
    unsent = node.flag("isUnsent")
    return Message(
        number=UNNUMBERED,
        sender=person(node.text("senderName")),
        at=moment.at,
        certainty=moment.certainty,
        text=node.text("text"),
        source=node.document.source,
        place=node.pointer,
        attachments=tuple(_attachments(node)),
        kind=Kind.NOTICE if unsent else Kind.WRITTEN,
        notes=(*moment.notes, *(["unsent"] if unsent else []), *_reactions(node)),
    )


def _attachments(node: Node) -> Iterator[Attachment]:
    for media in node.many("media"):
        address = media.text("uri")
        # What could not be loaded when the download was made has that sentence in place of its name.
        yield Attachment(None, Medium.UNKNOWN) if address == _NOT_LOADED else attached(address)


def _reactions(node: Node) -> Iterator[str]:
    for reaction in node.many("reactions"):
        yield f"reaction: {reaction.text('reaction')} by {reaction.text('actor')}"
