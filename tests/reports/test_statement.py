"""The statement for the police, from the sample and from what could go wrong."""

from __future__ import annotations

import pytest

from tests.reports.making import SAMPLE, case_of, endless_case, fields, sample_case, strings
from throwline.case import Age, Answers, Case, PaidBy, Reply, Role
from throwline.reports import Document, Table, document_html, document_text, report
from throwline.reports._accounts import Side, accounts
from throwline.reports._payments import amount


def statement(case: Case) -> Document:
    return report("police", case)


def tables(document: Document) -> dict[str, Table]:
    return {
        section.title: block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    }


def test_it_tells_the_sample_with_times_and_numbers() -> None:
    text = document_text(statement(sample_case()))
    for told in (
        "There are 22 messages (WhatsApp). All was written on 17 January 2026.",
        "Times as the device showed them, time zone not known.",
        "At 23:10 (message 10) Dana says they have pictures or a recording: “ok so i saved your pics",
        "At 23:20 (message 18) Robin says money was sent.",
        "SHA-256: 8d4db211f96bf6e8a8d2fa58bb55e3067ee8f7e0b3bb7ca9f03d1ea9c30c972f",
    ):
        assert told in text, told


def test_every_cited_message_is_in_the_table_as_it_was() -> None:
    case = sample_case()
    rows = tables(statement(case))["Messages cited"].rows
    cited = case.reads[0].cited()
    assert [row[0] for row in rows] == [str(message.number) for message in cited]
    assert [row[3] for row in rows] == [message.text for message in cited]


def test_what_only_a_person_knows_is_left_blank() -> None:
    known = fields(statement(sample_case(Answers(country="GB", i_am=Role.PARENT))))
    for name in ("Full name", "Date of birth", "Signature", "Total sent", "Link to the profile"):
        assert known[name].value is None, name
    assert known["Country"].value == "United Kingdom"
    assert known["I am"].value == "A parent or carer of the person who is threatened"
    assert known["Name shown"].value == "Dana"


def test_what_the_other_side_wrote_is_not_repeated_in_the_narrative() -> None:
    document = statement(sample_case())
    happened = next(s for s in document.sections if s.title.startswith("What happened"))
    told = " ".join(strings(Document("", "", (happened,))))
    assert "i can't do this anymore" not in told
    assert "Robin says how bad it feels." in told


def test_accounts_are_marked_by_who_named_them() -> None:
    chat = SAMPLE + (
        "17/01/2026, 23:32 - Robin: my own paypal is robin@example.com\n"
        "17/01/2026, 23:33 - Dana: use dana@example.com on paypal\n"
        "17/01/2026, 23:34 - Robin: so cashapp $kellmor ?\n"
    )
    sides = {account.value: account.side for account in accounts(case_of(chat).reads[0])}
    assert sides["robin@example.com"] is Side.OTHERS
    assert sides["dana@example.com"] is Side.OFFENDER
    assert sides["$kellmor"] is Side.BOTH


def test_in_a_paste_without_names_nobody_is_accused() -> None:
    chat = "i have your pics\nsend $300 to cashapp $kellmor or i send them to your mom\n"
    document = statement(case_of(chat))
    text = document_text(document)
    assert "the text does not say who" in text.casefold()
    assert fields(document)["Name shown"].value is None
    assert all(
        row[3] == "not known" for row in tables(document)["Accounts, numbers and links"].rows
    )


def test_the_owner_of_the_export_is_never_the_one_who_does_it() -> None:
    case = sample_case()
    assert fields(statement(case))["Name shown"].value == "Dana"


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("i sent $80", "$80"),
        ("sent 80 dollars", "80 dollars"),
        ("paid 1,500.50 usd now", "1,500.50 usd"),
        ("R$ 300 enviados", "R$ 300"),
        ("sent you 80€!", "80€"),
        ("0.5 btc sent", "0.5 btc"),
        ("rs 500 bhej diya", "rs 500"),
        # Which of two, or how much in which money, is for the person to say.
        ("i sent you 80. that is all i have", None),
        ("sent $50 of the $500", None),
        ("at 5pm sent 80€", None),
        ("paid £1 200", None),
        ("the 3 cards", None),
        ("i paid", None),
        ("$80k", None),
    ],
)
def test_an_amount_is_certain_or_blank(text: str, sum_: str | None) -> None:
    assert amount(text) == sum_


def test_a_payment_names_the_accounts_named_before_it() -> None:
    chat = SAMPLE + "17/01/2026, 23:40 - Dana: or paypal dana@example.com\n"
    (row,) = tables(statement(case_of(chat)))["Money that was sent"].rows
    assert row[1:5] == ("18", "i sent you 80. that is all i have", "", "Cash App $kellmor")


def test_a_payment_that_no_message_tells_of_is_asked_for() -> None:
    answers = Answers(paid=Reply.YES, paid_by=frozenset({PaidBy.GIFT_CARD}))
    text = document_text(statement(case_of("Kim: hello\nSam: hi\n", answers)))
    assert "money was sent (gift card)" in text


def test_nothing_recognised_leaves_room_for_ones_own_words() -> None:
    document = statement(case_of("Kim: hello\nSam: hi\n"))
    assert "recognised no threat" in document_text(document)
    assert fields(document)["What I want to add in my own words"].value is None


def test_a_number_alone_is_no_threat() -> None:
    text = document_text(statement(case_of("Kim: my paypal is kim@example.com\nSam: thanks\n")))
    assert "recognised no threat" in text
    assert "The sentences above" not in text


def test_a_picture_of_a_minor_is_not_to_be_copied() -> None:
    minor = document_text(statement(sample_case(Answers(age_in_picture=Age.UNDER_18))))
    assert "must not be copied, sent or printed by anybody" in minor
    adult = document_text(statement(sample_case(Answers(age_in_picture=Age.ADULT))))
    assert "under 18" not in adult


def test_ten_thousand_cited_messages() -> None:
    document = statement(endless_case())
    assert len(tables(document)["Messages cited"].rows) >= 10_000
    happened = next(s for s in document.sections if s.title.startswith("What happened"))
    assert len(document_text(Document("", "", (happened,)))) < 20_000
    assert document_html(document).count("<tr>") > 10_000


def test_one_endless_message_is_cut_and_says_so() -> None:
    case = case_of(SAMPLE + "17/01/2026, 23:40 - Dana: i will post your pics " + "word " * 2_000)
    rows = tables(statement(case))["Messages cited"].rows
    assert max(len(row[3]) for row in rows) < 2_100
    assert any("the evidence holds the other" in row[3] for row in rows)
