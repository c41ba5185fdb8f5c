from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conversation.story import (
    TEXTS,
    assert_exact_times,
    read_bytes,
    read_path,
    senders,
    texts,
)
from tests.shared import DATA
from throwline.conversation import Kind, Medium, ReadError
from throwline.conversation.readers.snapchat import Snapchat

READER = Snapchat()
NEW = DATA / "chat" / "snapchat" / "chat_history.json"
OLD = DATA / "chat" / "snapchat-2021" / "chat_history.json"


def entry(**members: Any) -> dict[str, Any]:
    return {
        "From": "jess",
        "Media Type": "TEXT",
        "Created": "2024-04-20 01:29:22 UTC",
        "Content": "x",
        "IsSender": False,
        "Created(microseconds)": 1713576562123,
    } | members


def test_the_story_since_2023() -> None:
    (conversation,) = read_path(READER, NEW)
    assert_exact_times(conversation)
    assert senders(conversation) == ["jess_model_x", "zoe_n", "jess_model_x", "jess_model_x"]
    assert texts(conversation) == TEXTS
    assert [(p.identifier, p.is_owner) for p in conversation.participants] == [
        ("jess_model_x", False),
        ("zoe_n", True),
    ]
    assert conversation.thread == conversation.title == "jess_model_x"
    assert [(a.name, a.medium) for a in conversation.messages[2].attachments] == [
        ("b~EiQSFTM0SEdm", Medium.UNKNOWN),
        ("b~EioSFWVueWoy", Medium.UNKNOWN),
    ]
    assert conversation.messages[0].place == "/jess_model_x/3"


def test_the_story_before_2023() -> None:
    (conversation,) = read_path(READER, OLD)
    assert_exact_times(conversation, milliseconds=False)
    assert senders(conversation) == [
        "jess_model_x",
        "owner of this download",
        "jess_model_x",
        "jess_model_x",
    ]
    assert texts(conversation) == TEXTS
    assert [(p.identifier, p.is_owner) for p in conversation.participants] == [
        ("jess_model_x", False),
        (None, True),
    ]
    assert conversation.messages[1].place == "/Sent Saved Chat History/0"


def test_entities_of_the_older_layout_and_the_owner_s_name(tmp_path: Path) -> None:
    sent = [
        {
            "To": "jess",
            "Media Type": "TEXT",
            "Created": "2021-01-01 12:00:00 UTC",
            "Text": "don&#39;t",
        }
    ]
    (tmp_path / "chat_history.json").write_text(json.dumps({"Sent Saved Chat History": sent}))
    (tmp_path / "account.json").write_text(json.dumps({"Basic Information": {"Username": "zoe_n"}}))
    (conversation,) = read_path(READER, tmp_path)
    assert (senders(conversation), texts(conversation)) == (["zoe_n"], ["don't"])


def test_snaps_stand_among_the_messages(tmp_path: Path) -> None:
    snap = entry(**{"Media Type": "IMAGE", "Created": "2024-04-20 01:30:00 UTC", "Content": None})
    del snap["Created(microseconds)"]
    later = entry(**{"Created": "2024-04-20 01:31:00 UTC", "Created(microseconds)": 1713576660000})
    (tmp_path / "snap_history.json").write_text(json.dumps({"jess": [snap]}))
    (tmp_path / "chat_history.json").write_text(json.dumps({"jess": [later, entry()]}))
    (conversation,) = read_path(READER, tmp_path)
    assert texts(conversation) == ["x", "", "x"]
    assert [a.medium for a in conversation.messages[1].attachments] == [Medium.IMAGE]


def test_a_file_of_the_download_is_found_by_its_id(tmp_path: Path) -> None:
    (tmp_path / "chat_media").mkdir()
    (tmp_path / "chat_media" / "2024-04-20_b~EiQ.mp4").write_bytes(b"\0")
    said = entry(**{"Media Type": "MEDIA", "Media IDs": "b~EiQ"})
    (tmp_path / "chat_history.json").write_text(json.dumps({"jess": [said]}))
    (conversation,) = read_path(READER, tmp_path)
    assert [(a.name, a.medium) for a in conversation.messages[0].attachments] == [
        ("2024-04-20_b~EiQ.mp4", Medium.VIDEO)
    ]


@pytest.mark.parametrize(
    ("counted", "microsecond"),
    [(1713576562123, 123000), (1713576562123456, 123456), (17, 0), (None, 0)],
)
def test_the_finer_time_counts_only_if_it_agrees(counted: int | None, microsecond: int) -> None:
    said = entry(**{"Created(microseconds)": counted})
    (conversation,) = read_bytes(READER, json.dumps({"jess": [said]}))
    at = conversation.messages[0].at
    assert at is not None
    assert (
        at.isoformat() == f"2024-04-20T01:29:22{f'.{microsecond:06}' if microsecond else ''}+00:00"
    )


def test_the_app_s_own_lines_are_notices() -> None:
    said = entry(**{"Media Type": "STATUSERASEDMESSAGE", "Content": ""})
    (conversation,) = read_bytes(
        READER, json.dumps({"group-id": [said | {"Conversation Title": "us"}]})
    )
    (message,) = conversation.messages
    assert (message.kind, message.notes) == (Kind.NOTICE, ("statuserasedmessage",))
    assert (conversation.title, conversation.thread) == ("us", "group-id")


def test_another_shape_is_refused_with_its_place() -> None:
    with pytest.raises(ReadError, match="/jess/1/Content"):
        read_bytes(READER, json.dumps({"jess": [entry(), entry(Content=[])]}))
