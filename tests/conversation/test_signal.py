"""sigexport's Markdown and JSON lines. The samples beside the story's are written after the program's own source."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.conversation.story import (
    TEXTS,
    TIMES,
    assert_local_times,
    read_bytes,
    read_path,
    senders,
    texts,
)
from tests.shared import DATA, shared
from throwline.conversation import Certainty, Kind, Medium, ReadError
from throwline.conversation.readers.signal import Signal

READER = Signal()
CHAT = DATA / "chat"
SENDERS = ["jess_model_x", "Me", "jess_model_x", "jess_model_x"]


def test_the_story_in_markdown() -> None:
    (conversation,) = read_path(READER, CHAT / "signal" / "chat.md")
    assert_local_times(conversation)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert [(p.name, p.is_owner) for p in conversation.participants] == [
        ("jess_model_x", False),
        ("Me", True),
    ]
    first, _, third, _ = conversation.messages
    assert first.notes == ("reaction: ❤ by Me",)
    assert [(a.name, a.medium) for a in third.attachments] == [("IMG.jpg", Medium.IMAGE)]
    assert [m.place for m in conversation.messages] == [1, 3, 5, 6]


def test_the_story_in_json_lines() -> None:
    (conversation,) = read_path(READER, CHAT / "signal-json" / "data.json")
    assert [m.at for m in conversation.messages] == [t.replace(tzinfo=None) for t in TIMES]
    assert {m.certainty for m in conversation.messages} == {Certainty.LOCAL}
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    first, second, third, _ = conversation.messages
    assert first.notes == ("reaction: ❤ by Me",)
    assert second.notes == ("answers: hey 😅 café?",)
    assert [a.name for a in third.attachments] == ["IMG.jpg"]
    assert [m.place for m in conversation.messages] == [1, 2, 3, 4]


def test_public_fixture() -> None:
    # joweich/chat-miner, MIT
    (conversation,) = read_path(READER, shared("samples/chat/signal/chat-miner__test_export.txt"))
    assert texts(conversation) == ["Hello John!", "Hello\nJane!"]
    assert senders(conversation) == ["Jane Doe", "John Doe"]
    assert [m.at for m in conversation.messages] == [
        datetime(2019, 12, 24, 12, 23),
        datetime(2020, 1, 17, 21, 49),
    ]
    assert {p.is_owner for p in conversation.participants} == {None}


def test_both_formats_in_a_folder_are_one_conversation(tmp_path: Path) -> None:
    folder = tmp_path / "Jess"
    folder.mkdir()
    (folder / "chat.md").write_bytes((CHAT / "signal" / "chat.md").read_bytes())
    (folder / "data.json").write_bytes((CHAT / "signal-json" / "data.json").read_bytes())
    (conversation,) = read_path(READER, tmp_path)
    assert conversation.title == "Jess"
    assert [s.file.rsplit("/", 1)[-1] for s in conversation.sources] == ["data.json"]


def test_a_quote_is_not_the_sender_s_words() -> None:
    content = "[2023-06-03 21:05:09] Jess: \n\n> I will send it\n> tonight\n\nplease no  \n\n"
    (conversation,) = read_bytes(READER, content)
    (message,) = conversation.messages
    assert message.text == "please no"
    assert message.notes == ("answers: I will send it\ntonight",)


def test_everything_behind_a_body() -> None:
    content = (
        "[2023-06-03 21:05:09] Jess: look: here  \n(- Sam: ❤, Kim: Jr: 😂 -)\n(( 🐙 ))"
        "![a (1).jpg](./media/a%20(1).jpg)  [b.pdf](./media/b.pdf)  \n\n"
        "[2023-06-03 21:06:09] No-Sender: (This message was deleted)  \n\n"
    )
    (conversation,) = read_bytes(READER, content)
    first, second = conversation.messages
    assert first.text == "look: here"
    assert first.notes == ("reaction: ❤ by Sam", "reaction: 😂 by Kim: Jr")
    assert [(a.name, a.medium) for a in first.attachments] == [
        ("a (1).jpg", Medium.IMAGE),
        ("b.pdf", Medium.FILE),
        ("🐙", Medium.STICKER),
    ]
    assert (second.kind, second.sender, second.notes) == (Kind.NOTICE, None, ("deleted",))


@pytest.mark.parametrize(
    ("date", "certainty"),
    [
        ("1970-01-01T01:00:00", Certainty.NONE),
        ("2023-06-03T21:05:09", Certainty.LOCAL),
        ("2023-06-03T21:05:09+02:00", Certainty.EXACT),
        ("soon", Certainty.NONE),
    ],
)
def test_times(date: str, certainty: Certainty) -> None:
    line = {"date": date, "sender": "a", "body": "x  ", "reactions": [], "attachments": []}
    (conversation,) = read_bytes(READER, json.dumps(line))
    assert conversation.messages[0].certainty is certainty


@pytest.mark.parametrize("line", ['{"date"', "3", '{"sender": 1.5}', '{"reactions": ["x"]}'])
def test_a_damaged_line_is_refused_with_its_number(line: str) -> None:
    good = (CHAT / "signal-json" / "data.json").read_text()
    with pytest.raises(ReadError, match="line 5"):
        read_bytes(READER, good + line + "\n", "data.json")
