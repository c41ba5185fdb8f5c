from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.conversation.story import (
    SENDERS,
    TEXTS,
    assert_local_times,
    read_bytes,
    read_path,
    senders,
    texts,
)
from tests.shared import DATA
from throwline.conversation import Certainty, DateOrder, Hints, Medium, ReadError
from throwline.conversation._export import given_export
from throwline.conversation.readers.meta_html import MetaHtml

READER = MetaHtml()
SAMPLES = DATA / "chat" / "instagram-html"


def box(sender: str, body: str, time: str = "Jun 03, 2023 9:05 pm") -> str:
    return (
        '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">'
        f'<h2 class="_3-95 _2pim _a6-h _a6-i">{sender}</h2>'
        f'<div class="_3-95 _a6-p">{body}</div><div class="_3-94 _a6-o">{time}</div></div>'
    )


def full(text: str, shared: str = "", reactions: str = "") -> str:
    """A body with all its rows. Source: the structure that readers of real downloads describe."""
    return f"<div><div></div><div>{text}</div><div>{shared}</div><div></div><div>{reactions}</div></div>"


def page(*boxes: str, title: str = "jess") -> str:
    return f"<html><head><title>{title}</title></head><body><main>{''.join(boxes)}</main></body></html>"


@pytest.mark.parametrize("name", ["2023.html", "legacy.html"])
def test_the_story(name: str) -> None:
    (conversation,) = read_path(READER, SAMPLES / name)
    assert_local_times(conversation, seconds=False)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert conversation.platform == "instagram"
    assert conversation.thread == "inbox/jessmodelx_1"
    assert conversation.messages[0].notes == ("reaction: ❤ by Zoë Ñandú",)
    assert [(a.name, a.medium) for a in conversation.messages[2].attachments] == [
        ("123456789.jpg", Medium.IMAGE)
    ]
    assert {p.name: p.is_owner for p in conversation.participants} == {
        "jess_model_x": False,
        "Zoë Ñandú": True,
    }
    assert conversation.gaps == READER.facts.leaves_out


def test_all_files_of_a_thread_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    # All within one minute: only the numbers and the rule "newest first" tell the order.
    folder = tmp_path / "your_facebook_activity" / "messages" / "message_requests" / "jess_7"
    folder.mkdir(parents=True)
    for number, words in {1: ["six", "five"], 2: ["four", "three"], 10: ["two", "one"]}.items():
        boxes = [box("jess", f"<div>{word}</div>") for word in words]
        (folder / f"message_{number}.html").write_text(page(*boxes))
    (conversation,) = read_path(READER, tmp_path)
    assert texts(conversation) == ["one", "two", "three", "four", "five", "six"]
    assert conversation.platform == "facebook"
    assert conversation.thread == "message_requests/jess_7"
    assert conversation.gaps[-1] == (
        "A part of this chat is missing. Not given: message_3, message_4, message_5, message_6, message_7."
    )


def test_a_full_body_keeps_shared_words_apart() -> None:
    shared = '<div>their caption</div><div><a href="https://www.instagram.com/p/1">open</a></div>'
    liked = (
        "<ul class='_a6-q'><li><span>😂jess<span> (Jun 03, 2023 9:06 pm)</span></span></li></ul>"
    )
    (conversation,) = read_bytes(READER, page(box("jess", full("my &lt;words&gt;", shared, liked))))
    (message,) = conversation.messages
    assert message.text == "my <words>"
    assert message.notes == ("shared: their caption", "shared: open", "reaction: 😂 by jess")
    assert [(a.name, a.medium) for a in message.attachments] == [
        ("https://www.instagram.com/p/1", Medium.LINK)
    ]


def test_words_around_a_link_stay_the_sender_s() -> None:
    body = '<div>pay here <a href="https://example.com/x">example.com/x</a> now</div>'
    (conversation,) = read_bytes(READER, page(box("jess", body)))
    assert texts(conversation) == ["pay here example.com/x now"]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Jun 03, 2023 12:05 am", datetime(2023, 6, 3, 0, 5)),
        ("Sep 22, 2017, 6:33 AM", datetime(2017, 9, 22, 6, 33)),
        ("3 jun 2023 21:05", datetime(2023, 6, 3, 21, 5)),
        ("ago. 03, 2023 9:05 p. m.", datetime(2023, 8, 3, 21, 5)),
        ("2023年6月3日 21:05", datetime(2023, 6, 3, 21, 5)),
    ],
)
def test_times_in_other_languages(written: str, at: datetime) -> None:
    (conversation,) = read_bytes(READER, page(box("jess", "<div>x</div>", written)))
    assert conversation.messages[0].at == at
    assert conversation.messages[0].certainty is Certainty.LOCAL


def test_a_time_that_cannot_be_read_is_none_and_said() -> None:
    (conversation,) = read_bytes(READER, page(box("jess", "<div>x</div>", "Quux 03, 2023 9:05 pm")))
    (message,) = conversation.messages
    assert message.at is None
    assert message.notes == ("the export gives its time as 'Quux 03, 2023 9:05 pm'",)


def test_a_date_in_numbers_is_assumed_and_said() -> None:
    content = page(box("jess", "<div>x</div>", "03/06/2023 21:05"))
    (conversation,) = read_bytes(READER, content)
    assert conversation.messages[0].certainty is Certainty.ASSUMED
    assert "03/06/2023" in conversation.gaps[-1]
    (settled,) = read_bytes(READER, content, hints=Hints(DateOrder.MONTH_FIRST))
    assert settled.messages[0].at == datetime(2023, 3, 6, 21, 5)
    assert settled.messages[0].certainty is Certainty.LOCAL


def test_other_pages_of_the_download_are_not_chats() -> None:
    posts = page(box("Zoe updated her status.", "<div>hello</div>"), title="Your posts")
    export = given_export("your_posts_1.html", posts.encode())
    assert not any(READER.recognises(d) for d in export.documents.values())


def test_half_a_page_is_refused_with_the_line() -> None:
    content = page(box("jess", "<div>x</div>"), "\n" + box("zoe", "<div>y</div>"))
    cut = content[: content.rindex("</div></div>")]
    with pytest.raises(ReadError, match="breaks off in what begins at line 2"):
        read_bytes(READER, cut)
