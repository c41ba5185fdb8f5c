from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conversation.story import (
    SENDERS,
    TEXTS,
    TIMES,
    assert_exact_times,
    read_bytes,
    read_path,
    senders,
    texts,
)
from tests.shared import DATA
from throwline.conversation import Kind, Medium, ReadError
from throwline.conversation.readers import _json
from throwline.conversation.readers.discord_chat_exporter import DiscordChatExporter

READER = DiscordChatExporter()
# Written after DiscordChatExporter's own JsonMessageWriter; the clock of the exporting computer was at UTC+2.
SAMPLE = DATA / "chat" / "discord-chat-exporter" / "dm.json"


def sample() -> dict[str, Any]:
    return json.loads(SAMPLE.read_text())


def test_the_story() -> None:
    (conversation,) = read_path(READER, SAMPLE)
    assert_exact_times(conversation)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert conversation.platform == "discord"
    assert conversation.thread == "502291754930929684"
    assert conversation.title == "Private / jess_model_x"
    assert [p.identifier for p in conversation.participants] == [
        "192775384276664320",
        "247424274304991233",
    ]
    first, _, third, _ = conversation.messages
    assert first.notes == ("reaction: ❤ by Zoë Ñandú",)
    assert first.place == "/messages/0"
    assert [(a.name, a.medium) for a in third.attachments] == [("IMG.jpg", Medium.IMAGE)]
    assert conversation.gaps == READER.facts.leaves_out


def test_parts_are_one_conversation_and_repeats_stand_once(tmp_path: Path) -> None:
    whole = sample()
    for part, messages in {"a": whole["messages"][2:], "b": whole["messages"][:3]}.items():
        shown = whole | {"messages": messages, "messageCount": len(messages)}
        (tmp_path / f"dm [part {part}].json").write_text(json.dumps(shown))
    (conversation,) = read_path(READER, tmp_path)
    assert [m.at for m in conversation.messages] == TIMES
    assert len(conversation.sources) == 2


def test_both_forms_of_an_edited_message_are_kept(tmp_path: Path) -> None:
    whole = sample()
    (tmp_path / "before.json").write_text(json.dumps(whole))
    whole["messages"][3] |= {"content": "hi", "timestampEdited": "2023-06-15T00:00:00+00:00"}
    (tmp_path / "later.json").write_text(json.dumps(whole))
    (conversation,) = read_path(READER, tmp_path)
    assert texts(conversation)[3:] == [TEXTS[3], "hi"]
    assert {m.text: m.notes for m in conversation.messages}["hi"] == ("edited",)


def test_newest_first_is_turned_round() -> None:
    whole = sample()
    whole["messages"].reverse()
    (conversation,) = read_bytes(READER, json.dumps(whole))
    assert texts(conversation) == TEXTS
    assert [m.place for m in conversation.messages] == [f"/messages/{n}" for n in (3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Default", Kind.WRITTEN),
        ("Reply", Kind.WRITTEN),
        ("20", Kind.WRITTEN),
        ("Call", Kind.NOTICE),
        ("ChannelPinnedMessage", Kind.NOTICE),
        ("7", Kind.NOTICE),
    ],
)
def test_the_app_s_own_lines_are_notices(kind: str, expected: Kind) -> None:
    whole = sample()
    whole["messages"][0]["type"] = kind
    (conversation,) = read_bytes(READER, json.dumps(whole))
    assert conversation.messages[0].kind is expected


def test_an_old_account_name_keeps_its_number() -> None:
    whole = sample()
    for message in whole["messages"]:
        message["author"]["discriminator"] = "1234"
    (conversation,) = read_bytes(READER, json.dumps(whole))
    assert conversation.participants[0].name == "jess_model_x#1234"


def test_a_forwarded_message_shows_what_was_forwarded() -> None:
    whole = sample()
    whole["messages"][0] |= {
        "content": "",
        "forwardedMessage": {"content": "their words", "attachments": [{"fileName": "a.mp4"}]},
    }
    (conversation,) = read_bytes(READER, json.dumps(whole))
    first = conversation.messages[0]
    assert first.text == "their words"
    assert "forwarded" in first.notes
    assert [a.medium for a in first.attachments] == [Medium.VIDEO]


def test_limits_and_a_wrong_count_are_said() -> None:
    whole = sample() | {"messageCount": 5, "dateRange": {"after": "2023-06-01", "before": None}}
    (conversation,) = read_bytes(READER, json.dumps(whole), "dm.json")
    assert conversation.gaps[len(READER.facts.leaves_out) :] == (
        "dm.json was exported with a limit: only messages after 2023-06-01.",
        "dm.json says that it holds 5 messages; 4 were read.",
    )


def test_a_message_without_an_author_has_no_sender() -> None:
    whole = sample()
    whole["messages"][0]["author"] = None
    (conversation,) = read_bytes(READER, json.dumps(whole))
    assert conversation.messages[0].sender is None


@pytest.mark.parametrize("window", [1, 2, 3, 7, 64, 1000])
def test_where_the_window_ends_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    monkeypatch.setattr(_json, "_WINDOW", window)
    whole = sample() | {"first": 1.5e3, "last": -12}
    (conversation,) = read_bytes(READER, json.dumps(whole, ensure_ascii=False, indent=1))
    assert texts(conversation) == TEXTS


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.999])
def test_half_a_file_is_refused(keep: float) -> None:
    content = SAMPLE.read_bytes()
    with pytest.raises(ReadError, match="breaks off or is damaged"):
        read_bytes(READER, content[: int(len(content) * keep)], "dm.json")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"messages": [1]}, "/messages/0"),
        ({"messages": [{"author": "x"}]}, "/messages/0/author"),
        ({"channel": {"id": "1", "name": {}}}, "/channel/name"),
    ],
)
def test_another_shape_is_refused_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(ReadError, match=place):
        read_bytes(READER, json.dumps(sample() | change))
