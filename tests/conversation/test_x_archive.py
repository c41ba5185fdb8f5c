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
from throwline.conversation._export import given_export
from throwline.conversation.readers.x_archive import XArchive

READER = XArchive()
SAMPLE = DATA / "chat" / "x-archive"
ZOE, JESS = "3382", "1132151165410455552"


def script(*elements: dict[str, Any], identifier: str = f"{ZOE}-{JESS}") -> str:
    thread = {"conversationId": identifier, "messages": list(elements)}
    return f"window.YTD.direct_messages.part0 = {json.dumps([{'dmConversation': thread}])}"


def said(text: str, number: int, **others: Any) -> dict[str, Any]:
    at = f"2023-06-03T21:05:{number:02}.000Z"
    return {
        "messageCreate": {"senderId": JESS, "id": str(number), "text": text, "createdAt": at}
        | others
    }


def test_the_story() -> None:
    (conversation,) = read_path(READER, SAMPLE)
    assert_exact_times(conversation)
    assert senders(conversation) == [JESS, "zoe_n", JESS, JESS]
    assert texts(conversation) == [*TEXTS[:2], "https://t.co/u69Nf434eX", TEXTS[3]]
    assert [(p.name, p.identifier, p.is_owner) for p in conversation.participants] == [
        ("zoe_n", ZOE, True),
        (JESS, JESS, False),
    ]
    assert conversation.thread == f"{ZOE}-{JESS}"
    assert conversation.title == JESS
    third = conversation.messages[2]
    assert third.place == "/0/dmConversation/messages/1/messageCreate"
    assert [(a.name, a.medium) for a in third.attachments] == [("x.jpg", Medium.IMAGE)]


def test_without_the_account_the_owner_is_not_known() -> None:
    (conversation,) = read_bytes(READER, script(said("hello", 1)))
    assert {p.is_owner for p in conversation.participants} == {None}


def test_what_else_a_message_holds() -> None:
    message = said(
        "see https://t.co/1",
        1,
        urls=[{"url": "https://t.co/1", "expanded": "https://example.com/pay", "display": "e"}],
        reactions=[{"senderId": ZOE, "reactionKey": "sad", "createdAt": ""}],
        editHistory=[{"x": 1}],
    )
    (conversation,) = read_bytes(READER, script(message))
    (read,) = conversation.messages
    assert [(a.name, a.medium) for a in read.attachments] == [
        ("https://example.com/pay", Medium.LINK)
    ]
    assert read.notes == ("edited", f"reaction: sad by {ZOE}")


def test_events_of_a_group_are_notices() -> None:
    named = {
        "conversationNameUpdate": {
            "initiatingUserId": JESS,
            "name": "the list",
            "createdAt": "2023-06-03T21:05:30.000Z",
        }
    }
    left = {"participantsLeave": {"userIds": ["7"], "createdAt": "2023-06-03T21:05:40.000Z"}}
    content = script(left, named, said("hi", 1), identifier="99")
    (conversation,) = read_bytes(READER, content.replace("messages.part0", "messages_group.part0"))
    assert [(m.kind, m.text, m.notes) for m in conversation.messages[1:]] == [
        (Kind.NOTICE, "the list", ("named the conversation",)),
        (Kind.NOTICE, "", ("7 left the conversation",)),
    ]
    assert conversation.thread == "99"


def test_a_thread_in_two_parts_is_one_conversation(tmp_path: Path) -> None:
    (tmp_path / "direct-messages.js").write_text(script(said("b", 2), said("a", 1)))
    (tmp_path / "direct-messages-part1.js").write_text(
        script(said("c", 3), said("b", 2)).replace("part0", "part1")
    )
    (conversation,) = read_path(READER, tmp_path)
    assert texts(conversation) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "name", ["direct_message_headers", "direct_messages_group_headers", "account"]
)
def test_other_files_of_the_archive_are_not_messages(name: str) -> None:
    export = given_export("x.js", f"window.YTD.{name}.part0 = []".encode())
    assert not any(READER.recognises(d) for d in export.documents.values())


def test_half_a_file_is_refused() -> None:
    with pytest.raises(ReadError, match="breaks off or is damaged"):
        read_bytes(READER, script(said("hello", 1))[:-20])
