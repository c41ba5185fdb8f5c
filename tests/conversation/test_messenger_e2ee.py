from __future__ import annotations

import json

from tests.conversation.story import (
    SENDERS,
    TEXTS,
    assert_exact_times,
    read_bytes,
    read_path,
    senders,
    texts,
)
from tests.shared import DATA
from throwline.conversation import Kind, Medium
from throwline.conversation.readers.messenger_e2ee import MessengerEncrypted

READER = MessengerEncrypted()
SAMPLE = DATA / "chat" / "messenger-e2ee" / "jess.json"


def test_the_story() -> None:
    (conversation,) = read_path(READER, SAMPLE)
    assert_exact_times(conversation)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert conversation.platform == "facebook"
    assert (conversation.title, conversation.thread) == ("jess_model_x", "jess_model_x_3")
    assert {p.name: p.is_owner for p in conversation.participants} == {
        "Zoë Ñandú": True,
        "jess_model_x": False,
    }
    first, _, third, _ = conversation.messages
    assert first.notes == ("reaction: ❤ by Zoë Ñandú",)
    assert [(a.name, a.medium) for a in third.attachments] == [("abc.jpeg", Medium.IMAGE)]


def test_unsent_messages_and_media_that_were_not_loaded() -> None:
    whole = json.loads(SAMPLE.read_text())
    whole["messages"][0] |= {"isUnsent": True, "text": ""}
    whole["messages"][2]["media"][0]["uri"] = "Failed to download media"
    (conversation,) = read_bytes(READER, json.dumps(whole))
    first, _, third, _ = conversation.messages
    assert first.kind is Kind.NOTICE
    assert "unsent" in first.notes
    assert [(a.name, a.medium) for a in third.attachments] == [(None, Medium.UNKNOWN)]


def test_a_group_tells_no_owner() -> None:
    whole = json.loads(SAMPLE.read_text())
    whole |= {"participants": ["a", "b", "c"], "threadName": "our group_9"}
    (conversation,) = read_bytes(READER, json.dumps(whole))
    assert {p.is_owner for p in conversation.participants} == {None}
