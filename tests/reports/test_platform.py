"""The report to an app: fits its box, says what is needed, and nothing about the person it happens to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.reports.making import SAMPLE, case_of, fields, sample_case, strings, words
from throwline.case import Age, Answers, Case, Role
from throwline.guidance import platforms
from throwline.reports import platform_report
from throwline.reports._gist import length

BIG = "For a box of up to 1,000 characters"
SMALL = "For a small box (up to 300 characters)"


def boxes(case: Case, name: str | None = None) -> tuple[str, str]:
    known = fields(platform_report(case, name))
    big, small = (field.value for field in known.values())
    assert big is not None
    assert small is not None
    return big, small


def test_the_threat_and_its_price_come_first_into_the_small_box() -> None:
    big, small = boxes(sample_case())
    assert "“send 500 dollars on cashapp $kellmor" in big
    assert "threatens to show it to others" in small
    assert small.startswith("I report sextortion by the account Dana.")
    assert small.endswith("stop it from reaching others.")


def test_nothing_of_the_other_side_is_in_it() -> None:
    case = sample_case()
    for box in boxes(case):
        assert "Robin" not in box
        assert "how bad it feels" not in box


def test_an_assumed_length_is_said_to_be_one() -> None:
    document = platform_report(sample_case(), "discord")
    assert fields(document)[BIG].note.startswith("How much the box takes is not known")


def test_a_known_length_names_its_source() -> None:
    document = platform_report(sample_case(), "Telegram")
    (note,) = (f.note for n, f in fields(document).items() if "5,000" in n)
    assert "Source: " in note


def test_in_another_app_the_account_is_not_claimed_to_be_the_same() -> None:
    big, _ = boxes(sample_case(), "instagram")
    assert big.startswith("I report sextortion. In WhatsApp the account calls itself Dana.")
    big, _ = boxes(sample_case(), "wa")
    assert big.startswith("I report sextortion by the account Dana.")


def test_age_and_role_are_said_where_they_matter() -> None:
    big, small = boxes(sample_case(Answers(age_in_picture=Age.UNDER_18, i_am=Role.HELPER)))
    for box in (big, small):
        assert "under 18 when it was taken" in box
        assert "for the person it happens to" in box


@pytest.mark.parametrize("name", [p.identifier for p in platforms()])
def test_every_app_is_told_where_with_sources(name: str) -> None:
    document = platform_report(sample_case(), name)
    (where,) = (s for s in document.sections if s.title == "Where to report it")
    told = strings(type(document)("", "", (where,)))[3:]
    assert told
    assert all("looked at 20" in line for line in told)


def test_an_app_that_nobody_looked_up_gets_a_report_too() -> None:
    document = platform_report(sample_case(), "Chatterbox <9>")
    assert document.title == "Report to Chatterbox <9>"
    assert "not among those" in " ".join(strings(document))
    assert platform_report(case_of("Kim: hi\nSam: yo\n")).title == "Report to the app or site"


@pytest.mark.parametrize(
    "chat",
    [
        "Kim: hello\nSam: hi\n",
        "Kim: my paypal is kim@example.com\nSam: thanks\n",
        "Kim: lets go on in telegram, add me\nSam: ok\n",
    ],
)
def test_nobody_is_reported_without_a_threat(chat: str) -> None:
    known = fields(platform_report(case_of(chat)))
    assert {field.value for field in known.values()} == {None}


@pytest.mark.parametrize("name", ["x" * 400, "word " * 80, "ا" * 300])
def test_a_long_name_leaves_room_for_what_was_done(name: str) -> None:
    answers = Answers(age_in_picture=Age.UNDER_18, i_am=Role.HELPER)
    case = case_of(SAMPLE.replace("Dana", name.strip()), answers)
    for box, longest in zip(boxes(case), (1000, 300), strict=True):
        assert length(box) <= longest
        assert box.endswith("stop it from reaching others.")
    assert "threatens to show it to others" in boxes(case)[0]


@settings(max_examples=60, deadline=None)
@given(name=words, text=words)
def test_no_text_is_longer_than_its_box(name: str, text: str) -> None:
    who = " ".join(name.split()).replace(":", "") or "x"
    chat = SAMPLE.replace("Dana", who) + (
        f"17/01/2026, 23:40 - {who}: send $500 or your mom sees it {' '.join(text.split())}\n"
    )
    answers = Answers(age_in_picture=Age.UNDER_18, i_am=Role.HELPER)
    case = case_of(chat.encode("utf-8", "replace").decode(), answers)
    known = fields(platform_report(case, "telegram"))
    for field, longest in zip(known.values(), (5000, 300), strict=True):
        assert field.value is None or length(field.value) <= longest
