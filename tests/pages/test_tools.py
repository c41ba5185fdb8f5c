"""The small tools and screenshots read by a page, through the one door that both doors use."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.forms import Field, form
from throwline.fingerprint import DOWNSCALED, Digests, fingerprint_of
from throwline.pages import Pages, Request, Response
from throwline.pages import form as form_html

JPEG = bytes.fromhex("ffd8ffe1000c45786966000041424344ffda0002ffd9")
"""Start, an Exif block of four bytes, an empty scan, end."""


def ask(*fields: tuple[str, Field], path: str) -> Response:
    return Pages().handle(form(path, *fields))


def text(answer: Response) -> str:
    return answer.body.decode()


def test_a_profile_is_told_what_it_gives_away() -> None:
    answer = ask(("written", "call me: +1 212 555 0147, mia.rose@example.com"), path="/profile")
    assert answer.status == 200
    assert "<mark>mia.rose@example.com</mark>" in text(answer)


def test_markup_in_a_profile_stays_text() -> None:
    answer = ask(("written", "<script>alert(1)</script> a@example.com"), path="/profile")
    assert "<script>" not in text(answer)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/profile", "There is no text yet"),
        ("/clean", "There is no picture yet"),
        ("/fingerprint", "There is no picture yet"),
    ],
)
def test_nothing_given_is_said_and_leads_back(path: str, said: str) -> None:
    answer = ask(("x", ""), path=path)
    assert answer.status == 422
    assert said in text(answer)
    assert f'href="{path}"' in text(answer)


def test_what_cannot_be_cleaned_says_why() -> None:
    answer = ask(("picture", ("a.gif", b"GIF89a...")), path="/clean")
    assert answer.status == 422
    assert "The picture was left alone" in text(answer)


def test_a_clean_copy_waits_under_a_name_that_nobody_guesses_until_all_is_removed() -> None:
    pages = Pages()
    answer = pages.handle(form("/clean", ("picture", ("a.jpg", JPEG))))
    place = re.search(r'href="(/clean/[\w-]{22})"', text(answer))
    assert place
    copy = pages.handle(Request("GET", place[1]))
    assert copy.headers["Content-Disposition"] == 'attachment; filename="a.jpg"'
    assert b"Exif" not in copy.body
    pages.handle(Request("POST", "/remove"))
    assert pages.handle(Request("GET", place[1])).status == 404


def test_a_copy_keeps_its_name_in_any_writing() -> None:
    pages = Pages()
    answer = pages.handle(form("/clean", ("picture", ("фото 1.jpg", JPEG))))
    place = re.search(r'href="(/clean/[\w-]{22})"', text(answer))
    assert place
    said = pages.handle(Request("GET", place[1])).headers["Content-Disposition"]
    assert said == "attachment; filename*=UTF-8''%D1%84%D0%BE%D1%82%D0%BE%201.jpg"


def test_a_code_is_made_of_the_pixels_that_the_page_gives() -> None:
    pixels = bytes(range(256)) * 16  # 32 x 32, four bytes each
    picture = b"the file of the picture"
    answer = ask(
        ("picture", ("a.jpg", picture)),
        ("pixels", pixels),
        ("columns", "32"),
        ("rows", "32"),
        ("scaled", "yes"),
        path="/fingerprint",
    )
    file = Digests(
        hashlib.sha256(picture).hexdigest(), hashlib.md5(picture).hexdigest(), len(picture)
    )
    code = fingerprint_of(file, pixels, 32, 32, DOWNSCALED)
    for value in (code.pdq, code.sha256, code.md5, DOWNSCALED):
        assert value in text(answer)


@pytest.mark.parametrize(
    "size", [("32", "31"), ("x", "32"), ("4096", "4096"), ("-1", "0"), ("", "")]
)
def test_pixels_that_do_not_fit_their_size_are_refused(size: tuple[str, str]) -> None:
    answer = ask(
        ("picture", ("a.jpg", b"x")),
        ("pixels", bytes(32 * 32 * 4)),
        ("columns", size[0]),
        ("rows", size[1]),
        path="/fingerprint",
    )
    assert answer.status == 422


def _screen() -> list[tuple[str, Field]]:
    """A white page of 400 x 800 with two grey bubbles, and the lines on them."""
    columns, rows = 400, 800
    page = [[b"\xff\xff\xff"] * columns for _ in range(rows)]
    for left, top in ((20, 200), (180, 300)):
        for y in range(top, top + 50):
            page[y][left : left + 200] = [b"\xdd\xe5\xee"] * 200
    areas = {
        "Kim": (165, 15, 225, 49),
        "pay me": (30, 210, 120, 240),
        "no": (195, 310, 235, 340),
    }
    lines = [
        {
            "area": dict(zip(("left", "top", "right", "bottom"), area, strict=True)),
            "dotted": 0,
            "readings": [[[word, 0.95] for word in text.split()]],
        }
        for text, area in areas.items()
    ]
    return [
        ("pictures", ("screen.png", b"the file")),
        ("lines-0", json.dumps(lines)),
        ("pixels-0", b"".join(b"".join(row) for row in page)),
        ("columns-0", str(columns)),
        ("rows-0", str(rows)),
    ]


def test_lines_that_the_page_read_become_messages_to_put_right() -> None:
    pages = Pages()
    answer = pages.handle(form("/screenshots", *_screen()))
    assert answer.status == 303
    shown = text(pages.handle(Request("GET", answer.headers["Location"])))
    assert "Is this what was written?" in shown
    assert "pay me</textarea>" in shown
    assert hashlib.sha256(b"the file").hexdigest() not in shown


@pytest.mark.parametrize("broken", ["lines-0", "pixels-0", "columns-0", "rows-0"])
def test_a_screenshot_without_its_parts_is_a_damaged_form(broken: str) -> None:
    fields = [(name, b"?" if name == broken else value) for name, value in _screen()]
    assert Pages().handle(form("/screenshots", *fields)).status == 400


def test_screenshots_of_a_door_that_cannot_read_them_lead_nowhere() -> None:
    fields = [field for field in _screen() if field[0] == "pictures"]
    assert Pages().handle(form("/screenshots", *fields)).status == 404


def test_a_case_can_be_packed_for_sealing() -> None:
    pages = Pages(seals=True)
    place = pages.handle(form("/case", ("pasted", "Kim: pay me 300 or i post your pics\nSam: no")))
    shown = text(pages.handle(Request("GET", place.headers["Location"])))
    assert 'minlength="12"' in shown
    packed = pages.handle(Request("GET", f"{place.headers['Location']}/case.tar"))
    with tarfile.open(fileobj=io.BytesIO(packed.body)) as archive:
        assert {"case/case.json", "case/evidence/bagit.txt"} <= set(archive.getnames())


@pytest.mark.parametrize("name", ["chat", "screenshots", "profile", "clean", "fingerprint"])
def test_a_form_stands_alone_and_sends_nothing_by_itself(name: str) -> None:
    html = form_html(name)
    assert html.startswith("<form")
    assert 'autocomplete="off"' in html
    assert "<script" not in html
    assert " on" not in re.sub(r'"[^"]*"', '""', re.sub(r">[^<]*<", "><", html))


@given(st.sampled_from(["/profile", "/clean", "/fingerprint", "/screenshots"]), st.binary())
def test_whatever_arrives_is_answered(path: str, body: bytes) -> None:
    request = Request("POST", path, "multipart/form-data; boundary=b", body)
    assert Pages().handle(request).status in (400, 404, 422)
