"""Snapchat's pages. No real one is public: their structure is that which three programs that read them agree on."""

from __future__ import annotations

from tests.conversation.story import (
    TEXTS,
    assert_exact_times,
    read_bytes,
    read_path,
    senders,
    texts,
)
from tests.shared import DATA
from throwline.conversation import Attachment, Conversation, Hints, Kind, Medium
from throwline.conversation._export import given_export, open_export
from throwline.conversation.readers.snapchat_html import SnapchatHtml

READER = SnapchatHtml()
PAGE = DATA / "chat" / "snapchat-html" / "html" / "chat_history" / "subpage_jess_model_x.html"


def card(text: str = "x", sender: str = "jess", kind: str = "TEXT", second: int = 9) -> str:
    return (
        f"<div style='background:#f2f2f2'><span><div><h4>{sender}</h4><span>{kind}</span></div>"
        f"<p>{text}</p><h6>2023-06-03 21:05:{second:02} UTC</h6></span></div>"
    )


def page(*cards: str, title: str = "Chat History with jess") -> Conversation:
    (conversation,) = read_bytes(READER, f"<h1>{title}</h1>{''.join(cards)}")
    return conversation


def test_the_story() -> None:
    (conversation,) = read_path(READER, PAGE)
    assert_exact_times(conversation, milliseconds=False)
    assert senders(conversation) == ["jess_model_x", "zoe_n", "jess_model_x", "jess_model_x"]
    assert texts(conversation) == TEXTS
    assert {p.name: p.is_owner for p in conversation.participants} == {
        "jess_model_x": False,
        "zoe_n": True,
    }
    assert conversation.messages[2].attachments == (Attachment(None, Medium.UNKNOWN),)
    assert conversation.thread == "jess_model_x"


def test_what_the_app_says_is_a_notice() -> None:
    conversation = page(card("", kind="STATUSERASEDMESSAGE"), card())
    assert [m.kind for m in conversation.messages] == [Kind.WRITTEN, Kind.NOTICE]
    assert conversation.messages[1].notes == ("statuserasedmessage",)


def test_the_newest_stand_first() -> None:
    conversation = page(card("c", second=10), card("b"), card("a"))
    assert [m.text for m in conversation.messages] == ["a", "b", "c"]


def test_words_beside_the_boxes_are_no_messages() -> None:
    conversation = page("<p>hello</p>", card(), "<div style='background: #f2f2f2'>menu</div>")
    assert [m.text for m in conversation.messages] == ["x"]


def test_of_more_than_two_nobody_is_said_to_be_the_owner() -> None:
    conversation = page(card(), card(sender="zoe"), card(sender="max"))
    assert {p.is_owner for p in conversation.participants} == {None}


def test_a_chat_without_its_heading_is_called_as_its_file() -> None:
    export = given_export("subpage_jess.html", card().encode())
    (conversation,) = READER.read([*export.documents.values()], export, Hints())
    assert conversation.title == "jess"


def test_beside_the_json_of_the_same_download_the_pages_are_its_twin(tmp_path) -> None:
    (tmp_path / "subpage_jess.html").write_text(card())
    story = DATA / "chat" / "snapchat" / "chat_history.json"
    (tmp_path / "chat_history.json").write_bytes(story.read_bytes())
    export = open_export(tmp_path, lambda octets: None)
    pages = [d for d in export.documents.values() if READER.recognises(d)]
    assert len(pages) == 1
    assert list(READER.read(pages, export, Hints())) == []
