"""The datasheet says what the data say, and the second reading is of conversations that are there."""

from __future__ import annotations

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


def test_the_second_reading_is_of_ten_conversations_a_language() -> None:
    lengths = {form["id"]: len(form["messages"]) for form in ALL}
    languages: dict[str, int] = {}
    for read in TABLES["second_reading"]():
        assert read["messages"] == lengths[read["id"]]
        assert set(read["first"]) == set(read["second"]) == LABELS
        languages[read["id"][:2]] = languages.get(read["id"][:2], 0) + 1
    assert set(languages.values()) == {10}
    assert len(languages) == 11


def test_the_licence_is_named_where_the_data_lie() -> None:
    notice = (FOLDER / "LICENSE").read_text("utf-8")
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in notice
    assert "CC BY 4.0" in (FOLDER / "README.md").read_text("utf-8")
