from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

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
from throwline.conversation import Attachment, Certainty, Conversation, Kind, Medium, ReadError
from throwline.conversation._export import given_export
from throwline.conversation.readers.telegram_html import TelegramHtml

READER = TelegramHtml()
SAMPLE = DATA / "chat" / "telegram-html" / "messages.html"


def message(
    inside: str = '<div class="text">\nhey\n       </div>',
    number: int = 1,
    name: str | None = "Jess",
    time: str = "14.06.2023 09:07:00 UTC+00:00",
) -> str:
    """A message as tdesktop's HtmlWriter lays it out."""
    above = f'<div class="from_name">\n{name} \n       </div>' if name else ""
    return (
        f'\n     <div class="message default clearfix" id="message{number}">\n\n      <div class="body">\n'
        f'       <div class="pull_right date details" title="{time}">\n09:07\n       </div>\n{above}{inside}'
        "\n      </div>\n     </div>\n"
    )


def page(*messages: str, title: str = "Jess") -> str:
    return (
        '<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header"><div class="content">'
        f'<div class="text bold">\n{title}\n</div></div></div><div class="page_body chat_page"><div class="history">'
        f"{''.join(messages)}</div></div></div></body></html>"
    )


def one(*messages: str) -> Conversation:
    (conversation,) = read_bytes(READER, page(*messages))
    return conversation


def test_the_story() -> None:
    (conversation,) = read_path(READER, SAMPLE)
    assert_exact_times(conversation, milliseconds=False)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert conversation.title == "Jess"
    assert conversation.platform == "telegram"
    assert [a.name for m in conversation.messages for a in m.attachments] == [
        "photo_1@14-06-2023_09-07-00.jpg"
    ]


def test_a_message_without_a_name_is_from_the_one_before() -> None:
    conversation = one(
        message(number=1),
        message(number=2, name=None),
        '<div class="message service" id="message3"><div class="body details">Jess took a screenshot</div></div>',
        message(number=4, name="Zoë via @gif"),
        message(number=5, name=None),
    )
    people = [m.sender.name if m.sender else None for m in conversation.messages]
    assert people == ["Jess", "Jess", None, "Zoë", "Zoë"]
    assert conversation.messages[2].kind is Kind.NOTICE
    assert conversation.messages[2].text == "Jess took a screenshot"
    assert {p.name: p.is_owner for p in conversation.participants} == {"Jess": False, "Zoë": None}


def test_date_lines_are_not_messages() -> None:
    line = '<div class="message service" id="message-1"><div class="body details">4 June 2020</div></div>'
    assert len(one(line, message()).messages) == 1


@pytest.mark.parametrize(
    ("written", "at", "certainty"),
    [
        ("14.06.2023 09:07:00 UTC+00:00", datetime(2023, 6, 14, 9, 7, tzinfo=UTC), Certainty.EXACT),
        ("14.06.2023 14:37:00 UTC+05:30", datetime(2023, 6, 14, 9, 7, tzinfo=UTC), Certainty.EXACT),
        ("03.06.2023 09:07:00", datetime(2023, 6, 3, 9, 7), Certainty.LOCAL),
        ("31.02.2023 09:07:00", None, Certainty.NONE),
        ("yesterday", None, Certainty.NONE),
    ],
)
def test_times(written: str, at: datetime | None, certainty: Certainty) -> None:
    (first,) = one(message(time=written)).messages
    assert (first.at, first.certainty) == (at, certainty)


def test_text_keeps_its_line_breaks_and_characters() -> None:
    (first,) = one(
        message('<div class="text">\na &lt;b&gt;<br>  c&nbsp;<strong>d</strong>\n      </div>')
    ).messages
    assert first.text == "a <b>\n  c\u00a0d"


