from __future__ import annotations

import json
from typing import Any

from tests.conversation.story import (
    TEXTS,
    assert_exact_times,
    read_bytes,
    read_path,
    senders,
    texts,
)
from tests.shared import DATA
from throwline.conversation import Kind, Medium, Message
from throwline.conversation.readers.skype import Skype

READER = Skype()
SAMPLE = DATA / "chat" / "skype" / "messages.json"


def read_one(**members: Any) -> Message:
    entry = {
        "id": "1",
        "displayName": None,
        "originalarrivaltime": "2023-06-03T21:05:09.123Z",
        "messagetype": "RichText",
        "content": "",
        "from": "8:jess",
    }
    chat = {"id": "8:jess", "displayName": "Jess", "MessageList": [entry | members]}
    whole = {"userId": "8:zoe", "conversations": [chat]}
    (conversation,) = read_bytes(READER, json.dumps(whole))
    return conversation.messages[0]


def test_the_story() -> None:
    (conversation,) = read_path(READER, SAMPLE)
    assert_exact_times(conversation)
    assert senders(conversation) == ["jess_model_x", "8:zoe", "jess_model_x", "jess_model_x"]
    assert texts(conversation) == TEXTS
    assert [(p.identifier, p.is_owner) for p in conversation.participants] == [
        ("8:live:.cid.jess", False),
        ("8:zoe", True),
    ]
    assert conversation.title == "jess_model_x"
    assert [(a.name, a.medium) for a in conversation.messages[2].attachments] == [
        ("IMG.jpg", Medium.IMAGE)
    ]
    assert conversation.messages[0].place == "/conversations/0/MessageList/3"


def test_rich_text_is_read_as_it_shows() -> None:
    message = read_one(
        content='Tom &amp; I <ss type="smile">:)</ss> <a href="https://example.com">example.com</a>'
        '<e_m ts="1" ts_ms="1" a="jess" t="61"></e_m>'
    )
    assert message.text == "Tom & I :) example.com"
    assert message.notes == ("edited",)


def test_a_quote_is_not_the_sender_s_words() -> None:
    quote = '<quote author="zoe"><legacyquote>[1] zoe: </legacyquote>stop<legacyquote>\n</legacyquote></quote>'
    message = read_one(content=f"{quote}no")
    assert message.text == "no"
    assert message.notes == ("answers: [1] zoe: stop",)


def test_nothing_in_a_text_can_end_it() -> None:
    assert read_one(content="one</body></html></div> two").text == "one two"
    assert read_one(messagetype="Text", content="a < b &amp; c").text == "a < b &amp; c"


def test_the_app_s_own_lines_and_deleted_messages() -> None:
    call = read_one(messagetype="Event/Call", content='<partlist type="ended"></partlist>')
    assert (call.kind, call.notes) == (Kind.NOTICE, ("Event/Call",))
    deleted = read_one(properties={"deletetime": "1685826309123"})
    assert (deleted.kind, deleted.notes) == (Kind.NOTICE, ("deleted",))


def test_a_sender_whose_id_stands_in_an_address() -> None:
    message = read_one(**{"from": "https://bay.example.com/v1/users/ME/contacts/8:jess"})
    assert message.sender is not None
    assert (message.sender.name, message.sender.identifier) == ("Jess", "8:jess")
