"""Discord's own data package: messages.json (since 2024) or messages.csv (before), one a channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Conversation, Message, Participant, Source
from throwline.conversation.readers._assembly import UNNUMBERED, assembled, oldest_first, person
from throwline.conversation.readers._attachment import attached
from throwline.conversation.readers._discord import PLATFORM, full_name, sent_by_id
from throwline.conversation.readers._json import ANY, Node, listed, outline, root
from throwline.conversation.readers._moment import Moment, utc
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._table import columns, rows
from throwline.conversation.readers._text import spoilt_gap
from throwline.language import Note

_COLUMNS = ("ID", "Timestamp", "Contents", "Attachments")
_ACCOUNT_FILES = ("account/user.json", "user.json")
_NAMELESS = "owner of this package"
_DIRECT = "Direct Message with "


class DiscordPackage:
    """Reads the messages of a data package, of every year's layout."""

    platform = PLATFORM
    facts = Facts(
        title="Discord data package",
        known_by="messages with ID, Timestamp, Contents and Attachments",
        people="The owner by account id; the other side by the account id and name that the package's lists of channels give.",
        times="Exact, in UTC, to the millisecond: from the message's id.",
        leaves_out=(
            Note(
                "Only messages of the person who asked for the package are in it: what the other side wrote is missing."
            ),
            Note("Messages that were deleted before are missing."),
            Note("Files are named by addresses that stop working after a while."),
        ),
        export_steps=(
            "In Discord open User Settings, then Data & Privacy.",
            "Choose Request all of my data, with Messages, and wait for the e-mail (up to 30 days).",
            "Download the zip and give it here as it is.",
            "What the other side wrote has to be saved from the app: screenshots, or DiscordChatExporter.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By the keys or columns of its messages."""
        keys = {(ANY, name) for name in _COLUMNS}
        return keys <= outline(document) or columns(document) == _COLUMNS

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a channel. Raises ReadError."""
        owner = _owner(export)
        for document in documents:
            spoilt: list[int] = []
            messages = list(_messages(document, owner, spoilt))
            about = export.beside(document, "channel.json")
            channel = root(about) if about else None
            title = _title(export, document, channel)
            yield assembled(
                self.facts,
                PLATFORM,
                title,
                oldest_first(messages, newest_first=True),
                listed=[owner, *_others(channel, title, owner)],
                thread=channel.text("id") or None if channel else None,
                gaps=[spoilt_gap(document, spoilt)] if spoilt else [],
            )


def _owner(export: Export) -> Participant:
    for document in export.documents.values():
        if document.name.lower().endswith(_ACCOUNT_FILES) and ("username",) in outline(document):
            user = root(export.companion(document))
            name = full_name(user.text("username"), user.text("discriminator"))
            return Participant(name or _NAMELESS, user.text("id") or None, is_owner=True)
    return Participant(_NAMELESS, None, is_owner=True)


def _messages(document: Document, owner: Participant, spoilt: list[int]) -> Iterator[Message]:
    if outline(document):
        for node in listed(document):
            cells = (node.text(name) for name in _COLUMNS)
            yield _message(document.source, node.pointer, owner, cells)
    else:
        for row in rows(document, spoilt):
            yield _message(document.source, row.line, owner, map(row.cell, _COLUMNS))


def _message(source: Source, place: int | str, owner: Participant, cells: Iterable[str]) -> Message:
    number, timestamp, text, attachments = cells
    moment = _moment(number, timestamp)
    return Message(
        number=UNNUMBERED,
        sender=owner,
        at=moment.at,
        certainty=moment.certainty,
        text=text,
        source=source,
        place=place,
        attachments=tuple(attached(address) for address in attachments.split()),
        notes=moment.notes,
    )


def _moment(number: str, timestamp: str) -> Moment:
    """From the id, which has milliseconds, unless the time beside it says something else."""
    by_id, written = sent_by_id(number), utc(timestamp)
    if by_id.at and written.at and abs((by_id.at - written.at).total_seconds()) < 1:
        return by_id
    return written


def _title(export: Export, document: Document, channel: Node | None) -> str:
    """The channel's name in the package's index, or what its own file says."""
    if channel is None:
        return ""
    server = channel.one("guild")
    named = " / ".join(
        part for part in (server.text("name") if server else "", channel.text("name")) if part
    )
    above = document.name.rpartition("/")[0].rpartition("/")[0]
    index = export.documents.get(f"{above}/index.json" if above else "index.json")
    told = root(export.companion(index)).text(channel.text("id")) if index else ""
    return told or named


def _others(channel: Node | None, title: str, owner: Participant) -> Iterator[Participant]:
    """The other side of a direct message. Its id is known only where the owner's is."""
    direct = title.removeprefix(_DIRECT) if title.startswith(_DIRECT) else ""
    name = full_name(*direct.partition("#")[::2])
    ids = [r for r in channel.texts("recipients") if r != owner.identifier] if channel else []
    other = person(name, ids[0] if len(ids) == 1 else None, is_owner=False)
    if other:
        yield other