@pytest.mark.parametrize(
    ("inside", "attachment"),
    [
        ('<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/a.jpg"></a></div>', Attachment("a.jpg", Medium.IMAGE)),
        ('<div class="media_wrap clearfix"><a class="sticker_wrap clearfix pull_left" href="stickers/s.webp"></a></div>', Attachment("s.webp", Medium.STICKER)),
        ('<a class="media clearfix pull_left block_link media_voice_message" href="voice_messages/v.ogg"></a>', Attachment("v.ogg", Medium.VOICE)),
        ('<div class="media clearfix pull_left media_photo"><div class="body"><div class="title bold">Photo</div><div class="description">Not included, change data exporting settings to download.</div></div></div>', Attachment(None, Medium.IMAGE)),
        ('<div class="media clearfix pull_left media_file"><div class="body"><div class="title bold">a b.pdf</div></div></div>', Attachment("a b.pdf", Medium.FILE)),
    ],
)  # fmt: skip
def test_attachments(inside: str, attachment: Attachment) -> None:
    (first,) = one(message(inside)).messages
    assert first.attachments == (attachment,)


def test_notes() -> None:
    (first,) = one(
        message(
            '<div class="forwarded body"><div class="from_name">Somebody <span class="date details" title="x"> 1.1.</span></div>'
            '<div class="text">pay <a href="https://example.com/x">here</a> <a href="https://example.com">https://example.com</a></div></div>'
            '<div class="media clearfix media_contact"><div class="body"><div class="title bold">Kim</div><div class="status details">+44 7700 900123</div></div></div>'
            '<span class="reactions"><span class="reaction"><span class="emoji">❤</span><span class="count">2</span></span></span>'
        )
    ).messages
    assert first.text == "pay here https://example.com"
    assert first.sender is not None
    assert first.sender.name == "Jess"
    assert first.notes[0] == "forwarded from Somebody"
    assert "link: https://example.com/x" in first.notes
    assert any(
        note.startswith("contact: Kim") and "+44 7700 900123" in note for note in first.notes
    )
    assert any(note.startswith("reaction: ❤") for note in first.notes)


def test_calls_are_notices_about_somebody() -> None:
    call = '<div class="media clearfix media_call success"><div class="body"><div class="title bold">Jess</div> <div class="status details">Outgoing (12 seconds)</div></div></div>'
    (first,) = one(message(call)).messages
    assert first.kind is Kind.NOTICE
    assert first.sender is not None
    assert first.notes == ("call: Jess Outgoing (12 seconds)",)


def test_pages_in_the_order_of_their_messages_whatever_they_are_called(tmp_path: Path) -> None:
    for name, numbers in {
        "messages.html": (1, 2),
        "messages10.html": (20, 21),
        "messages2.html": (10, 11),
    }.items():
        first, second = numbers
        content = page(
            message(f'<div class="text">{first}</div>', first),
            message(f'<div class="text">{second}</div>', second, None),
        )
        (tmp_path / name).write_text(content)
    other = tmp_path / "other"
    other.mkdir()
    (other / "messages.html").write_text(page(message()))
    one_chat, another = read_path(READER, tmp_path)
    assert texts(one_chat) == ["1", "2", "10", "11", "20", "21"]
    assert len(another.messages) == 1


def test_a_page_cut_off_is_refused() -> None:
    text = page(message(), message(number=2))
    with pytest.raises(ReadError, match="breaks off"):
        read_bytes(READER, text[: text.rindex("hey")])


@pytest.mark.parametrize(
    "text",
    [
        "<html><body>chat</body></html>",
        '<html><div class="page_body list_page"></div></html>',
        "chat_page",
    ],
)
def test_other_pages_are_not_recognised(text: str) -> None:
    (document,) = given_export("x", text.encode()).documents.values()
    assert not READER.recognises(document)


def test_a_real_page() -> None:
    """Source: the layout of lassepe/TelegramMessageParser.jl, test/data/messages.html, with other names."""
    conversation = one(
        '<div class="message service" id="message-1">\n<div class="body details">\n4 June 2020\n</div>\n</div>',
        '<div class="message service" id="message245234">\n<div class="body details">\nA created group &laquo;Test&raquo;\n</div>\n</div>',
        message('<div class="text">\nFirst.\n       </div>', 245235, "A B", "04.06.2020 14:16:12"),
        message('<div class="text">\nLast! 🎉\n       </div>', 245237, None, "04.06.2020 14:16:47"),
    )
    assert [m.text for m in conversation.messages] == [
        "A created group «Test»",
        "First.",
        "Last! 🎉",
    ]
    assert conversation.messages[2].at == datetime(2020, 6, 4, 14, 16, 47)
    assert senders(conversation) == ["A B", "A B"]
