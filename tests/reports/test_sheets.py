"""Forms, guides and notices: every case gets whole ones, filled in with what is certain, and never asks for a picture."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings

from tests.reports.making import NOON, SAMPLE, case_of, fields, sample_case, strings, words
from tests.shared import shared
from throwline.case import Age, Answers, Case, PaidBy, Pictures, Reply, Role, make_case
from throwline.conversation import Hints, read_given
from throwline.reports import KINDS, ReportError, document_html, document_text, report
from throwline.reports._fills import FILLS, PAYMENT_FILLS
from throwline.reports._gist import Gist, length

SHEETS = (
    "ic3",
    "cybertip-public",
    "takeitdown",
    "stopncii",
    "reportremove",
    "takedown-notice",
    "handover",
)
GUIDES = ("takeitdown", "stopncii", "reportremove")
ANSWERS = [
    Answers(age_in_picture=age, i_am=role, country=country, pictures_state=pictures)
    for age, role, country, pictures in product(Age, Role, (None, "US", "GB", "AD"), Pictures)
]


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("throwline.reports") / "kinds" / f"{name}.toml").read_text("utf-8"))


def said(name: str, case: Case) -> str:
    return " ".join(strings(report(name, case)))


@pytest.mark.parametrize("name", SHEETS)
def test_every_entry_rests_on_a_source_that_is_given(name: str) -> None:
    sheet = table(name)
    used = set()
    for section in sheet["section"]:
        entries = [e for kind in ("text", "point", "field") for e in section.get(kind, ())]
        for entry in entries:
            by = entry.get("by", section.get("by"))
            assert by, (section["title"], entry)
            used |= set(by)
    assert used == set(sheet["sources"])


@pytest.mark.parametrize("name", SHEETS)
def test_every_key_of_a_file_is_understood(name: str) -> None:
    known = {"name", "fill", "value", "longest", "limit", "note", "by", "when", "text"}
    for section in table(name)["section"]:
        assert section.keys() <= {
            "title", "by", "when", "each", "slip", "numbered", "text", "point", "field",
        }  # fmt: skip
        for entry in (e for kind in ("text", "point", "field") for e in section.get(kind, ())):
            assert entry.keys() <= known, entry
            assert entry.get("fill", "role") in {*FILLS, *PAYMENT_FILLS}, entry
            assert entry.get("when", {}).keys() <= set(Answers.__slots__), entry


def test_every_fill_is_used() -> None:
    used = {
        entry.get("fill")
        for name in SHEETS
        for section in table(name)["section"]
        for entry in section.get("field", ())
    }
    assert {*FILLS, *PAYMENT_FILLS} <= used


def test_every_case_gets_its_reports_and_is_told_which_fit_instead() -> None:
    for answers in ANSWERS:
        case = case_of("Kim: hello\nSam: hi\n", answers)
        reasons = {name: kind.unfit(case) for name, kind in KINDS.items()}
        made = {name: report(name, case) for name, reason in reasons.items() if reason is None}
        assert {"police", "ic3", "platform", "handover", "loss-log"} <= made.keys(), answers
        assert all(document_text(document).strip() for document in made.values())
        for reason in filter(None, reasons.values()):
            named = re.findall(r"[\w-]+", reason)
            assert made.keys() & set(named), (answers, reason)
        removal = {
            Age.UNDER_18: {"takeitdown"},
            Age.ADULT: {"stopncii"},
            Age.UNKNOWN: {"takeitdown", "stopncii"},
        }
        assert made.keys() & {"takeitdown", "stopncii"} == removal[answers.age_in_picture]


ASKS = re.compile(
    r"(?<!not )(?<!never )\b(?:send|show|forward|give|copy|upload|attach|move|share)s?"
    r" (?:me |us |them |it |the |that |a |your )*(?:picture|photo|video|image)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", [name for name in KINDS if name != "reportremove"])
@pytest.mark.parametrize("age", [Age.UNDER_18, Age.UNKNOWN])
@pytest.mark.parametrize("role", Role)
def test_no_report_asks_for_a_picture(name: str, age: Age, role: Role) -> None:
    case = case_of("Kim: hello\nSam: hi\n", Answers(age_in_picture=age, i_am=role, country="US"))
    if KINDS[name].unfit(case) is None:
        text = said(name, case)
        # What others do or threaten is no request.
        text = re.sub(r"threatens? to \w+ \w+|[Tt]hreats to share private", "", text)
        assert not ASKS.search(text), ASKS.search(text)


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_keeps_the_picture_on_its_device_and_says_what_is_needed(name: str) -> None:
    age = Age.ADULT if name == "stopncii" else Age.UNDER_18
    document = report(
        name, sample_case(Answers(age_in_picture=age, i_am=Role.PARENT, country="GB"))
    )
    titles = [section.title for section in document.sections]
    assert titles.index("What you need before you start") < titles.index("Step by step")
    text = " ".join(strings(document))
    assert re.search(r"(?i)do not move the picture|that the picture was taken on", text)
    assert re.search(r"[Dd]o not ask|never looks at the picture", text)


@pytest.mark.parametrize("name", GUIDES)
def test_the_slip_for_the_number_names_nothing(name: str) -> None:
    age = Age.ADULT if name == "stopncii" else Age.UNDER_18
    document = report(name, sample_case(Answers(age_in_picture=age)))
    (slip,) = (section for section in document.sections if section.slip)
    told = " ".join([slip.title, *fields(type(document)("", "", (slip,)))])
    assert not re.search(r"take|stop|remove|picture|report", told, re.IGNORECASE)
    assert fields(document)["Number"].value is None
    assert 'class="slip"' in document_html(document)


def test_report_remove_is_said_to_be_the_one_place_that_takes_the_picture() -> None:
    text = said("reportremove", sample_case(Answers(country="GB", age_in_picture=Age.UNDER_18)))
    assert "the young person sends the picture itself to the IWF" in text
    assert "Take It Down needs no picture to be sent" in text


def test_ic3_follows_the_form() -> None:
    document = report("ic3", sample_case(Answers(country="US", age_in_picture=Age.ADULT)))
    parts = [s.title for s in document.sections if s.title[0].isdigit()]
    assert [p[0] for p in parts] == ["1", "2", "3", "3", "4", "5", "6", "7"]
    known = fields(document)
    assert known["“Were you the one affected in this incident?”"].value == "Yes"
    assert known["“Is the complainant 17 years old or younger?”"].value == "No"
    assert known["“Did you send or lose money in the incident?”"].value == "Yes"
    assert known["“Transaction Type”"].value == "Peer-to-Peer Transfer"
    assert known["“Transaction Date”"].value == "2026-01-17"
    assert known["“Recipient Account Identifier”"].value == "$kellmor"
    assert known["“What was your total loss amount?”"].value is None
    assert known["“Digital Signature”"].value is None
    assert "could not" in document_text(document) or "October 2025" in document_text(document)


def test_ic3_has_a_part_for_each_payment() -> None:
    chat = SAMPLE + "17/01/2026, 23:40 - Robin: ok i sent you $300\n"
    document = report("ic3", case_of(chat, Answers(country="US")))
    payments = [s for s in document.sections if s.title.startswith("3. Payment")]
    assert [s.title for s in payments] == ["3. Payment 1", "3. Payment 2"]
    assert fields(document)["“Transaction Amount”"].value == "300"


@pytest.mark.parametrize(
    ("country", "told", "dollars"),
    [
        ("US", "i sent you $300", "300"),
        ("US", "i sent you 1,250.50 dollars", "1250.50"),
        ("CA", "i sent you $300", None),
        (None, "i sent you $300", None),
        ("GB", "i sent you 300 usd", "300"),
        ("US", "i sent you €300", None),
        ("US", "i sent you 300", None),
    ],
)
def test_dollars_are_filled_in_only_where_they_are_certain(
    country: str | None, told: str, dollars: str | None
) -> None:
    case = case_of(SAMPLE + f"17/01/2026, 23:40 - Robin: ok {told}\n", Answers(country=country))
    assert fields(report("ic3", case))["“Transaction Amount”"].value == dollars


def test_ways_of_paying_that_differ_leave_the_type_open() -> None:
    answers = Answers(paid=Reply.YES, paid_by=frozenset({PaidBy.CRYPTO}))
    case = case_of(SAMPLE, answers)
    assert fields(report("ic3", case))["“Transaction Type”"].value is None


def test_what_only_the_other_side_named_is_in_no_form() -> None:
    chat = (
        SAMPLE + "17/01/2026, 23:40 - Robin: my mail is robin@example.com, call +1 202 555 0143\n"
    )
    case = case_of(chat, Answers(country="US"))
    for name in ("ic3", "cybertip-public", "handover", "platform", "takedown-notice"):
        text = said(name, case)
        assert "robin@example.com" not in text, name
        assert "0143" not in text, name


def test_what_nobody_knows_who_wrote_is_no_field_of_the_subject() -> None:
    chat = "i have your pics\npay or i send them to your mom, mail kim@example.com\n"
    known = fields(report("ic3", case_of(chat, Answers(country="US"))))
    assert known["“Name”"].value is None
    assert known["“Email Address”"].value is None
    technical = known["“Please provide any technical details regarding this incident.”"].value
    assert technical is not None
    assert "kim@example.com (message 1, who wrote it is not known)" in technical


def test_distress_is_told_to_the_helpline_first() -> None:
    document = report("handover", sample_case())
    assert document.sections[0].title == "Safe first"
    value = fields(document)["Harming themselves, or thinking of it"].value
    assert value is not None
    assert "Message 20" in value


def test_the_notice_has_the_four_parts_of_the_law() -> None:
    document = report("takedown-notice", sample_case(Answers(pictures_state=Pictures.SHARED)))
    parts = [section.title for section in document.sections if section.title[0].isdigit()]
    assert parts == [
        "1. What it is, and where",
        "2. Statement in good faith",
        "3. How to reach me",
        "4. Signature",
    ]
    known = fields(document)
    for name in ("Link to each post or picture", "Signature", "Date", "Name", "E-mail or phone"):
        assert known[name].value is None, name
    text = " ".join(strings(document))
    assert "I believe in good faith" in text
    assert "without the consent" in text


@pytest.mark.parametrize("state", [Pictures.THREAT_ONLY, Pictures.NONE_EXIST])
def test_there_is_no_notice_for_what_is_not_posted(state: Pictures) -> None:
    with pytest.raises(ReportError, match="already online"):
        report("takedown-notice", sample_case(Answers(pictures_state=state)))


def test_the_notice_claims_no_threat_that_was_not_recognised() -> None:
    case = case_of("Kim: hello\nSam: hi\n")
    assert fields(report("takedown-notice", case))["Why this can be seen"].value is None


@settings(max_examples=60, deadline=None)
@given(name=words, text=words)
def test_no_value_is_longer_than_its_box(name: str, text: str) -> None:
    line = " ".join(text.split())
    who = " ".join(name.split()).replace(":", "") or "x"
    chat = (
        SAMPLE
        + f"17/01/2026, 23:40 - {who}: i have your pics, $500 now or your mom sees it {line}\n"
    )
    case = case_of(chat.encode("utf-8", "replace").decode())
    limits = {
        field["name"]: field.get("limit") or field.get("longest")
        for section in table("ic3")["section"]
        for field in section.get("field", ())
    }
    for field in fields(report("ic3", case)).values():
        limit = limits[field.name]
        assert field.value is None or limit is None or length(field.value) <= limit


@settings(max_examples=40, deadline=None)
@given(text=words)
def test_a_summary_is_as_long_as_asked_for(text: str) -> None:
    chat = (
        SAMPLE
        + f"17/01/2026, 23:40 - Dana: send $500 or your mom sees it {' '.join(text.split())}\n"
    )
    gist = Gist.of(case_of(chat.encode("utf-8", "replace").decode()))
    for longest in (0, 10, 80, 300, 1000, 3500):
        summary = gist.summary(longest)
        assert summary is not None
        assert length(summary) <= longest


def test_length_is_counted_as_web_forms_do() -> None:
    assert length("abc") == 3
    assert length("👩🏻") == 4
    assert length("a\nb") == 4


def test_the_headers_of_an_e_mail_are_in_the_form() -> None:
    mail = (shared("samples/chat/email") / "synth_sextortion.eml").read_bytes()
    intake = read_given("mail.eml", mail, Hints())
    case = make_case(intake, Answers(country="US"), NOON)
    value = fields(report("ic3", case))[
        "“Please provide any technical details regarding this incident.”"
    ].value
    assert value is not None
    assert "198.51.100.7" in value
    assert "1BoatSLRHtKNngkdXEeobR76b53LETtpyT" in value
