"""imessage-exporter's TXT and HTML. The HTML sample is written after the program's own source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversation.story import (
    TEXTS,
    assert_local_times,
    read_bytes,
    read_path,
    senders,
    texts,
    written,
)
from tests.shared import DATA
from throwline.conversation import Kind, Medium, Reader
from throwline.conversation.readers.imessage_exporter_html import IMessageExporterHtml
from throwline.conversation.readers.imessage_exporter_text import IMessageExporterText

TEXT, HTML = IMessageExporterText(), IMessageExporterHtml()
NUMBER = "+15550100199"
SAMPLES = [
    (TEXT, DATA / "chat" / "imessage-exporter-text" / f"{NUMBER}.txt"),
    (HTML, DATA / "chat" / "imessage-exporter-html" / f"{NUMBER}.html"),
]


@pytest.mark.parametrize(("reader", "path"), SAMPLES)
def test_the_story(reader: Reader, path: Path) -> None:
    (conversation,) = read_path(reader, path)
    assert_local_times(conversation)
    assert senders(conversation) == [NUMBER, "Me", NUMBER, NUMBER]
    assert texts(conversation) == TEXTS
    assert [(p.name, p.identifier, p.is_owner) for p in conversation.participants] == [
        (NUMBER, NUMBER, False),
        ("Me", None, True),
    ]
    assert conversation.title == NUMBER
    first, _, third, _ = written(conversation)
    assert "Read by you after 5 minutes" in first.notes
    assert [a.medium for a in third.attachments] == [Medium.IMAGE]
    assert [a.name for a in third.attachments] in (["2.HEIC"], ["2.jpg"])
    assert conversation.gaps == reader.facts.leaves_out


def test_an_answer_that_is_repeated_stands_once() -> None:
    content = (
        "May 17, 2022  5:29:42 PM\n+15550100199\nquestion\nReactions:\nLoved by Me\n"
        "    May 17, 2022  5:30:00 PM\n    Me\n    one\ntwo\n\n"
        "May 17, 2022  5:30:00 PM\nMe\none\ntwo\nThis message responded to an earlier message.\n\n"
    )
    (conversation,) = read_bytes(TEXT, content)
    assert texts(conversation) == ["question", "one\ntwo"]
    assert [m.notes for m in conversation.messages] == [("reaction: Loved by Me",), ("reply",)]


def test_an_answer_in_html_stands_once() -> None:
    (conversation,) = read_path(*SAMPLES[1])
    assert conversation.messages[0].notes[1:] == ("reaction: Loved by Me",)
    assert conversation.messages[1].notes == ("reply",)


def test_events_are_notices() -> None:
    content = (
        "May 17, 2022  5:29:42 PM You renamed the conversation to us\n\n"
        "May 17, 2022  5:30:00 PM\nSam\nhello\n\nMay 17, 2022  6:00:00 PM\nis no header here\n\n"
    )
    (conversation,) = read_bytes(TEXT, content)
    first, second, _ = conversation.messages
    assert (first.kind, first.sender) == (Kind.NOTICE, None)
    assert first.text == "You renamed the conversation to us"
    assert second.sender is not None
    assert (second.sender.name, second.sender.identifier) == ("Sam", None)
    (page,) = read_path(*SAMPLES[1])
    assert [m.text for m in page.messages if m.kind is Kind.NOTICE] == [
        "You named the conversation us"
    ]


def test_blank_lines_and_missing_files() -> None:
    content = "May 17, 2022  5:29:42 PM\nMe\none\n\ntwo\nAttachment missing!\n\n"
    (conversation,) = read_bytes(TEXT, content)
    (message,) = conversation.messages
    assert message.text == "one\n\ntwo"
    assert [a.medium for a in message.attachments] == [Medium.UNKNOWN]


def test_words_that_html_did_not_escape() -> None:
    # Older versions wrote texts into the page as they are.
    page = SAMPLES[1][1].read_text().replace("hey 😅 café?", "a < b & c <3")
    (conversation,) = read_bytes(HTML, page)
    assert len(written(conversation)) == 4
    assert conversation.messages[0].text.startswith("a < b & c <3")
