"""DiscordChatExporter's JSON. Structure: its JsonMessageWriter and MessageKind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

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
    full_name,
    limited,
    wrong_count,
)
from throwline.conversation.readers._json import Node, outline, streamed, unexpected
from throwline.conversation.readers._moment import iso
from throwline.conversation.readers._reader import Facts, Hints
from throwline.language import Note

# Types 1 to 18 are the app's own lines; the exporter writes a type that it has no name for as its number.
_BY_APP = {
    "RecipientAdd",
    "RecipientRemove",
    "Call",
    "ChannelNameChange",
    "ChannelIconChange",
    "ChannelPinnedMessage",
    "GuildMemberJoin",
    "ThreadCreated",
    *(str(number) for number in range(1, 19)),
}


@dataclass
class _Channel:
    """What the files of one channel say."""

    title: str
    messages: dict[tuple[str, str], Message] = field(default_factory=dict)
    gaps: list[Note] = field(default_factory=list)


class DiscordChatExporter:
    """Reads the JSON of DiscordChatExporter, split into parts or not."""

    platform = PLATFORM
    facts = Facts(
        title="Discord (DiscordChatExporter, JSON)",
        known_by='"guild", "channel" and messages with an "author" and a "timestamp"',
        people=PEOPLE,
        times="Exact, in UTC, to the millisecond.",
        leaves_out=LEAVES_OUT,
        export_steps=(
            "Install DiscordChatExporter on a computer and sign in as its guide says.",
            "Choose the direct messages or the channel, then Export.",
            "Choose the format JSON and give the file here.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By the keys of the whole and of its messages."""
        return {("guild", "id"), ("channel", "id"), ("messages",)} <= outline(document)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a channel, all of its parts together. Raises ReadError."""
        channels: dict[str, _Channel] = {}
        for document in documents:
            header: dict[str, Any] = {}
            found = [
                (node.text("id") or node.pointer, _message(node))
                for node in streamed(document, "messages", header)
            ]
            whole = Node(document, "", header)
            identifier, title = _heading(whole)
            channel = channels.setdefault(identifier, _Channel(title))
            channel.gaps += _gaps(whole, len(found))
            for number, message in found:
                # Two exports may hold the same message; one that was edited in between is kept in both forms.
                channel.messages.setdefault((number, message.text), message)
        for identifier, channel in channels.items():
            yield assembled(
                self.facts,
                PLATFORM,
                channel.title,
                by_time(list(channel.messages.values())),
                thread=identifier,
                gaps=dict.fromkeys(channel.gaps),
            )


def _heading(whole: Node) -> tuple[str, str]:
    channel = whole.one("channel")
    if channel is None:
        raise unexpected(whole.document, "/channel")
    parts = [channel.text("category"), channel.text("name")]
    return channel.text("id"), " / ".join(part for part in parts if part)


def _gaps(whole: Node, read: int) -> Iterator[Note]:
    limits = whole.one("dateRange")
    if limits:
        yield from limited(whole.document.name, limits.text("after"), limits.text("before"))
    yield from wrong_count(whole.document.name, whole.text("messageCount"), read)


def _message(node: Node) -> Message:
    moment = iso(node.text("timestamp"))
    forwarded = node.one("forwardedMessage")
    holders = [node, forwarded] if forwarded else [node]
    return Message(
        number=UNNUMBERED,
        sender=_author(node),
        at=moment.at,
        certainty=moment.certainty,
        text=next((h.text("content") for h in holders if h.text("content")), ""),
        source=node.document.source,
        place=node.pointer,
        attachments=tuple(a for holder in holders for a in _attachments(holder)),
        kind=Kind.NOTICE if node.text("type") in _BY_APP else Kind.WRITTEN,
        notes=(*moment.notes, *_notes(node)),
    )


def _author(node: Node) -> Participant | None:
    author = node.one("author")
    if author is None:
        return None
    name = full_name(author.text("name"), author.text("discriminator"))
    return person(name, author.text("id"))


def _attachments(node: Node) -> Iterator[Attachment]:
    for file in node.many("attachments"):
        yield attached(file.text("fileName") or file.text("url"))
    for sticker in node.many("stickers"):
        yield attached(sticker.text("name"), Medium.STICKER)


def _notes(node: Node) -> Iterator[str]:
    if node.text("timestampEdited"):
        yield "edited"
    if node.flag("isPinned"):
        yield "pinned"
    if node.one("forwardedMessage"):
        yield "forwarded"
    for reaction in node.many("reactions"):
        emoji = reaction.one("emoji")
        name = emoji.text("name") if emoji else ""
        users = ", ".join(user.text("name") for user in reaction.many("users"))
        yield f"reaction: {name} by {users}" if users else f"reaction: {name}"
