"""TikTok's JSON and TXT. The TXT sample is written after the layout that open readers of it expect (newest first)."""

from __future__ import annotations

import json
from pathlib import Path

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
from throwline.conversation import Medium, Reader
from throwline.conversation._export import given_export
from throwline.conversation.readers.tiktok import TikTok
from throwline.conversation.readers.tiktok_text import TikTokText

CHAT = DATA / "chat"
VIDEO = "https://www.tiktokv.com/share/video/7000000000000000000/"


@pytest.mark.parametrize(
    ("reader", "path"),
    [
        (TikTok(), CHAT / "tiktok" / "user_data.json"),
        (TikTok(), CHAT / "tiktok-2025" / "user_data_tiktok.json"),
        (TikTokText(), CHAT / "tiktok-text" / "Direct Messages.txt"),
    ],
)
def test_the_story(reader: Reader, path: Path) -> None:
    conversation, *_ = read_path(reader, path)
    assert_exact_times(conversation, milliseconds=False)
    assert senders(conversation) == ["jess_model_x", "zoe.n", "jess_model_x", "jess_model_x"]
    assert texts(conversation) == [*TEXTS[:2], VIDEO, TEXTS[3]]
    assert [(p.identifier, p.is_owner) for p in conversation.participants] == [
        ("jess_model_x", False),
        ("zoe.n", True),
    ]
    assert conversation.thread == "jess_model_x"
    assert [(a.name, a.medium) for a in conversation.messages[2].attachments] == [
        (VIDEO, Medium.LINK)
    ]


def test_places() -> None:
    (conversation,) = read_path(TikTok(), CHAT / "tiktok" / "user_data.json")
    assert conversation.messages[0].place == (
        "/Direct Messages/Chat History/ChatHistory/Chat History with jess_model_x:/0"
    )
    first, second = read_path(TikTokText(), CHAT / "tiktok-text" / "Direct Messages.txt")
    assert [m.place for m in first.messages] == [7, 5, 4, 3]
    assert [m.text for m in second.messages] == ["hello: you?"]


def test_messages_behind_megabytes_of_other_sections() -> None:
    sample = json.loads((CHAT / "tiktok" / "user_data.json").read_text())
    seen = [{"Date": "2023-01-01 00:00:00", "Link": "https://example.com/1"}] * 40_000
    whole = {"Activity": {"Video Browsing History": {"VideoList": seen}}} | sample
    whole["Activity"] = {"Video Browsing History": {"VideoList": seen}}
    (conversation,) = read_bytes(TikTok(), json.dumps(whole))
    assert len(conversation.messages) == 4


def test_a_download_without_messages_is_not_taken() -> None:
    export = given_export("user_data.json", json.dumps({"Activity": {"x": []}}).encode())
    assert not any(TikTok().recognises(d) for d in export.documents.values())


def test_the_owner_is_named_by_the_profile() -> None:
    whole = json.loads((CHAT / "tiktok-2025" / "user_data_tiktok.json").read_text())
    chats = whole["Direct Message"]["Direct Messages"]["ChatHistory"]
    chats["Chat History with jess_model_x:"][0]["From"] = "jess_renamed"
    whole["Profile And Settings"] = {"Profile Info": {"ProfileMap": {"userName": "zoe.n"}}}
    (conversation,) = read_bytes(TikTok(), json.dumps(whole))
    assert {p.name: p.is_owner for p in conversation.participants} == {
        "jess_renamed": False,
        "zoe.n": True,
        "jess_model_x": False,
    }


def test_no_owner_where_the_other_never_wrote() -> None:
    content = ">>> Chat History with kim::\n\n2023-06-01 10:00:00 UTC jess: hello\n"
    (conversation,) = read_bytes(TikTokText(), content)
    assert [p.is_owner for p in conversation.participants] == [None]
