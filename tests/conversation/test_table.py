"""Tables and JSON lines of any make, and the interchange form. The samples are written for this test."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conversation.conformance import check_foreign, check_round_trip, check_shape
from tests.conversation.story import read_bytes
from throwline.conversation import (
    Certainty,
    Columns,
    Conversation,
    DateOrder,
    Hints,
    Medium,
    ReadError,
    read_given,
    read_paths,
)
from throwline.conversation.readers.interchange import Interchange
from throwline.conversation.readers.table import Table

COLUMNS = Columns.told("sender=From,at=Date,text=Body")
READER = Table(COLUMNS)


def chat(content: str, order: DateOrder | None = None) -> Conversation:
    (conversation,) = read_bytes(READER, content, hints=Hints(order, COLUMNS))
    check_shape(READER, conversation)
    check_round_trip(conversation)
    return conversation


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_with_any_delimiter(delimiter: str) -> None:
    rows = [
        ["No", "Date", "From", "Body"],
        ["1", "2023-06-14T21:05:09Z", "Kim", '"send it,\nnow; or | else"'],
        ["2", "2023-06-14 21:06:00.250", "", "no"],
    ]
    conversation = chat("\n".join(delimiter.join(row) for row in rows))
    first, second = conversation.messages
    assert (first.sender and first.sender.name, first.text) == ("Kim", "send it,\nnow; or | else")
    assert (first.at, first.certainty) == (datetime(2023, 6, 14, 21, 5, 9, tzinfo=UTC), "exact")
    assert (second.at, second.certainty) == (datetime(2023, 6, 14, 21, 6, 0, 250000), "local")
    assert second.sender is None
    assert [m.place for m in conversation.messages] == [2, 4]


def test_json_lines_of_any_names() -> None:
    lines = [
        {"From": "Kim", "Date": 1686776709, "Body": "hi"},
        {"From": 5550100, "Date": 1686776710123, "Body": None},
    ]
    first, second = chat("\n".join(json.dumps(line) for line in lines)).messages
    assert first.at == datetime(2023, 6, 14, 21, 5, 9, tzinfo=UTC)
    assert second.at == datetime(2023, 6, 14, 21, 5, 10, 123000, tzinfo=UTC)
    assert (second.sender and second.sender.name, second.text) == ("5550100", "")


def test_the_order_of_day_and_month_is_asked_for_where_it_is_open() -> None:
    content = "From,Date,Body\nKim,03/06/2023 9:05 PM,hi\n"
    open_ = chat(content)
    assert open_.messages[0].certainty is Certainty.ASSUMED
    assert any("day or the month" in gap for gap in open_.gaps)
    settled = chat(content, DateOrder.MONTH_FIRST)
    assert settled.messages[0].at == datetime(2023, 3, 6, 21, 5)
    assert settled.messages[0].certainty is Certainty.LOCAL


def test_only_the_text_must_be_named() -> None:
    (conversation,) = read_given(
        "x.csv", b"a,b\n1,hello\n", Hints(None, Columns("b"))
    ).conversations
    assert [(m.text, m.sender, m.at) for m in conversation.messages] == [("hello", None, None)]


def test_columns_that_are_not_there_are_said(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("From,Date,Text\nKim,2023-06-14 21:05,hi\n")
    with pytest.raises(ReadError, match="No file has the columns Body, From, Date"):
        read_paths([path], Hints(None, COLUMNS), lambda _octets: None)


@pytest.mark.parametrize("words", ["", "text", "text=", "sender=From", "text=a,who=b"])
def test_words_that_name_no_columns(words: str) -> None:
    with pytest.raises(ReadError, match="does not name columns"):
        Columns.told(words)


@pytest.mark.parametrize(
    "raw",
    [b"From,Date,Body\n1,2,3,4\n", b'From,Date,Body\n"1', b'{"From":[],"Date":1,"Body":1}\n', b"{"],
)
def test_bad_tables(raw: bytes) -> None:
    check_foreign(READER, raw)


def test_interchange() -> None:
    lines = [
        {"id": "x1", "platform": "instagram", "messages": [
            {"n": 1, "sender": "kim", "at": "2026-03-02T21:14:05", "text": "hey", "media": "image"},
            {"n": 2, "sender": None, "at": "2026-03-02T21:15:05+01:00", "text": None},
            {"n": 3, "sender": "kim", "at": None, "text": "look"},
        ]},
        {"messages": [{"n": 1, "sender": "dana", "text": "hi"}]},
    ]  # fmt: skip
    content = "\n".join(json.dumps(line) for line in lines)
    first, second = read_bytes(Interchange(), content)
    assert (first.platform, first.thread, first.title) == ("instagram", "x1", "kim")
    assert [m.text for m in first.messages] == ["hey", "", "look"]
    assert [m.certainty for m in first.messages] == ["local", "exact", "none"]
    assert first.messages[1].at == datetime(2026, 3, 2, 20, 15, 5, tzinfo=UTC)
    assert [a.medium for a in first.messages[0].attachments] == [Medium.IMAGE]
    assert [m.place for m in (*first.messages, *second.messages)] == [1, 1, 1, 2]
    for conversation in (first, second):
        check_shape(Interchange(), conversation)
        check_round_trip(conversation)


def test_interchange_of_an_app_whose_name_is_none() -> None:
    line = {"platform": "Not An App!", "messages": [{"n": 1, "sender": "kim", "text": "hi"}]}
    (conversation,) = read_bytes(Interchange(), json.dumps(line))
    assert conversation.platform == "unknown"
