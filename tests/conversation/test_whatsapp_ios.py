from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conversation.story import (
    SENDERS,
    TEXTS,
    TIMES,
    assert_exact_times,
    read_bytes,
    read_path,
    texts,
)
from tests.shared import DATA
from throwline.conversation import Attachment, Certainty, Conversation, Kind, Medium, ReadError
from throwline.conversation._export import given_export
from throwline.conversation.readers.whatsapp_ios import WhatsAppIos

READER = WhatsAppIos()
SAMPLE = DATA / "chat" / "whatsapp-ios" / "ChatStorage.sqlite"
JESS = "447700900123@s.whatsapp.net"
KIM = "447700900124@s.whatsapp.net"
GROUP = "447700900123-1600000000@g.us"
SCHEMA = """
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZSESSIONTYPE INTEGER, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZMEMBERJID VARCHAR, ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR);
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMEDIALOCALPATH VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR,
  ZLATITUDE FLOAT, ZLONGITUDE FLOAT);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZISFROMME INTEGER, ZMESSAGEDATE TIMESTAMP,
  ZMESSAGETYPE INTEGER, ZTEXT VARCHAR, ZFROMJID VARCHAR, ZTOJID VARCHAR, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER,
  ZPUSHNAME VARCHAR);
"""
"""Source: the tables and columns that public readers of the database name."""


def apple(at: datetime) -> float:
    return (at - datetime(2001, 1, 1, tzinfo=UTC)).total_seconds()


AT = apple(TIMES[0])


