"""Telegram Desktop's export in JSON: one chat, or the whole account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

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
from throwline.conversation.readers._assembly import assembled, by_time
from throwline.conversation.readers._attachment import attached, typed
from throwline.conversation.readers._json import ANY, Node, nested, outline, unexpected
from throwline.conversation.readers._moment import SECOND, Moment, epoch, local, unusable
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import clean

_ONE_CHAT = ("messages",)
_ACCOUNT = (("chats", "list", ANY, "messages"), ("left_chats", "list", ANY, "messages"))
_MARKS = (
    frozenset({("messages", ANY, "date_unixtime")}),
    frozenset({("messages", ANY, "date"), ("messages", ANY, "from"), ("messages", ANY, "type")}),
    frozenset({("messages", ANY, "date"), ("messages", ANY, "actor"), ("messages", ANY, "type")}),
    frozenset({("chats", "list", ANY, "messages", ANY, "date_unixtime")}),
    frozenset({("chats", "list", ANY, "messages", ANY, "date"), ("chats", "list", ANY, "type")}),
    frozenset({("personal_information", "user_id"), ("about",)}),
)
_WITH_ONE_PERSON = ("personal_chat", "bot_chat")
_SAVED = "saved_messages"
_UNSUPPORTED = "kind of message that is not exported"
_MEDIA = {
    "sticker": Medium.STICKER,
    "video_message": Medium.VIDEO,
    "video_file": Medium.VIDEO,
    "voice_message": Medium.VOICE,
    "audio_file": Medium.VOICE,
    "animation": Medium.IMAGE,
}
_ACTION = (
    *("action", "title", "members", "inviter", "discard_reason", "duration_seconds", "period"),
    *("amount", "currency", "information_text"),
)
_SPECIAL = frozenset(
    {
        *_ACTION,
        *("edited", "forwarded_from", "self_destruct_period_seconds", "reactions", "poll"),
        *("location_information", "contact_information", "photo", "file"),
    }
)
"""What a message that is only words does not have."""
_LEFT_OUT = re.compile(r"(?:^|\s)\(File (?:not included|unavailable|exceeds)[^()]*\)$")
"""What stands in the place of a file's path, behind the file's name if it has one (tdesktop's export_output_json.cpp)."""


class Telegram:
    """Reads result.json, streamed."""

    platform = "telegram"
    facts = Facts(
        title="Telegram Desktop export (JSON)",
        known_by="JSON with messages that have “date_unixtime”, or “date” with “from” or “actor”",
        people="By a number that never changes (“user123…”), which is what to report. The name is what the exporter saw.",
        times="Exact, in UTC. In exports of some years ago, the clock of the computer that made them.",
        leaves_out=(
            "What was deleted for both sides is not in the export, and leaves no trace.",
            "Secret chats are never exported by Telegram Desktop.",
            "Usernames are not in it, only where somebody wrote one.",
        ),
        export_steps=(
            "Install Telegram Desktop from desktop.telegram.org and sign in.",
            "Open the chat, click the three dots, and choose Export chat history.",
            "Take no photos or videos along, and choose “Machine-readable JSON” as the format.",
            "Wait if Telegram asks for it, for safety it can take a day; then take the file result.json.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """Whether it is JSON with messages as Telegram writes them, or an account's export."""
        paths = outline(document)
        return any(marks <= paths for marks in _MARKS)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a chat that has messages, in the order of the file. Raises ReadError."""
        for document in documents:
            account: dict[str, Any] = {}
            chat: _Chat | None = None
            for about, node in nested(document, (_ONE_CHAT, *_ACCOUNT), account):
                if chat is None or chat.about is not about:
                    if chat:
                        yield chat.conversation()
                    chat = _Chat(document, about, account)
                chat.add(node)
            if chat is None:
                raise ReadError(f"{document.name} holds no messages: export the chat again.")
            yield chat.conversation()


class _Chat:
    """One chat being read. `about` is what the export says of it beside its messages."""

    def __init__(self, document: Document, about: dict[str, Any], account: dict[str, Any]) -> None:
        self.about = about
        self._source = document.source
        self._messages: list[Message] = []
        self._people: dict[str, Participant] = {}
        self._named_late = False
        self._in_order = True
        self._latest = datetime.min.replace(tzinfo=UTC)
        personal = account.get("personal_information")
        self._owner = _number(personal.get("user_id") if isinstance(personal, dict) else None)
        self._partner = _number(about.get("id")) if about.get("type") in _WITH_ONE_PERSON else ""

    def add(self, node: Node) -> None:
        """The next message."""
        members = node.members
        kind = members.get("type")
        plain = kind == "message" and _SPECIAL.isdisjoint(members) and _is_words(members)
        by_app = kind == "service"
        moment = _moment(node)
        notes = moment.notes if plain else (*moment.notes, *(_action if by_app else _notes)(node))
        if moment.at is not None and moment.certainty is Certainty.EXACT:
            self._in_order &= self._latest <= moment.at
            self._latest = moment.at
        self._messages.append(
            Message(
                len(self._messages) + 1,
                self._sender(node, "actor" if "actor_id" in members else "from"),
                moment.at,
                moment.certainty,
                _text(node),
                self._source,
                node.pointer,
                () if plain else tuple(_attachments(node)),
                Kind.NOTICE if by_app else Kind.WRITTEN,
                notes,
            )
        )

    def conversation(self) -> Conversation:
        """All that was added."""
        number = self.about.get("id")
        return assembled(
            Telegram.facts,
            Telegram.platform,
            clean(str(self.about.get("name") or "")),
            self._ordered(),
            thread=str(number) if isinstance(number, int) else None,
            gaps=self._gaps(),
        )

    def _ordered(self) -> Sequence[Message]:
        messages = self._messages
        if self._named_late:
            messages = [
                replace(m, sender=self._people[m.sender.identifier])
                if m.sender and m.sender.identifier
                else m
                for m in messages
            ]
        all_exact = all(m.certainty is Certainty.EXACT for m in messages)
        return messages if self._in_order or not all_exact else by_time(messages)

    def _gaps(self) -> Iterator[str]:
        without = sum(m.certainty is Certainty.LOCAL for m in self._messages)
        if without:
            yield f"{without} message(s) give only the clock time of the computer that made the export."
        unsupported = sum(_UNSUPPORTED in m.notes for m in self._messages)
        if unsupported:
            yield f"{unsupported} message(s) are of a kind that Telegram Desktop could not export."

    def _sender(self, node: Node, role: str) -> Participant | None:
        """Who sent it. A deleted account has a number, but no name, unless another message still tells it."""
        name, identifier = node.text(role), node.text(f"{role}_id")
        key = identifier or name
        if not key:
            return None
        known = self._people.get(key)
        if known is None or (name and known.name == identifier != name):
            self._named_late |= known is not None
            known = Participant(name or identifier, identifier or None, self._is_owner(identifier))
            self._people[key] = known
        return known

    def _is_owner(self, identifier: str) -> bool | None:
        number = _number(identifier)
        if self.about.get("type") == _SAVED:
            return True
        if number and self._owner:
            return number == self._owner
        if number and self._partner:
            return number != self._partner
        return None


def _number(identifier: object) -> str:
    """An account's number without the word that newer exports put before it."""
    return str(identifier).removeprefix("user") if isinstance(identifier, str | int) else ""


def _moment(node: Node) -> Moment:
    if "date_unixtime" in node.members:
        return epoch(node.text("date_unixtime"), SECOND)
    written = node.text("date")
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return unusable(written)
    return unusable(written) if at.tzinfo else local(at)


def _text(node: Node) -> str:
    value = node.members.get("text")
    return "".join(_parts(node, value)) if isinstance(value, list) else node.text("text")


def _parts(node: Node, parts: list[Any]) -> Iterator[str]:
    for part in parts:
        text = part.get("text") if isinstance(part, dict) else part
        if not isinstance(text, str):
            raise unexpected(node.document, f"{node.pointer}/text")
        yield clean(text)


def _is_words(members: dict[str, Any]) -> bool:
    return isinstance(members.get("text"), str)


def _notes(node: Node) -> Iterator[str]:
    members = node.members
    if members.get("type") == "unsupported":
        yield _UNSUPPORTED
    if members.get("edited"):
        yield "edited"
    if members.get("forwarded_from"):
        yield f"forwarded from {node.text('forwarded_from')}"
    if members.get("self_destruct_period_seconds"):
        yield f"disappears after {node.text('self_destruct_period_seconds')} seconds"
    parts = members.get("text")
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and isinstance(part.get("href"), str):
            yield f"link: {clean(part['href'])}"
    if "reactions" in members:
        yield from _reactions(node)
    if "location_information" in members or "contact_information" in members or "poll" in members:
        yield from _enclosed(node)


def _reactions(node: Node) -> Iterator[str]:
    for reaction in node.many("reactions"):
        emoji = reaction.text("emoji") or reaction.text("document_id")
        names = [who.text("from") or who.text("from_id") for who in reaction.many("recent")]
        yield f"reaction: {emoji}" + (f" by {', '.join(names)}" if names else "")


def _enclosed(node: Node) -> Iterator[str]:
    place, contact, poll = (
        node.one(key) for key in ("location_information", "contact_information", "poll")
    )
    if place:
        at = place.members
        yield f"location: {at.get('latitude')}, {at.get('longitude')}"
    if contact:
        parts = (contact.text(key) for key in ("first_name", "last_name", "phone_number"))
        yield f"contact: {' '.join(filter(None, parts))}"
    if poll:
        yield f"poll: {poll.text('question')}"


def _action(node: Node) -> Iterator[str]:
    """What the app says was done, in its own words."""
    for key in _ACTION:
        value = node.members.get(key)
        if isinstance(value, list):
            yield f"{key}: {', '.join(clean(str(each)) for each in value if each)}"
        elif value is not None:
            yield f"{key}: {clean(str(value))}".replace("_", " ")


def _attachments(node: Node) -> Iterator[Attachment]:
    if "photo" in node.members:
        yield _file(node.text("photo"), Medium.IMAGE)
    if "file" in node.members:
        medium = _MEDIA.get(node.text("media_type"))
        path = node.text("file_name") or node.text("file")
        yield _file(path, medium) if medium else typed(_path(path), node.text("mime_type"))


def _file(path: str, medium: Medium) -> Attachment:
    return attached(_path(path), medium)


def _path(path: str) -> str:
    """`path` without the words that stand there for a file that was left out."""
    return _LEFT_OUT.sub("", path)
