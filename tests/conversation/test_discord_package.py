from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conversation.story import SENDERS, TEXTS, TIMES, read_bytes, read_path, texts
from tests.shared import DATA
from throwline.conversation import Participant
from throwline.conversation.readers.discord_package import DiscordPackage

READER = DiscordPackage()
ZOE = "247424274304991233"
JESS = "192775384276664320"


def test_the_story_s_one_side() -> None:
    (conversation,) = read_path(READER, DATA / "chat" / "discord-package")
    (message,) = conversation.messages
    assert (message.text, message.at) == (TEXTS[1], TIMES[1])
    assert message.sender == Participant("zoe", ZOE, is_owner=True)
    assert conversation.participants == (
        Participant("zoe", ZOE, is_owner=True),
        Participant(SENDERS[0], JESS, is_owner=False),
    )
    assert conversation.title == "Direct Message with jess_model_x#0"
    assert conversation.thread == "502291754930929684"
    assert "what the other side wrote is missing" in conversation.gaps[0]


def test_the_older_layout() -> None:
    (conversation,) = read_path(READER, DATA / "chat" / "discord-package-old")
    (message,) = conversation.messages
    assert (message.text, message.at, message.place) == (TEXTS[1], TIMES[1], 2)
    # Whose id is whose is not known without the account's file.
    assert conversation.participants == (
        Participant("owner of this package", None, is_owner=True),
        Participant("jess_model_x#1234", None, is_owner=False),
    )


def test_a_file_alone() -> None:
    (conversation,) = read_bytes(
        READER,
        json.dumps(
            [
                {"ID": 2, "Timestamp": "2023-06-14 12:30:11", "Contents": "b", "Attachments": ""},
                {
                    "ID": 1,
                    "Timestamp": "2023-06-03 21:05:09",
                    "Contents": "a",
                    "Attachments": "https://x/1.png https://x/2.mp4",
                },
            ]
        ),
    )
    assert texts(conversation) == ["a", "b"]
    assert [m.at.second for m in conversation.messages if m.at] == [9, 11]
    assert [a.name for a in conversation.messages[0].attachments] == ["1.png", "2.mp4"]


@pytest.mark.parametrize("name", ["Messages", "messages"])
def test_a_channel_of_a_server(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "c7"
    folder.mkdir(parents=True)
    (folder / "messages.json").write_text(
        json.dumps([{"ID": "1", "Timestamp": "", "Contents": "x", "Attachments": ""}])
    )
    (folder / "channel.json").write_text(
        json.dumps({"id": "7", "type": "GUILD_TEXT", "name": "general", "guild": {"name": "Club"}})
    )
    (conversation,) = read_path(READER, tmp_path)
    assert conversation.title == "Club / general"
    assert conversation.messages[0].at is None
