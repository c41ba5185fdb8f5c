"""The story that the sample of every format tells: four messages between two made-up people.

Source: samples written for this project (CC0), tests/data/chat; the truth is tests/data/chat/story.json.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.shared import DATA
from throwline.conversation import Certainty, Conversation, Hints, Kind, Message, Reader
from throwline.conversation._export import given_export, open_export

_STORY = json.loads((DATA / "chat" / "story.json").read_text())
TIMES = [datetime.fromisoformat(at) for at in _STORY["story_utc"]]
SENDERS: list[str] = _STORY["senders"]
TEXTS: list[str] = _STORY["texts"]


def read_path(reader: Reader, path: Path, hints: Hints | None = None) -> list[Conversation]:
    """Everything at `path` that `reader` recognises, read by it."""
    export = open_export(path, lambda read: None)
    known = [d for d in export.documents.values() if reader.recognises(d)]
    assert known, f"{path} is not recognised"
    return list(reader.read(known, export, hints or Hints()))


def read_bytes(
    reader: Reader, content: bytes | str, name: str = "x", hints: Hints | None = None
) -> list[Conversation]:
    """`content` as a file that `reader` must recognise, read by it."""
    raw = content.encode() if isinstance(content, str) else content
    export = given_export(name, raw)
    known = [d for d in export.documents.values() if reader.recognises(d)]
    assert known, f"{raw[:80]!r} is not recognised"
    return list(reader.read(known, export, hints or Hints()))


def written(conversation: Conversation) -> list[Message]:
    """The messages that people wrote."""
    return [m for m in conversation.messages if m.kind is Kind.WRITTEN]


def senders(conversation: Conversation) -> list[str | None]:
    return [m.sender.name if m.sender else None for m in written(conversation)]


def texts(conversation: Conversation) -> list[str]:
    return [m.text for m in written(conversation)]


def assert_exact_times(conversation: Conversation, *, milliseconds: bool = True) -> None:
    """The story's instants, in UTC. `milliseconds` False: the format keeps whole seconds only."""
    expected = TIMES if milliseconds else [at.replace(microsecond=0) for at in TIMES]
    assert [m.at for m in written(conversation)] == expected
    assert {m.certainty for m in written(conversation)} == {Certainty.EXACT}
    assert all(m.at is not None and m.at.tzinfo is UTC for m in written(conversation))


def assert_local_times(conversation: Conversation, *, seconds: bool = True) -> None:
    """The story's clock times as the samples' makers had them (their clock showed UTC), without a zone."""
    rounded = {"microsecond": 0} if seconds else {"microsecond": 0, "second": 0}
    assert [m.at for m in written(conversation)] == [
        at.replace(tzinfo=None, **rounded) for at in TIMES
    ]
    assert {m.certainty for m in written(conversation)} == {Certainty.LOCAL}
