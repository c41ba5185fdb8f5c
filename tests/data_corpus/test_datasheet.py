"""The datasheet says what the data say, and the second reading is of conversations that are there."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.data_corpus._rules import REGIONS
from tests.data_corpus.test_conversations import ALL, FOLDER, TABLES

LABELS = {"kind", "pattern", "alarm_by", "offender", "acts"}


def test_the_tables_are_counted_from_the_data() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    assert TABLES["page"](text) == text


def test_a_table_that_is_out_of_date_is_noticed() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    changed = text.replace(f"| {len(ALL)} |", f"| {len(ALL) + 1} |")
    assert changed != text
    assert TABLES["page"](changed) == text


@pytest.mark.parametrize("name", TABLES["READINGS"])
def test_a_second_reading_is_of_conversations_that_are_there(name: str) -> None:
    lengths = {form["id"]: len(form["messages"]) for form in ALL}
    for read in TABLES["second_reading"](name):
        assert read["messages"] == lengths[read["id"]]
        assert set(read["first"]) == set(read["second"]) == LABELS


def test_the_first_draw_is_of_ten_conversations_a_language() -> None:
    languages = Counter(read["id"][:2] for read in TABLES["second_reading"]("second-reading.jsonl"))
    assert languages == dict.fromkeys(REGIONS, 10)


def test_the_later_draw_is_of_sixty_of_the_later_writers() -> None:
    ids = {read["id"] for read in TABLES["second_reading"]("second-reading-train.jsonl")}
    assert len(ids) == 60
    assert {name.split("-")[2][0] for name in ids} <= set("mnopqrs")


def test_the_licence_is_named_where_the_data_lie() -> None:
    notice = (FOLDER / "LICENSE").read_text("utf-8")
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in notice
    assert "CC BY 4.0" in (FOLDER / "README.md").read_text("utf-8")
