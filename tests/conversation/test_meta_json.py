from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversation.story import (
    SENDERS,
    TEXTS,
    assert_exact_times,
    read_bytes,
    read_path,
    senders,
    texts,
    written,
)
from tests.shared import DATA, shared
from throwline.conversation import Kind, Medium, ReadError
from throwline.conversation.readers.meta_json import MetaJson, repaired

READER = MetaJson()
NINE = 1685826309123


def thread(messages: list[dict[str, Any]], **others: Any) -> dict[str, Any]:
    return {"participants": [{"name": "a"}, {"name": "b"}], "messages": messages, **others}


def said(text: str, at: int = NINE, by: str = "a", **others: Any) -> dict[str, Any]:
    return {"sender_name": by, "timestamp_ms": at, "content": text, **others}


def write(folder: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
    return folder


@pytest.mark.parametrize("app", ["instagram", "facebook"])
def test_the_story(app: str) -> None:
    (conversation,) = read_path(READER, DATA / "chat" / app / "message_1.json")
    assert_exact_times(conversation)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert conversation.title == "jess_model_x"
    third = written(conversation)[2]
    assert [(a.name, a.medium) for a in third.attachments] == [("123456789.jpg", Medium.IMAGE)]
    assert written(conversation)[0].notes == ("reaction: ❤ by Zoë Ñandú",)
    assert [(p.name, p.is_owner) for p in conversation.participants] == [
        ("jess_model_x", False),
        ("Zoë Ñandú", True),
    ]


def test_instagram_is_told_by_the_folders_in_the_file() -> None:
    (conversation,) = read_path(READER, DATA / "chat" / "instagram" / "message_1.json")
    assert conversation.platform == "instagram"
    assert conversation.thread == "inbox/jessmodelx_17842345678901234"
    assert conversation.gaps == READER.facts.leaves_out


def test_messenger_keeps_a_stub_of_an_unsent_message() -> None:
    (conversation,) = read_path(READER, DATA / "chat" / "facebook" / "message_1.json")
    stub = conversation.messages[-1]
    assert (stub.kind, stub.notes, stub.text) == (Kind.NOTICE, ("unsent",), "")
    assert stub.sender is not None
    assert stub.sender.name == "jess_model_x"


def test_signs_of_both_apps_are_no_sign() -> None:
    # The sample has a Messenger stub and an Instagram folder.
    (conversation,) = read_path(READER, DATA / "chat" / "facebook" / "message_1.json")
    assert conversation.platform == "unknown"
    assert "Instagram or from Messenger" in conversation.gaps[-1]


@pytest.mark.parametrize(
    ("path", "platform"),
    [
        ("your_instagram_activity/messages/message_requests/x_1/message_1.json", "instagram"),
        ("your_facebook_activity/messages/filtered_threads/x_1/message_1.json", "facebook"),
        ("your_activity_across_facebook/messages/archived_threads/x/message_1.json", "facebook"),
        ("messages/inbox/x_1/message_1.json", "unknown"),
    ],
)
def test_the_app_is_told_by_the_folder(tmp_path: Path, path: str, platform: str) -> None:
    write(tmp_path, {path: thread([said("hello")], thread_path="inbox/x_1")})
    (conversation,) = read_path(READER, tmp_path)
    assert conversation.platform == platform


def test_public_fixture() -> None:
    # joweich/chat-miner, MIT; no participants, no title, newest first
    (conversation,) = read_path(
        READER, shared("samples/chat/instagram/chat-miner__test_export.json")
    )
    assert texts(conversation) == ["Hello John!", "Hello Jane!"]
    assert senders(conversation) == ["Jane Doe", "John Doe"]
    assert [m.place for m in conversation.messages] == ["/messages/1", "/messages/0"]


def test_all_files_of_a_thread_make_one_conversation(tmp_path: Path) -> None:
    old = [said("one", NINE), said("two", NINE + 1000, "b")][::-1]
    new = [said("three", NINE + 2000), said("four", NINE + 3000, "b")][::-1]
    folder = "your_instagram_activity/messages/inbox/x_1"
    write(
        tmp_path,
        {
            f"{folder}/message_1.json": thread(new, thread_path="inbox/x_1"),
            f"{folder}/message_2.json": thread(old, thread_path="inbox/x_1"),
            "your_instagram_activity/messages/message_requests/y_2/message_1.json": thread(
                [said("hi", by="c")], thread_path="message_requests/y_2"
            ),
        },
    )
    first, second = read_path(READER, tmp_path)
    assert texts(first) == ["one", "two", "three", "four"]
    assert [m.number for m in first.messages] == [1, 2, 3, 4]
    assert [s.file.rsplit("/", 1)[-1] for s in first.sources] == [
        "message_2.json",
        "message_1.json",
    ]
    assert second.thread == "message_requests/y_2"


def test_a_missing_part_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"message_3.json": thread([said("x")], thread_path="inbox/x_1")})
    (conversation,) = read_path(READER, tmp_path)
    assert conversation.gaps[-1] == (
        "A part of this chat is missing. Not given: message_1, message_2."
    )


