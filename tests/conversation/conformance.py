"""What every reader must hold to, whatever its format. test_conformance.py runs it over all of them.

A reader's examples lie in tests/data/chat, in a folder named here; each such folder is one export.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from tests.shared import DATA
from throwline.conversation import (
    READERS,
    Certainty,
    Conversation,
    Document,
    Hints,
    Message,
    Reader,
    ReadError,
    Source,
    conversation_from,
    header_form,
    message_forms,
)
from throwline.conversation._export import Export
from throwline.conversation.readers._compound import SIGNATURE, Compound

CHAT = DATA / "chat"
EXAMPLES = {
    "MetaJson": ("instagram", "facebook"),
    "MetaHtml": ("instagram-html",),
    "DiscordChatExporter": ("discord-chat-exporter",),
    "MessengerEncrypted": ("messenger-e2ee",),
    "DiscordCsv": ("discord-csv",),
    "DiscordHtml": ("discord-html",),
    "DiscordText": ("discord-text",),
    "DiscordPackage": (
        "discord-package",
        "discord-package-old",
    ),
    "SmsBackupRestore": ("sms-backup-restore",),
    "Snapchat": (
        "snapchat",
        "snapchat-2021",
    ),
    "SnapchatHtml": ("snapchat-html",),
    "TikTok": (
        "tiktok",
        "tiktok-2025",
    ),
    "TikTokText": ("tiktok-text",),
    "XArchive": ("x-archive",),
    "IMessage": ("imessage",),
    "IMessageExporterHtml": ("imessage-exporter-html",),
    "IMessageExporterText": ("imessage-exporter-text",),
    "Telegram": ("telegram",),
    "TelegramHtml": ("telegram-html",),
    "Signal": (
        "signal",
        "signal-json",
        "signal-old",
    ),
    "GoogleChat": ("google-chat",),
    "Hangouts": ("hangouts",),
    "Skype": ("skype",),
    "Interchange": ("interchange",),
    "LinkedIn": ("linkedin",),
    "Roblox": (
        "roblox",
        "roblox-messages",
    ),
    "SteamCsv": ("steam-csv",),
    "Steam": ("steam",),
    "WhatsApp": ("whatsapp",),
    "WhatsAppIos": ("whatsapp-ios",),
    "EMail": ("email",),
    "PastedText": ("pasted",),
}
"""The folders of each reader, by its class. A folder holds nothing that is not that reader's or plainly no chat."""

Files = dict[str, bytes]


def name_of(reader: Reader) -> str:
    return type(reader).__name__


def examples(reader: Reader) -> Iterator[Files]:
    """The reader's example exports."""
    for folder in EXAMPLES[name_of(reader)]:
        yield files_in(CHAT / folder)


