"""TikTok: the text files of "Download your data"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Conversation
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._text import clean, head_text, lines, spoilt_gap
from throwline.conversation.readers._tiktok import (
    EXPORT_STEPS,
    LEAVES_OUT,
    PEOPLE,
    PLATFORM,
    TIMES,
    Entry,
    conversation,
)

_CHAT = re.compile(r">>> Chat History with (.*?):*\s*")
_MESSAGE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?) ([^:]+): ?(.*)")


class TikTokText:
    """Reads "Direct Messages.txt", whatever its name in the owner's language."""

    platform = PLATFORM
    facts = Facts(
        title="TikTok (TXT)",
        known_by="lines that begin with “>>> Chat History with”",
        people=PEOPLE,
        times=TIMES,
        leaves_out=LEAVES_OUT,
        export_steps=EXPORT_STEPS,
    )

    def recognises(self, document: Document) -> bool:
        """By the line that begins a chat."""
        first = head_text(document).lstrip("\ufeff\r\n ").split("\n", 1)[0]
        return bool(_CHAT.fullmatch(first))

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a chat. Raises ReadError."""
        for document in documents:
            spoilt: list[int] = []
            chats = _chats(document, spoilt)
            gaps = [spoilt_gap(document, spoilt)] if spoilt else []
            for other, entries in chats.items():
                yield conversation(self.facts, other, entries, "", gaps)


def _chats(document: Document, spoilt: list[int]) -> dict[str, list[Entry]]:
    chats: dict[str, list[Entry]] = {}
    entries: list[Entry] = []
    for number, raw in lines(document, spoilt):
        line = clean(raw)
        chat = _CHAT.fullmatch(line)
        message = _MESSAGE.fullmatch(line)
        if chat:
            entries = chats.setdefault(chat[1], [])
        elif message:
            date, sender, text = message.groups()
            entries.append(Entry(sender, date, text, document.source, number))
        elif entries:
            # A message goes on over several lines.
            last = entries[-1]
            entries[-1] = Entry(
                last.sender, last.date, f"{last.text}\n{line}", last.source, last.place
            )
    return {other: [_without_blank_end(e) for e in entries] for other, entries in chats.items()}


def _without_blank_end(entry: Entry) -> Entry:
    """The empty lines between two chats belong to neither."""
    return Entry(entry.sender, entry.date, entry.text.rstrip("\n"), entry.source, entry.place)