def test_the_same_messages_in_two_files_stand_once(tmp_path: Path) -> None:
    # Two people may say the same thing at the same time: repeats within one file stay.
    first = [said("x"), said("x"), said("y", NINE + 1)]
    write(
        tmp_path,
        {
            "a/message_1.json": thread(first, thread_path="inbox/x_1"),
            "b/message_1.json": thread([said("x"), said("z", NINE + 2)], thread_path="inbox/x_1"),
        },
    )
    (conversation,) = read_path(READER, tmp_path)
    assert texts(conversation) == ["x", "x", "y", "z"]
    assert conversation.gaps[-1].startswith("1 message(s) stand in two of the files")


def test_the_owner_is_told_by_the_profile_of_the_same_download(tmp_path: Path) -> None:
    profile = {"profile_user": [{"string_map_data": {"Nombre": {"value": "Zo\u00c3\u00ab"}}}]}
    write(
        tmp_path,
        {
            "messages/inbox/g_1/message_1.json": thread(
                [said("hi", by="Zo\u00c3\u00ab"), said("ho", by="Kim")],
                title="our group",
                thread_path="inbox/g_1",
            ),
            "personal_information/personal_information.json": profile,
        },
    )
    (conversation,) = read_path(READER, tmp_path)
    owners = {p.name: p.is_owner for p in conversation.participants}
    assert owners == {"a": False, "b": False, "Zoë": True, "Kim": False}


def test_namesakes_are_not_told_apart_in_silence() -> None:
    twins = {
        "participants": [{"name": "Zoe"}, {"name": "Zoe"}],
        "messages": [said("send it", by="Zoe")],
        "title": "Zoe",
    }
    (conversation,) = read_bytes(READER, json.dumps(twins))
    assert [(p.name, p.is_owner) for p in conversation.participants] == [("Zoe", None)]
    assert "Two people here are called Zoe; the export does not tell them apart." in (
        conversation.gaps
    )


def test_what_else_a_message_holds() -> None:
    message = said(
        "look",
        share={"link": "https://example.com/p/1", "share_text": "caf\u00c3\u00a9"},
        audio_files=[{"uri": "messages/inbox/x/audio/1.mp4"}],
        sticker={"uri": "messages/stickers_used/1.png"},
        call_duration=12,
    )
    (conversation,) = read_bytes(READER, json.dumps(thread([message])))
    (read,) = conversation.messages
    assert [(a.name, a.medium) for a in read.attachments] == [
        ("1.mp4", Medium.VOICE),
        ("1.png", Medium.STICKER),
        ("https://example.com/p/1", Medium.LINK),
    ]
    assert read.notes == ("call of 12 seconds", "shared: café")
    assert read.kind is Kind.NOTICE


def test_a_byte_order_mark_and_any_name() -> None:
    content = "\ufeff" + json.dumps(thread([said("hello")]))
    (conversation,) = read_bytes(READER, content, "photo.jpg")
    assert texts(conversation) == ["hello"]


def test_a_time_in_another_unit_is_no_time() -> None:
    (conversation,) = read_bytes(READER, json.dumps(thread([said("x", at=NINE // 1000)])))
    (message,) = conversation.messages
    assert message.at is None
    assert message.notes == ("the export gives its time as '1685826309'",)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (json.dumps(thread([said("x")], title=["no"])), "/title"),
        (json.dumps(thread([said("x"), 3])), "/messages/1"),
        (json.dumps(thread([said("x", by=3.5)])), "/messages/0/sender_name"),
        (json.dumps(thread([said("x")]))[:-9], "line 1"),
    ],
)
def test_a_damaged_file_is_refused_with_the_place(content: str, place: str) -> None:
    with pytest.raises(ReadError, match=place):
        read_bytes(READER, content, "message_1.json")


@given(st.text())
def test_mojibake_is_undone(text: str) -> None:
    assert repaired(text.encode().decode("latin-1")) == text


@pytest.mark.parametrize("right", ["café", "señal 😅", "Ñandú", "日本", "Ã", "50 £"])
def test_what_was_right_already_stays(right: str) -> None:
    assert repaired(right) == right
