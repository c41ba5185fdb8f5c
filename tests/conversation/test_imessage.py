from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversation.story import (
    SENDERS,
    TEXTS,
    TIMES,
    assert_exact_times,
    read_path,
    senders,
    texts,
    written,
)
from tests.shared import DATA
from throwline.conversation import Kind, Medium, ReadError
from throwline.conversation.readers._typedstream import archived_text
from throwline.conversation.readers.imessage import IMessage

READER = IMessage()
SAMPLE = DATA / "chat" / "imessage" / "chat.db"
NUMBER = "+15550100199"


def archived(text: str) -> bytes:
    """A text as Messages archives it. Source: the bytes shown in the write-up that `_typedstream` names."""
    raw = text.encode()
    if len(raw) < 0x80:
        length = bytes([len(raw)])
    elif len(raw) < 0x10000:
        length = b"\x81" + len(raw).to_bytes(2, "little")
    else:
        length = b"\x82" + len(raw).to_bytes(4, "little")
    return (
        b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x19NSMutableAttributedString\x00"
        b"\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x0f"
        b"NSMutableString\x01\x84\x84\x08NSString\x01\x95\x84\x01+"
        + length
        + raw
        + b"\x86\x84\x02iI\x01"
    )


@pytest.fixture
def database(tmp_path: Path) -> Any:
    """A copy of the sample to change; `.execute` a change, then `read` it."""
    path = tmp_path / "copy"
    path.write_bytes(SAMPLE.read_bytes())

    def change(*statements: tuple[str, tuple[Any, ...]]) -> Path:
        with sqlite3.connect(path) as connection:
            for statement, values in statements:
                connection.execute(statement, values)
        connection.close()
        return path

    return change


def test_the_story() -> None:
    (conversation,) = read_path(READER, SAMPLE)
    assert_exact_times(conversation)
    assert senders(conversation) == [NUMBER, "Me", NUMBER, NUMBER]
    assert texts(conversation) == TEXTS
    assert conversation.platform == "imessage"
    assert conversation.title == NUMBER
    assert conversation.thread == f"iMessage;-;{NUMBER}"
    assert {(p.name, p.identifier, p.is_owner) for p in conversation.participants} == {
        (NUMBER, NUMBER, False),
        ("Me", None, True),
    }
    third = conversation.messages[2]
    assert third.place == "/message/3"
    assert [(a.name, a.medium) for a in third.attachments] == [("IMG_0001.HEIC", Medium.IMAGE)]
    assert conversation.gaps == READER.facts.leaves_out


@pytest.mark.parametrize("text", ["hey 😅 café?", "x" * 300, "y" * 70_000, "two\nlines"])
def test_text_that_stands_in_the_archived_form_only(database: Any, text: str) -> None:
    path = database(
        ("UPDATE message SET text = NULL, attributedBody = ? WHERE ROWID = 1", (archived(text),))
    )
    (conversation,) = read_path(READER, path)
    assert conversation.messages[0].text == text


def test_text_that_cannot_be_found_is_said(database: Any) -> None:
    path = database(
        (
            "UPDATE message SET text = NULL, attributedBody = ? WHERE ROWID = 1",
            (archived("hello")[:90],),
        )
    )
    (conversation,) = read_path(READER, path)
    assert conversation.messages[0].notes == ("its text is kept in a form that could not be read",)


@given(st.text())
def test_archived_text_is_found(text: str) -> None:
    assert archived_text(archived(text)) == text


@given(st.binary())
def test_any_bytes_are_text_or_none(blob: bytes) -> None:
    archived_text(blob)
    archived_text(archived("hello")[:95] + blob)


def test_times_before_ios_11_count_seconds(database: Any) -> None:
    path = database(("UPDATE message SET date = date / 1000000000", ()))
    (conversation,) = read_path(READER, path)
    assert [m.at for m in conversation.messages] == [t.replace(microsecond=0) for t in TIMES]


def test_no_date_is_no_time(database: Any) -> None:
    path = database(("UPDATE message SET date = 0 WHERE ROWID = 2", ()))
    (conversation,) = read_path(READER, path)
    assert [m.at is None for m in conversation.messages] == [False, True, False, False]


def reaction(number: int, about: str) -> tuple[str, tuple[Any, ...]]:
    return (
        "INSERT INTO message (guid, text, handle_id, date, is_from_me, associated_message_guid, "
        "associated_message_type) VALUES ('R', 'Loved “hey”', 1, 708438612000000000, 0, ?, ?)",
        (about, number),
    )


JOIN = ("INSERT INTO chat_message_join SELECT 1, ROWID FROM message WHERE guid = 'R'", ())


@pytest.mark.parametrize(
    ("number", "note"),
    [(2000, f"reaction: loved by {NUMBER}"), (3001, f"reaction taken back: liked by {NUMBER}")],
)
@pytest.mark.parametrize("prefix", ["p:0/", "bp:", ""])
def test_reactions_are_notes(database: Any, number: int, note: str, prefix: str) -> None:
    (conversation,) = read_path(READER, database(reaction(number, f"{prefix}G1"), JOIN))
    assert conversation.messages[1].notes == (note,)
    assert len(conversation.messages) == 4


def test_a_reaction_to_nothing_is_a_notice(database: Any) -> None:
    (conversation,) = read_path(READER, database(reaction(2000, "p:0/gone"), JOIN))
    assert conversation.messages[-1].kind is Kind.NOTICE
    assert conversation.messages[-1].text == "Loved “hey”"


def test_a_message_of_no_chat_is_kept(database: Any) -> None:
    path = database(("DELETE FROM chat_message_join WHERE message_id = 4", ()))
    first, second = read_path(READER, path)
    assert texts(first) == TEXTS[:3]
    assert texts(second) == TEXTS[3:]
    assert second.title == NUMBER


def test_sms_is_told_apart(database: Any) -> None:
    (conversation,) = read_path(READER, database(("UPDATE chat SET service_name = 'SMS'", ())))
    assert conversation.platform == "sms"


def test_edits_and_group_events(database: Any) -> None:
    path = database(
        ("ALTER TABLE message ADD COLUMN date_edited integer", ()),
        ("ALTER TABLE message ADD COLUMN item_type integer", ()),
        ("ALTER TABLE message ADD COLUMN group_title text", ()),
        ("UPDATE message SET date_edited = 5 WHERE ROWID = 1", ()),
        ("UPDATE message SET item_type = 2, text = NULL, group_title = 'us' WHERE ROWID = 2", ()),
    )
    (conversation,) = read_path(READER, path)
    first, second, *_ = conversation.messages
    assert first.notes == ("edited",)
    assert (second.kind, second.text) == (Kind.NOTICE, "us")


def test_a_database_with_a_log_is_read_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    raw = bytearray(SAMPLE.read_bytes())
    raw[18:20] = b"\x02\x02"
    path.write_bytes(raw)
    (conversation,) = read_path(READER, path)
    assert len(written(conversation)) == len(SENDERS)
    assert "-wal" in conversation.gaps[-1]
    assert path.read_bytes() == raw
    assert list(tmp_path.iterdir()) == [path]


def test_a_view_in_place_of_a_table_is_not_trusted(database: Any) -> None:
    path = database(
        ("ALTER TABLE message RENAME TO m2", ()),
        ("CREATE VIEW message AS SELECT * FROM m2", ()),
    )
    with pytest.raises(ReadError, match="no table message"):
        read_path(READER, path)


def test_half_a_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(SAMPLE.read_bytes()[:12_000])
    with pytest.raises(ReadError, match="damaged or only half there"):
        read_path(READER, path)
