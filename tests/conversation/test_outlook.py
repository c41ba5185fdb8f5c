"""Outlook's .msg: the streams were held against olefile 0.47, on the files of msg_parser's tests (PyPI) and on these."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversation.compound import BYTES, NUMBER, TEXT, TEXT_8_BIT, TIME, compound, properties
from tests.conversation.conformance import check_damage, document
from tests.conversation.story import read_bytes
from throwline.conversation import Attachment, Certainty, Conversation, Medium
from throwline.conversation.readers._compound import Compound
from throwline.conversation.readers.email import EMail

READER = EMail()
AT = datetime(2023, 6, 3, 21, 5, 9, tzinfo=UTC)
HEADERS = (
    "Received: from unknown (HELO x) (198.51.100.7) by mx.example.com; Sat, 3 Jun 2023 21:05:10 +0000\r\n"
    "Authentication-Results: mx.example.com; spf=fail\r\n"
    "From: Hacker <zoe@example.com>\r\nTo: zoe@example.com\r\nSubject: Your account\r\n"
    "Date: Sat, 03 Jun 2023 23:05:09 +0200\r\nMessage-ID: <1@example.com>\r\n"
    'Content-Type: multipart/alternative; boundary="x"\r\n\r\n'
)
WORDS = "I recorded you. Send $950 in Bitcoin.\r\n\r\nYou have 48 hours ä."


def message(told: dict[tuple[int, int], Any], **parts: dict[tuple[int, int], Any]) -> bytes:
    inside = {
        f"__{name[:-1]}_version1.0_#0000000{name[-1]}": properties(False, part)
        for name, part in parts.items()
    }
    return compound({**properties(True, told), **inside})


def one(raw: bytes) -> Conversation:
    (conversation,) = read_bytes(READER, raw, "threat.msg")
    return conversation


def test_with_the_headers_it_came_with() -> None:
    conversation = one(message({(0x007D, TEXT): HEADERS, (0x1000, TEXT): WORDS}))
    (first,) = conversation.messages
    assert first.text == WORDS.replace("\r\n", "\n")
    assert (first.at, first.certainty) == (AT, Certainty.EXACT)
    assert first.place == "/__substg1.0_1000001F"
    assert first.sender is not None
    assert (first.sender.name, first.sender.identifier) == ("Hacker", "zoe@example.com")
    assert conversation.title == "Your account"
    assert conversation.thread == "<1@example.com>"
    assert "Authentication-Results: mx.example.com; spf=fail" in first.notes
    assert any(note.startswith("Received: from unknown (HELO x)") for note in first.notes)
    assert "the sender's address is the recipient's own" in first.notes


def test_without_headers_what_outlook_says_is_taken_and_that_is_said() -> None:
    conversation = one(
        message(
            {
                (0x0037, TEXT_8_BIT): "Grüße",
                (0x0C1A, TEXT): 'Jess "J"',
                (0x0C1F, TEXT): "/O=EXCHANGE/CN=JESS",
                (0x5D01, TEXT): "jess@example.org",
                (0x0039, TIME): AT,
                (0x3FFD, NUMBER): 1252,
                (0x1013, BYTES): b"<p>pay <a href='https://example.org/x'>here</a></p>",
            },
            recip0={(0x3001, TEXT): "Zoë", (0x39FE, TEXT): "zoe@example.com", (0x0C15, NUMBER): 1},
            recip1={(0x3001, TEXT): "Max", (0x3003, TEXT): "max@example.com", (0x0C15, NUMBER): 2},
            attach0={(0x3707, TEXT): "Rechnung für Zoë.pdf", (0x370E, TEXT): "application/pdf"},
            attach1={(0x3704, TEXT): "A~1.JPG"},
        )
    )
    (first,) = conversation.messages
    assert (first.text, first.at, first.place) == ("pay here", AT, "/__substg1.0_10130102")
    assert [(p.name, p.identifier) for p in conversation.participants] == [
        ("Jess 'J'", "jess@example.org"),
        ("Zoë", "zoe@example.com"),
        ("Max", "max@example.com"),
    ]
    assert first.attachments == (
        Attachment("Rechnung für Zoë.pdf", Medium.FILE),
        Attachment("A~1.JPG", Medium.IMAGE),
    )
    assert conversation.title == "Grüße"
    assert "link: https://example.org/x" in first.notes
    assert "Outlook kept no internet headers: where it came from cannot be told" in first.notes


def test_words_that_are_there_as_rtf_only_are_said_to_be_unread() -> None:
    (first,) = one(message({(0x007D, TEXT): HEADERS, (0x1009, BYTES): b"LZFu"})).messages
    assert first.text == ""
    assert "its text is there as RTF only, which is not read: save it as .eml" in first.notes


def test_a_time_beyond_all_time_is_none() -> None:
    told = {(0x0037, TEXT): "a", (0x0C1A, TEXT): "b@example.org", (0x0039, TIME): 2**64 - 1}
    (first,) = one(message(told)).messages
    assert (first.at, first.certainty) == (None, Certainty.NONE)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 4095, 4096, 70_000, 9_000_000])
def test_streams_of_every_size(size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    tree = {"a": content, "inside": {"b": content[::-1], "deeper": {"c": b"c"}}, "d": b"d"}
    found = Compound(compound(tree))
    assert {path: found.stream(path, size + 1) for path in found.paths} == {
        "/a": content,
        "/inside/b": content[::-1],
        "/inside/deeper/c": b"c",
        "/d": b"d",
    }
    assert found.stream("/e", 1) is None
    assert found.stream("/a", 100) == content[:100]


def test_other_compound_files_are_no_messages() -> None:
    assert not READER.recognises(document("old.doc", compound({"WordDocument": b"hello"})))
    assert not READER.recognises(document("cut.doc", compound({"WordDocument": b"hello"})[:600]))


WHOLE = message({(0x007D, TEXT): HEADERS, (0x1000, TEXT): WORDS}, attach0={(0x3707, TEXT): "a.pdf"})


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=20))
def test_whatever_is_damaged_it_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(WHOLE)
    for at, value in changes:
        raw[at] = value
    check_damage(READER, {"a.msg": bytes(raw)})


@given(st.integers(0, len(WHOLE)))
def test_cut_anywhere_it_is_read_or_refused(end: int) -> None:
    check_damage(READER, {"a.msg": WHOLE[:end]})


@given(st.binary(max_size=2000))
def test_bytes_behind_a_header_are_read_or_refused(rest: bytes) -> None:
    check_damage(READER, {"a.msg": WHOLE[:512] + rest})