def storage(rows: Iterable[tuple[str, dict[str, Any]]], schema: str = SCHEMA) -> bytes:
    """A database with these rows, each with its table."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA page_size = 512")
        database.executescript(schema)
        for table, row in rows:
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        database.commit()
        return database.serialize()


def chat(
    account: str = JESS, name: str | None = "Jess", key: int = 1
) -> tuple[str, dict[str, Any]]:
    return "ZWACHATSESSION", {"Z_PK": key, "ZCONTACTJID": account, "ZPARTNERNAME": name}


def sent(text: str | None = "hey", key: int = 1, **more: Any) -> tuple[str, dict[str, Any]]:
    known = {
        "ZCHATSESSION": 1,
        "ZISFROMME": 0,
        "ZMESSAGEDATE": AT + key,
        "ZMESSAGETYPE": 0,
        "ZFROMJID": JESS,
    }
    return "ZWAMESSAGE", {"Z_PK": key, "ZTEXT": text, **known, **more}


def media(**more: Any) -> tuple[str, dict[str, Any]]:
    return "ZWAMEDIAITEM", {"Z_PK": 7, **more}


def story() -> bytes:
    """What made the sample."""
    chats = [chat(JESS, SENDERS[0])]
    for key, (text, at) in enumerate(zip(TEXTS, TIMES, strict=True), 1):
        mine = SENDERS[key - 1] != SENDERS[0]
        chats.append(
            sent(
                text or None,
                key,
                ZMESSAGEDATE=apple(at),
                ZISFROMME=int(mine),
                ZMESSAGETYPE=0 if text else 1,
                ZMEDIAITEM=None if text else 7,
            )
        )
    return storage([*chats, media(ZMEDIALOCALPATH="Media/447700900123@s.whatsapp.net/a/b/IMG.jpg")])


def one(*rows: tuple[str, dict[str, Any]]) -> Conversation:
    (conversation,) = read_bytes(READER, storage(rows))
    return conversation


def test_the_story() -> None:
    (conversation,) = read_path(READER, SAMPLE)
    assert_exact_times(conversation)
    assert texts(conversation) == TEXTS
    assert [m.sender.is_owner if m.sender else None for m in conversation.messages] == [
        False,
        True,
        False,
        False,
    ]
    assert conversation.messages[0].sender is not None
    assert conversation.messages[0].sender.name == SENDERS[0]
    assert conversation.messages[0].sender.identifier == "+447700900123"
    assert conversation.messages[2].attachments == (Attachment("IMG.jpg", Medium.IMAGE),)
    assert conversation.messages[3].place == "/ZWAMESSAGE/4"
    assert (conversation.title, conversation.thread, conversation.platform) == (
        SENDERS[0],
        JESS,
        "whatsapp",
    )


def test_a_group_names_its_members() -> None:
    conversation = one(
        chat(GROUP, "Crew"),
        ("ZWAGROUPMEMBER", {"Z_PK": 3, "ZMEMBERJID": KIM, "ZCONTACTNAME": "Kim"}),
        ("ZWAGROUPMEMBER", {"Z_PK": 4, "ZMEMBERJID": "12345@lid", "ZCONTACTNAME": ""}),
        sent("a", 1, ZFROMJID=GROUP, ZGROUPMEMBER=3),
        sent("b", 2, ZFROMJID=GROUP, ZGROUPMEMBER=4, ZPUSHNAME="Pat"),
        sent("c", 3, ZFROMJID=GROUP),
    )
    assert [
        (m.sender.name, m.sender.identifier) if m.sender else None for m in conversation.messages
    ] == [
        ("Kim", "+447700900124"),
        ("Pat", "12345@lid"),
        None,
    ]
    assert conversation.title == "Crew"


def test_a_chat_without_a_name_or_a_session() -> None:
    unnamed, orphan = read_bytes(
        READER,
        storage([chat(JESS, None), sent("a"), sent("b", 2, ZCHATSESSION=None, ZFROMJID=KIM)]),
    )
    assert unnamed.title == JESS
    assert [p.name for p in unnamed.participants] == ["+447700900123"]
    assert orphan.thread == KIM
    assert texts(orphan) == ["b"]


@pytest.mark.parametrize(
    ("kind", "item", "text", "attachment"),
    [
        (
            1,
            {"ZMEDIALOCALPATH": "Media/a.jpg", "ZTITLE": "caption"},
            "caption",
            Attachment("a.jpg", Medium.IMAGE),
        ),
        (2, {}, "", Attachment(None, Medium.VIDEO)),
        (3, {"ZMEDIALOCALPATH": "Media/a.opus"}, "", Attachment("a.opus", Medium.VOICE)),
        (8, {"ZTITLE": "x.pdf"}, "x.pdf", Attachment("x.pdf", Medium.FILE)),
        (15, {"ZMEDIALOCALPATH": "Media/s.webp"}, "", Attachment("s.webp", Medium.STICKER)),
    ],
)
def test_media_by_name_only(
    kind: int, item: dict[str, Any], text: str, attachment: Attachment
) -> None:
    (message,) = one(chat(), media(**item), sent(None, ZMESSAGETYPE=kind, ZMEDIAITEM=7)).messages
    assert (message.text, message.attachments) == (text, (attachment,))


@pytest.mark.parametrize(
    ("kind", "item", "notes"),
    [
        (14, {}, ("deleted",)),
        (5, {"ZLATITUDE": 51.5, "ZLONGITUDE": -0.1}, ("location: 51.5, -0.1",)),
        (59, {}, ("a message of the app's kind '59'",)),
        (0, {}, ()),
        (7, {}, ()),
    ],
)
def test_kinds_become_notes(kind: int, item: dict[str, Any], notes: tuple[str, ...]) -> None:
    (message,) = one(chat(), media(**item), sent("x", ZMESSAGETYPE=kind, ZMEDIAITEM=7)).messages
    assert message.notes == notes
    assert message.kind is Kind.WRITTEN


@pytest.mark.parametrize("kind", [6, 10])
def test_the_app_s_lines_are_nobody_s(kind: int) -> None:
    (message,) = one(chat(), sent("x", ZMESSAGETYPE=kind)).messages
    assert (message.kind, message.sender) == (Kind.NOTICE, None)


@pytest.mark.parametrize("value", [None, 0, "soon", 1e300, -1e18])
def test_no_time(value: object) -> None:
    (message,) = one(chat(), sent(ZMESSAGEDATE=value)).messages
    assert (message.at, message.certainty) == (None, Certainty.NONE)


def test_an_older_database_without_some_columns_and_tables() -> None:
    schema = (
        "CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);"
        "CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZISFROMME INTEGER, "
        "ZMESSAGEDATE TIMESTAMP, ZMESSAGETYPE INTEGER, ZTEXT VARCHAR, ZFROMJID VARCHAR);"
    )
    (conversation,) = read_bytes(READER, storage([chat(), sent()], schema))
    assert texts(conversation) == ["hey"]
    assert conversation.participants[0].name == "Jess"


def test_a_database_without_what_its_format_should_have() -> None:
    schema = "CREATE TABLE ZWACHATSESSION (Z_PK INTEGER); CREATE TABLE ZWAMESSAGE (Z_PK INTEGER);"
    with pytest.raises(ReadError, match="no table ZWACHATSESSION as its format should"):
        read_bytes(READER, storage([], schema))


def test_half_a_database_is_refused() -> None:
    whole = story()
    with pytest.raises(ReadError, match="damaged or only half there"):
        read_bytes(READER, whole[: len(whole) * 3 // 4])


def test_a_row_said_to_be_larger_than_any_memory_is_refused() -> None:
    """Found by `make fuzz`: SQLite then reports that its memory does not suffice, which is no sqlite3.Error."""
    at = {0: "53514c69746520666f726d61742033", 16: "02", 21: "402020", 100: "05", 104: "01"}
    at |= {112: "01fb", 510: "05", 2048: "0d", 2052: "02", 2056: "015d"}
    at |= {2397: "ffffffffffffffff52", 2407: "20", 2412: "20"}
    raw = bytearray(2560)
    for place, there in at.items():
        raw[place : place + len(there) // 2] = bytes.fromhex(there)
    with pytest.raises(ReadError, match="damaged or only half there"):
        read_bytes(READER, bytes(raw) + b"ZWAMESSAGE ZWACHATSESSION")


def test_other_databases_are_not_recognised() -> None:
    raw = storage([], "CREATE TABLE message (ROWID INTEGER PRIMARY KEY);")
    (document,) = given_export("x", raw).documents.values()
    assert not READER.recognises(document)
