"""Instagram and Facebook Messenger: the JSON of "Download your information"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from throwline.conversation._export import Document, Export, ReadError
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
from throwline.conversation.readers._attachment import attached, link
from throwline.conversation.readers._json import ANY, Node, outline, root
from throwline.conversation.readers._meta import (
    EXPORT_STEPS,
    LEAVES_OUT,
    PLATFORM,
    UNKNOWN,
    UNKNOWN_GAP,
    apps_named,
    missing_parts,
    owner_by_title,
    platform_of,
)
from throwline.conversation.readers._moment import MILLISECOND, epoch
from throwline.conversation.readers._reader import Facts, Hints
from throwline.language import Note

_MEDIA = {
    "photos": Medium.IMAGE,
    "gifs": Medium.IMAGE,
    "videos": Medium.VIDEO,
    "audio_files": Medium.VOICE,
    "files": None,
}
_PROFILES = ("personal_information.json", "profile_information.json")


def repaired(text: str) -> str:
    """`text` with its characters right. These exports write each UTF-8 byte as one Latin-1 character.

    A string for which undoing that fails at either step was right already and stays as it is.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


@dataclass
class _Thread:
    """What the files of one thread say."""

    path: str | None
    title: str = ""
    names: dict[str, None] = field(default_factory=dict)
    namesakes: set[str] = field(default_factory=set)
    files: dict[str, list[Message]] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)


