"""The loss log: what messages tell of, lines for the rest, and words to ask for it back."""

from __future__ import annotations

from tests.reports.making import SAMPLE, case_of, fields, sample_case, strings
from throwline.case import Answers, PaidBy, Reply
from throwline.reports import Table, document_text, report


def test_the_payment_that_a_message_tells_of() -> None:
    document = report("loss-log", sample_case())
    told, more = (b for s in document.sections for b in s.blocks if isinstance(b, Table))
    (row,) = told.rows
    assert row[1] == "18"
    assert row[3] == ""
    assert "Cash App $kellmor" in row[4]
    assert len(more.rows) == 6
    assert not any(cell for row in more.rows for cell in row)


def test_the_words_to_ask_are_filled_in_with_what_is_certain() -> None:
    chat = SAMPLE + "17/01/2026, 23:40 - Robin: ok i sent you $300\n"
    asked = fields(report("loss-log", case_of(chat)))["To: Cash App support"].value
    assert asked is not None
    assert "I sent $300 on 17 January 2026 to $kellmor." in asked
    asked = fields(report("loss-log", sample_case()))["To: Cash App support"].value
    assert asked is not None
    assert "I sent [sum] on 17 January 2026" in asked


def test_each_way_of_paying_gets_its_words_and_says_who_advises_it() -> None:
    for way in PaidBy:
        answers = Answers(paid=Reply.YES, paid_by=frozenset({way}))
        document = report("loss-log", case_of("Kim: hello\nSam: hi\n", answers))
        text = " ".join(strings(document))
        assert "Advised by " in text, way
        assert any(name.startswith("To: ") for name in fields(document)), way


def test_without_a_payment_there_are_lines_to_write_on() -> None:
    text = document_text(report("loss-log", case_of("Kim: hello\nSam: hi\n")))
    assert "No message tells of a payment." in text
    assert text.count("Asked back on: ___") == 6
