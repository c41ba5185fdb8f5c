"""TikTok: the JSON of "Download your data", in its layouts before and since 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export, reading
from throwline.conversation._message import Conversation
from throwline.conversation.readers._json import Node, outline, root
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._tiktok import (
    EXPORT_STEPS,
    LEAVES_OUT,
    PEOPLE,
    PLATFORM,
    TIMES,
    Entry,
    conversation,
)

_SECTIONS = ("Direct Messages", "Direct Message")
_LIST = "ChatHistory"
_NAMED = re.compile(r"Chat History with (.*?):*")
# Sections of which at least one stands in front of the messages; each may be many megabytes long.
_OTHER_SECTIONS = {
    ("Activity",),
    ("Ads and data",),
    ("App Settings",),
    ("Comment",),
    ("Profile And Settings",),
    ("Your Activity",),
}
_HISTORY = re.compile(rb'"ChatHistory"\s*:\s*[{n]')
_OVERLAP = 64
_CHUNK = 1024**2


class TikTok:
    """Reads user_data.json and user_data_tiktok.json."""

    platform = PLATFORM
    facts = Facts(
        title="TikTok (JSON)",
        known_by='"ChatHistory" among the sections of the download',
        people=PEOPLE,
        times=TIMES,
        leaves_out=LEAVES_OUT,
        export_steps=EXPORT_STEPS,
    )

    def recognises(self, document: Document) -> bool:
        """By the section of the messages, wherever in the file it stands."""
        paths = outline(document)
        if any(path[0] in _SECTIONS and path[-1] == _LIST for path in paths):
            return True
        return not paths.isdisjoint(_OTHER_SECTIONS) and _holds_history(document)

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a chat. Raises ReadError."""
        for document in documents:
            whole = root(document)
            owner = next((n.text("userName") for n in _found(whole, "ProfileMap")), "")
            for section in _SECTIONS:
                messages = whole.one(section)
                for chats in _found(messages, _LIST) if messages else ():
                    for name in chats.members:
                        yield conversation(
                            self.facts, _other(name), map(_entry, chats.many(name)), owner
                        )


def _holds_history(document: Document) -> bool:
    with reading(document.name), document.open() as stream:
        end = b""
        while chunk := stream.read(_CHUNK):
            if _HISTORY.search(end + chunk):
                return True
            end = chunk[-_OVERLAP:]
    return False


def _found(node: Node, key: str, depth: int = 4) -> Iterator[Node]:
    """The objects called `key` at most `depth` levels below `node`: their sections have changed names over the years."""
    for name, value in node.members.items():
        if isinstance(value, dict):
            below = node.one(name)
            if below and name == key:
                yield below
            elif below and depth:
                yield from _found(below, key, depth - 1)


def _other(name: str) -> str:
    named = _NAMED.fullmatch(name)
    return named[1] if named else name


def _entry(node: Node) -> Entry:
    return Entry(
        node.text("From"),
        node.text("Date"),
        node.text("Content"),
        node.document.source,
        node.pointer,
    )
