"""What an export leaves open is put right on the page, with what had been read beside it."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

import pytest

from tests.pages.forms import Field, form
from throwline.conversation import Certainty, Conversation
from throwline.pages import Pages, Request, Response

CHAT = (
    "02/03/2026, 21:14 - Kim: i have your pics\n"
    "02/03/2026, 21:15 - Sam: no\n"
    "05/05/2026, 08:00 - Kim: pay me 300 or i post it\n"
)
"""Nothing in it tells whether the day or the month stands first."""


@pytest.fixture
def pages() -> Pages:
    return Pages()


def put(pages: Pages, path: str, *fields: tuple[str, Field]) -> Response:
    return pages.handle(form(path, *fields))


def made(pages: Pages, content: str, name: str = "chat.txt") -> str:
    answer = put(pages, "/case", ("file", (name, content.encode())))
    assert answer.status == 303, answer.body.decode()
    return answer.headers["Location"]


def shown(pages: Pages, path: str) -> str:
    return unescape(pages.handle(Request("GET", path)).body.decode())


def given(page: str) -> dict[str, str]:
    """The form as the page shows it."""
    found = dict(re.findall(r'<input type="(?:hidden|datetime-local)" name="(\S+)" value="(.*?)"', page))  # fmt: skip
    found |= dict(re.findall(r'<textarea name="(\S+)".*?>\n(.*?)</textarea>', page, re.S))
    for name, options in re.findall(r'<select name="(\S+)">(.*?)</select>', page, re.S):
        found[name] = "".join(re.findall(r'value="(\d*)" selected', options))
    return found


def correct(pages: Pages, place: str, part: str = "", **changes: str) -> Response:
    """The form sent back with `changes`, a hyphen written as an underscore in their names."""
    fields = given(shown(pages, f"{place}/correct{part}"))
    fields |= {name.replace("_", "-"): value for name, value in changes.items()}
    return put(pages, f"{place}/correct", *fields.items())


def talk(pages: Pages, place: str) -> Conversation:
    (found,) = pages._kept[place.removeprefix("/case/")].intake.conversations
    return found


def test_only_what_is_open_has_a_field(pages: Pages) -> None:
    place = made(pages, CHAT)
    fields = given(shown(pages, f"{place}/correct"))
    assert set(fields) == {"part", "at-c1-1", "at-c1-2"}
    assert "i have your pics" in shown(pages, f"{place}/correct")


def test_one_time(pages: Pages) -> None:
    place = made(pages, CHAT)
    assert correct(pages, place, at_c1_1="2026-02-03T21:14", by="Ana").headers["Location"] == place
    message, other, _ = talk(pages, place).messages
    assert message.at == datetime(2026, 2, 3, 21, 14)
    assert message.correction is not None
    assert message.correction.by == "Ana"
    assert other.certainty is Certainty.ASSUMED


def test_days_and_months_the_other_way_round_in_the_whole_chat(pages: Pages) -> None:
    place = made(pages, CHAT)
    assert "not 2 March 2026, but 3 February 2026" in shown(pages, f"{place}/correct")
    correct(pages, place, turned_c1="1", by="Ana")
    first, second, third = talk(pages, place).messages
    assert (first.at, second.at) == (datetime(2026, 2, 3, 21, 14), datetime(2026, 2, 3, 21, 15))
    assert third.at == datetime(2026, 5, 5, 8)
    assert {m.certainty for m in (first, second, third)} == {Certainty.LOCAL}
    assert first.correction is not None
    assert first.correction.replaced == (("at", "2026-03-02T21:14:00"),)
    assert third.correction is None
    page = shown(pages, f"{place}/correct")
    assert "First read as: 2026-03-02T21:14:00" in page
    assert "other way round" not in page


def test_a_time_given_for_one_message_is_not_turned(pages: Pages) -> None:
    place = made(pages, CHAT)
    correct(pages, place, at_c1_1="2026-04-05T21:14", turned_c1="1")
    assert talk(pages, place).messages[0].at == datetime(2026, 4, 5, 21, 14)


def test_who_wrote_what_where_nobody_is_named(pages: Pages) -> None:
    answer = put(pages, "/case", ("pasted", "i have your pics\npay me 300 or i post it\nplease no"))
    place = answer.headers["Location"]
    page = shown(pages, f"{place}/correct")
    names = re.findall(r'<option value="\d+">(.*?)</option>', page.partition("</select>")[0])
    assert names[0] == "Me"
    assert len(names) == 2
    correct(pages, place, sender_c1_1="1")
    message = talk(pages, place).messages[0]
    assert message.sender is not None
    assert message.sender.is_owner is False
    assert message.correction is not None
    assert message.correction.replaced == (("sender", None),)


def test_many_messages_are_laid_out_part_by_part(pages: Pages) -> None:
    lines = [f"02/03/2026, 21:{n % 60:02} - Kim: message {n}" for n in range(1, 251)]
    place = made(pages, "\n".join(lines))
    page = shown(pages, f"{place}/correct")
    assert "Part 1 of 3" in page
    assert len(given(page)) == 1 + 100
    answer = correct(pages, place, "/2", at_c1_150="2026-02-03T21:30")
    assert answer.headers["Location"] == f"{place}/correct/3"
    assert talk(pages, place).messages[149].at == datetime(2026, 2, 3, 21, 30)
    assert len(given(shown(pages, f"{place}/correct/3"))) == 1 + 50
    assert correct(pages, place, "/3").headers["Location"] == place


@pytest.mark.parametrize("part", ["0", "2", "x", "-1", "1/1", "²"])
def test_there_is_no_such_part(pages: Pages, part: str) -> None:
    place = made(pages, CHAT)
    assert pages.handle(Request("GET", f"{place}/correct/{part}")).status == 404
    before = talk(pages, place)
    assert correct(pages, place, part=part).status == 400
    assert talk(pages, place) == before


@pytest.mark.parametrize(
    "changes", [{"at_c1_1": "soon"}, {"sender_c1_1": "77"}, {"at_c1_1": "0000-01-01"}]
)
def test_what_cannot_be_taken_changes_nothing(pages: Pages, changes: dict[str, str]) -> None:
    place = made(pages, CHAT)
    before = talk(pages, place)
    assert correct(pages, place, **changes).status == 400
    assert talk(pages, place) == before


def test_what_is_sure_is_not_taken_from_a_form(pages: Pages) -> None:
    place = made(pages, CHAT)
    before = talk(pages, place)
    correct(pages, place, text_c1_1="something else", at_c1_3="2026-02-03T21:14")
    assert talk(pages, place) == before


def test_the_answers_are_those_given_last(pages: Pages) -> None:
    answer = put(pages, "/case", ("file", ("chat.txt", CHAT.encode())), ("country", "US"))
    place = answer.headers["Location"]
    page = shown(pages, f"{place}/answers")
    assert 'value="US" selected' in page
    assert 'value="person" checked' in page
    put(pages, f"{place}/answers", ("country", "GB"), ("i_am", "helper"))
    case = pages._kept[place.removeprefix("/case/")].case
    assert (case.answers.country, case.answers.i_am.value) == ("GB", "helper")


def test_answers_that_are_none(pages: Pages) -> None:
    place = made(pages, CHAT)
    assert put(pages, f"{place}/answers", ("i_am", "nobody")).status == 422


@pytest.mark.parametrize("what", ["correct", "answers", "locked", "nothing"])
def test_a_case_that_is_gone(pages: Pages, what: str) -> None:
    assert put(pages, f"/case/gone/{what}", ("part", "1")).status == 404