class MetaJson:
    """Reads message_1.json, message_2.json and so on, of every folder of messages."""

    platform = PLATFORM
    facts = Facts(
        title="Instagram and Messenger (JSON)",
        known_by='messages with "sender_name" and "timestamp_ms"',
        people="By display name. The thread path ends in the one id that the export holds. The owner is told by the "
        "profile in the same download or, in a chat of two, by the title, which names the other.",
        times="Exact, in UTC, to the millisecond.",
        leaves_out=LEAVES_OUT,
        export_steps=EXPORT_STEPS,
    )

    def recognises(self, document: Document) -> bool:
        """By the keys of its messages."""
        marks = {("messages", ANY, "sender_name"), ("messages", ANY, "timestamp_ms")}
        return marks <= outline(document)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a thread, all of its files together. Raises ReadError."""
        threads: dict[str, _Thread] = {}
        for document in documents:
            whole = root(document)
            path = repaired(whole.text("thread_path")) or None
            _add(whole, threads.setdefault(path or document.name, _Thread(path)))
        profiles = _profile_names(export)
        for thread in threads.values():
            yield self._conversation(thread, profiles)

    def _conversation(self, thread: _Thread, profiles: frozenset[str]) -> Conversation:
        platform = platform_of(thread.marks)
        messages, repeats = _each_once(thread.files)
        return assembled(
            self.facts,
            platform,
            thread.title,
            by_time(messages),
            listed=[Participant(name) for name in thread.names],
            owner=person(_owner(thread, profiles) or ""),
            thread=thread.path,
            gaps=_gaps(thread, platform, repeats),
        )


def _add(whole: Node, thread: _Thread) -> None:
    name = whole.document.name
    thread.title = thread.title or repaired(whole.text("title"))
    listed = [repaired(p.text("name")) for p in whole.many("participants")]
    thread.namesakes.update(n for n in listed if listed.count(n) > 1)
    messages = []
    addresses = {name, thread.path or ""}
    for node in whole.many("messages"):
        messages.append(_message(node))
        addresses.update(uri for uri, _ in _media(node))
        if node.flag("is_unsent"):
            # Instagram drops such messages altogether.
            thread.marks.add("facebook")
    thread.files[name] = messages
    senders = [m.sender.name for m in messages if m.sender]
    thread.names.update(dict.fromkeys(n for n in [*listed, *senders] if n))
    thread.marks |= apps_named(addresses)


def _message(node: Node) -> Message:
    moment = epoch(node.members.get("timestamp_ms"), MILLISECOND)
    by_app = node.flag("is_unsent") or "call_duration" in node.members
    return Message(
        number=UNNUMBERED,
        sender=person(repaired(node.text("sender_name"))),
        at=moment.at,
        certainty=moment.certainty,
        text=repaired(node.text("content")),
        source=node.document.source,
        place=node.pointer,
        attachments=tuple(_attachments(node)),
        kind=Kind.NOTICE if by_app else Kind.WRITTEN,
        notes=(*moment.notes, *_notes(node)),
    )


def _media(node: Node) -> Iterator[tuple[str, Medium | None]]:
    for key, medium in _MEDIA.items():
        for item in node.many(key):
            yield repaired(item.text("uri")), medium
    sticker = node.one("sticker")
    if sticker:
        yield repaired(sticker.text("uri")), Medium.STICKER


def _attachments(node: Node) -> Iterator[Attachment]:
    for uri, medium in _media(node):
        yield attached(uri, medium)
    share = node.one("share")
    if share and share.text("link"):
        yield link(repaired(share.text("link")))


def _notes(node: Node) -> Iterator[str]:
    if node.flag("is_unsent"):
        yield "unsent"
    if node.flag("is_taken_down"):
        yield "taken down by the platform"
    if "call_duration" in node.members:
        yield f"call of {node.text('call_duration')} seconds"
    share = node.one("share")
    if share:
        for key in ("share_text", "original_content_owner", "profile_share_username"):
            if share.text(key):
                yield f"shared: {repaired(share.text(key))}"
    for reaction in node.many("reactions"):
        yield (
            f"reaction: {repaired(reaction.text('reaction'))} by {repaired(reaction.text('actor'))}"
        )


def _each_once(files: dict[str, list[Message]]) -> tuple[list[Message], int]:
    """All messages, those that an earlier file holds too left out, and how many were."""
    kept: list[Message] = []
    seen: set[tuple[object, ...]] = set()
    repeats = 0
    for messages in files.values():
        keys = [(m.at, m.sender, m.text, m.attachments, m.notes) for m in messages]
        fresh = [m for m, key in zip(messages, keys, strict=True) if key not in seen]
        repeats += len(messages) - len(fresh)
        kept += oldest_first(fresh, newest_first=True)
        seen.update(keys)
    return kept, repeats


def _profile_names(export: Export) -> frozenset[str]:
    """What the export's owner is called, where the download holds the profile too."""
    names: set[str] = set()
    for document in export.documents.values():
        if document.name.endswith(_PROFILES):
            # A profile that cannot be read costs only the knowledge of which side is the owner's.
            with suppress(ReadError):
                names.update(_names_in(root(export.companion(document))))
    return frozenset(names)


def _names_in(profile: Node) -> Iterator[str]:
    for user in profile.many("profile_user"):
        values = user.one("string_map_data")
        # The keys ("Name", "Username") are in the owner's language.
        for key in values.members if values else ():
            value = values.one(key) if values else None
            yield repaired(value.text("value")) if value else ""
    facebook = profile.one("profile_v2")
    name = facebook.one("name") if facebook else None
    if name:
        yield repaired(name.text("full_name"))


def _owner(thread: _Thread, profiles: frozenset[str]) -> str | None:
    """Which of the names is the owner's, None where that is not certain."""
    if thread.namesakes:
        return None
    named = [n for n in thread.names if n in profiles]
    return named[0] if len(named) == 1 else owner_by_title(list(thread.names), thread.title)


def _gaps(thread: _Thread, platform: str, repeats: int) -> Iterator[Note]:
    if platform == UNKNOWN:
        yield UNKNOWN_GAP
    for name in sorted(thread.namesakes):
        yield Note(
            "Two people here are called {name}; the export does not tell them apart.", name=name
        )
    yield from missing_parts(thread.files)
    if repeats:
        yield Note(
            "{count} message(s) stand in two of the files and are shown once.", count=repeats
        )