def files_in(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def export_of(files: Files) -> Export:
    """An export that holds `files`, in memory."""
    return Export(Path("example"), {name: document(name, raw) for name, raw in files.items()})


def document(name: str, raw: bytes) -> Document:
    source = Source(f"example/{name}", sha256(raw).hexdigest())
    return Document(name, len(raw), source, lambda: io.BytesIO(raw))


def read(reader: Reader, files: Files) -> list[Conversation]:
    """All conversations in the files that `reader` recognises. Raises ReadError."""
    export = export_of(files)
    known = [document for document in export.documents.values() if reader.recognises(document)]
    return list(reader.read(known, export, Hints())) if known else []


def recognising(document: Document) -> list[str]:
    """The readers that would take the document. Pasted text, the last, takes what no other does."""
    *others, pasted = [name_of(reader) for reader in READERS]
    found = [name_of(reader) for reader in READERS if reader.recognises(document)]
    return [name for name in found if name in others] or [name for name in found if name == pasted]


def check_shape(reader: Reader, conversation: Conversation) -> None:
    """Numbers, people, times and gaps are as `Conversation` and `Message` promise."""
    assert [m.number for m in conversation.messages] == [*range(1, len(conversation.messages) + 1)]
    assert conversation.identifier == ""
    assert conversation.title
    assert re.fullmatch("[a-z0-9-]+", conversation.platform)
    assert conversation.gaps[: len(reader.facts.leaves_out)] == reader.facts.leaves_out
    people = set(conversation.participants)
    assert len(people) == len(conversation.participants)
    for message in conversation.messages:
        assert message.sender is None or message.sender in people
        _check_time(message)
        assert message.text == message.text.encode(errors="replace").decode()


def _check_time(message: Message) -> None:
    at = message.at
    assert (at is None) == (message.certainty is Certainty.NONE)
    if at is not None:
        zoned = message.certainty is Certainty.EXACT
        assert (at.tzinfo is not None) == zoned
        assert not zoned or at.utcoffset().total_seconds() == 0


def check_round_trip(conversation: Conversation) -> None:
    """The JSON form, written and read again, gives an equal conversation."""
    header = json.loads(json.dumps(header_form(conversation)))
    forms = [json.loads(json.dumps(form)) for form in message_forms(conversation)]
    assert conversation_from(header, forms) == conversation


def check_place(files: Files, message: Message) -> None:
    """The message's source is one of the files as it is, and its place there holds the message's words."""
    name = message.source.file.removeprefix("example/")
    raw = files[name]
    assert message.source.sha256 == sha256(raw).hexdigest()
    there = text_at(raw, message.place)
    missing = [word for word in words(message.text) if word not in there]
    assert not missing, f"{missing} not at {name} {message.place}"


def words(text: str) -> list[str]:
    """The words that every encoding of a text shows alike."""
    return re.findall(r"[A-Za-z0-9]{2,}", text)


def text_at(raw: bytes, place: int | str) -> str:
    """What stands at a line number (until the end), at a JSON pointer, in a table's row, or in a compound file's stream."""
    if raw.startswith(b"SQLite format 3\0"):
        return _row(raw, str(place))
    if raw.startswith(SIGNATURE):
        return (Compound(raw).stream(str(place), len(raw)) or b"").decode("utf-16-le")
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = raw.decode(encoding, errors="replace")
    if isinstance(place, int):
        # Quoted-printable breaks its lines in the middle of words.
        return "\n".join(text.split("\n")[place - 1 :]).replace("=\n", "")
    value: Any = json.loads(text[re.search(r"[\[{]", text).start() :])
    for step in islice(place.split("/"), 1, None):
        key = step.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return json.dumps(value, ensure_ascii=False)


def _row(raw: bytes, place: str) -> str:
    _, table, row = place.split("/")
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(raw)
        values = database.execute(f'SELECT * FROM "{table}" WHERE rowid = ?', (row,)).fetchone()
    return " ".join(v.decode(errors="replace") if isinstance(v, bytes) else str(v) for v in values)


def contents(conversation: Conversation) -> list[Message]:
    """The messages without what depends on the file's name."""
    nowhere = Source("", "")
    return [replace(message, source=nowhere) for message in conversation.messages]


def check_damage(reader: Reader, files: Files) -> None:
    """Whatever happens to the bytes, the reader answers, or raises ReadError with a sentence."""
    refusal = "."
    try:
        for conversation in read(reader, files):
            check_shape(reader, conversation)
            check_round_trip(conversation)
    except ReadError as error:
        refusal = str(error)
    assert refusal.endswith(".")
    assert "\n" not in refusal


def damaged(files: Files, change: Callable[[bytes], bytes]) -> Iterator[Files]:
    """The files with one of them changed, each in turn."""
    for name, raw in files.items():
        yield {**files, name: change(raw)}


def check_foreign(reader: Reader, raw: bytes) -> None:
    """Bytes of no format at all are told apart or refused, never a crash."""
    with suppress(ReadError):
        for conversation in read(reader, {"foreign": raw}):
            check_shape(reader, conversation)
