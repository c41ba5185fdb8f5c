"""Google Chat and Hangouts, as Takeout gives them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

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
from throwline.conversation.readers.google_chat import GoogleChat
from throwline.conversation.readers.hangouts import Hangouts

CHAT = DATA / "chat" / "google-chat"
HANGOUTS = DATA / "chat" / "hangouts" / "Hangouts.json"


def said(**members: Any) -> str:
    message = {
        "creator": {"name": "Jess", "email": "jess@example.com"},
        "created_date": "Saturday, June 3, 2023 at 9:05:09 PM UTC",
        "text": "x",
        "message_id": "a/b/c",
    }
    return json.dumps({"messages": [message | members]})


def test_google_chat_tells_the_story() -> None:
    (conversation,) = read_path(GoogleChat(), CHAT)
    assert_exact_times(conversation, milliseconds=False)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert [(p.identifier, p.is_owner) for p in conversation.participants] == [
        ("jess@example.com", False),
        ("zoe@example.com", True),
    ]
    assert conversation.thread == "k6oxHQAAAAE"
    assert conversation.title == "jess_model_x"
    assert [(a.name, a.medium) for a in conversation.messages[2].attachments] == [
        ("x.png", Medium.IMAGE)
    ]


@pytest.mark.parametrize(
    "written",
    [
        "Saturday, June 3, 2023 at 9:05:09\u202fPM UTC",
        "sábado, 3 de junio de 2023, 21:05:09 UTC",
        "Samstag, 3. Juni 2023 um 21:05:09 UTC",
        "samedi 3 juin 2023 à 21:05:09 UTC",
    ],
)
def test_google_chat_s_times_in_other_languages(written: str) -> None:
    (conversation,) = read_bytes(GoogleChat(), said(created_date=written))
    assert conversation.messages[0].at == datetime(2023, 6, 3, 21, 5, 9, tzinfo=UTC)


def test_google_chat_s_deleted_messages_and_quotes() -> None:
    (conversation,) = read_bytes(GoogleChat(), said(message_state="DELETED", text=None))
    assert (conversation.messages[0].kind, conversation.messages[0].notes) == (
        Kind.NOTICE,
        ("deleted",),
    )
    (conversation,) = read_bytes(
        GoogleChat(),
        said(
            quoted_message_metadata={"text": "theirs"},
            reactions=[{"emoji": {"unicode": "❤"}, "reactor_emails": ["zoe@example.com"]}],
        ),
    )
    assert conversation.messages[0].notes == (
        "answers: theirs",
        "reaction: ❤ by zoe@example.com",
    )


def test_hangouts_tells_the_story() -> None:
    (conversation,) = read_path(Hangouts(), HANGOUTS)
    assert_exact_times(conversation)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert [(p.identifier, p.is_owner) for p in conversation.participants] == [
        ("1", None),
        ("2", None),
    ]
    assert conversation.thread == "UgxA"
    assert conversation.messages[0].place == "/conversations/0/events/0"
    assert [(a.name, a.medium) for a in conversation.messages[2].attachments] == [
        ("x.jpg", Medium.IMAGE)
    ]


def test_hangouts_owner_events_and_people_who_left() -> None:
    whole = json.loads(HANGOUTS.read_text())
    about = whole["conversations"][0]["conversation"]["conversation"]
    about["self_conversation_state"] = {"self_read_state": {"participant_id": {"gaia_id": "2"}}}
    events = whole["conversations"][0]["events"]
    events.append(
        {
            "sender_id": {"gaia_id": "9"},
            "timestamp": "1686745812000000",
            "conversation_rename": {"new_name": "us", "old_name": ""},
            "event_type": "RENAME_CONVERSATION",
        }
    )
    (conversation,) = read_bytes(Hangouts(), json.dumps(whole))
    assert [(p.name, p.is_owner) for p in conversation.participants] == [
        ("jess_model_x", False),
        ("Zoë Ñandú", True),
        ("9", None),
    ]
    last = conversation.messages[-1]
    assert (last.kind, last.text, last.notes) == (Kind.NOTICE, "us", ("named the conversation",))
