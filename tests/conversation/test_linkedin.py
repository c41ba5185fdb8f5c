from __future__ import annotations

from pathlib import Path

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
from throwline.conversation.readers.linkedin import LinkedIn

READER = LinkedIn()
SAMPLE = DATA / "chat" / "linkedin" / "messages.csv"
COLUMNS = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT\n"
)


def test_the_story() -> None:
    (conversation,) = read_path(READER, SAMPLE)
    assert_exact_times(conversation, milliseconds=False)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert [(p.identifier, p.is_owner) for p in conversation.participants] == [
        ("https://www.linkedin.com/in/jess-x", None),
        ("https://www.linkedin.com/in/zoe-n", None),
    ]
    assert [m.place for m in conversation.messages] == [6, 4, 3, 2]
    assert conversation.thread == "2-NTg3YjNmNzct"


def test_the_owner_is_named_by_the_profile(tmp_path: Path) -> None:
    (tmp_path / "messages.csv").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "Profile.csv").write_text(
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline\nZoë,Ñandú,,,,Potter\n"
    )
    (conversation,) = read_path(READER, tmp_path)
    assert {p.name: p.is_owner for p in conversation.participants} == {
        "jess_model_x": False,
        "Zoë Ñandú": True,
    }
    assert conversation.title == "jess_model_x"


def test_what_else_a_message_holds() -> None:
    row = (
        '1,us,Jess,https://l/jess,"A, B","https://l/a,https://l/b",2023-06-03 21:05:09 UTC,Hi,'
        '"<p>Dear you,</p><p>one<br>two</p>",INBOX,https://l/1.png,Yes\n'
    )
    (conversation,) = read_bytes(READER, COLUMNS + row)
    (message,) = conversation.messages
    assert message.text == "Dear you,\none\ntwo"
    assert message.notes == ("subject: Hi", "a draft that was never sent")
    assert [a.name for a in message.attachments] == ["1.png"]
    assert [p.name for p in conversation.participants] == ["Jess"]
    assert conversation.title == "us"


def test_words_like_html_stay() -> None:
    row = (
        "1,,Jess,https://l/jess,Zoe,https://l/zoe,2023-06-03 21:05:09 UTC,,I <3 you & a<b,INBOX,,\n"
    )
    (conversation,) = read_bytes(READER, COLUMNS + row)
    assert texts(conversation) == ["I <3 you & a<b"]
