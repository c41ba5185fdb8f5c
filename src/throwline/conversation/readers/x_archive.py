"""X (Twitter): direct messages of the archive one can request, groups too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import (
    Attachment,
    Conversation,
    Kind,
    Message,
    Participant,
)
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._attachment import attached, link
from throwline.conversation.readers._json import Node, listed
from throwline.conversation.readers._moment import iso
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import head_text
from throwline.language import Note

_MESSAGES = re.compile(r"\s*window\.YTD\.direct_messages?(_group)?\.part\d+\s*=")
_ACCOUNT = re.compile(r"\s*window\.YTD\.account\.part\d+\s*=")
_PAIR = re.compile(r"(\d+)-(\d+)")
_WRITTEN = ("messageCreate", "welcomeMessageCreate")
_EVENTS = {
    "joinConversation": "joined the conversation",
    "participantsJoin": "added to the conversation",
    "participantsLeave": "left the conversation",
    "conversationNameUpdate": "named the conversation",
}


class XArchive:
    """Reads direct-messages.js and direct-messages-group.js."""

    platform = "x"
    facts = Facts(
        title="X (Twitter) archive",
        known_by="its first words: window.YTD.direct_messages",
        people="By account id, a number that never changes. The owner's username stands in account.js; nobody else's is "
        "in the archive.",
        times="Exact, in UTC, to the millisecond.",
        leaves_out=(
            Note(
                "Usernames of other people are missing: look the account id up, or add the profile's address."
            ),
            Note("Encrypted messages, and messages that were deleted, are missing."),
        ),
        export_steps=(
            "In X open Settings, then Your account, then Download an archive of your data.",
            "Confirm who you are and request the archive; it takes a day or more.",
            "Download the zip and give it here as it is.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its first words."""
        return bool(_MESSAGES.match(head_text(document)))

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a thread, all parts of the archive together. Raises ReadError."""
        owner = _owner(export)
        threads: dict[str, dict[str, Message]] = {}
        for document in documents:
            for element in listed(document, behind="="):
                thread = element.one("dmConversation") or element
                messages = threads.setdefault(thread.text("conversationId"), {})
                for number, message in _messages(thread, owner):
                    messages.setdefault(number, message)
        for identifier, messages in threads.items():
            yield assembled(
                self.facts,
                self.platform,
                "",
                oldest_first(list(messages.values()), newest_first=True),
                listed=_pair(identifier, owner),
                thread=identifier or None,
            )


def _owner(export: Export) -> Participant | None:
    for document in export.documents.values():
        if _ACCOUNT.match(head_text(document)):
            for element in listed(export.companion(document), behind="="):
                account = element.one("account") or element
                return person(account.text("username"), account.text("accountId"), is_owner=True)
    return None


def _pair(identifier: str, owner: Participant | None) -> Iterator[Participant]:
    """The two people after whose ids a conversation of two is called."""
    pair = _PAIR.fullmatch(identifier)
    for number in pair.groups() if pair else ():
        somebody = _who(number, owner)
        if somebody:
            yield somebody


def _who(number: str, owner: Participant | None) -> Participant | None:
    if owner and number == owner.identifier:
        return owner
    return person(number, number, False if owner else None)


def _messages(thread: Node, owner: Participant | None) -> Iterator[tuple[str, Message]]:
    """The messages and events of a thread, each with its id."""
    for element in thread.many("messages"):
        for name in element.members:
            node = element.one(name)
            if node:
                yield node.text("id") or node.pointer, _message(node, name, owner)


def _message(node: Node, name: str, owner: Participant | None) -> Message:
    moment = iso(node.text("createdAt"))
    written = name in _WRITTEN
    return Message(
        number=UNNUMBERED,
        sender=_who(node.text("senderId") or node.text("initiatingUserId"), owner),
        at=moment.at,
        certainty=moment.certainty,
        text=node.text("text" if written else "name"),
        source=node.document.source,
        place=node.pointer,
        attachments=tuple(_attachments(node)),
        kind=Kind.WRITTEN if written else Kind.NOTICE,
        notes=(*moment.notes, *([] if written else [_event(node, name)]), *_notes(node)),
    )


def _event(node: Node, name: str) -> str:
    return " ".join([*node.texts("userIds"), _EVENTS.get(name, name)])


def _attachments(node: Node) -> Iterator[Attachment]:
    for address in node.texts("mediaUrls"):
        yield attached(address)
    for shortened in node.many("urls"):
        # The text holds a short form of the address.
        yield link(shortened.text("expanded") or shortened.text("url"))


def _notes(node: Node) -> Iterator[str]:
    if node.members.get("editHistory"):
        yield "edited"
    for reaction in node.many("reactions"):
        yield f"reaction: {reaction.text('reactionKey')} by {reaction.text('senderId')}"
