"""The code for another phone: only where the site's address is known, and as a camera reads it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from tests.guidance.readability import grade
from tests.site.html import read
from tests.site.test_in_a_browser import PHONE
from tests.site.test_pages import BUDGET
from throwline.site import SiteError, address, build, pages

AT = "https://notes.example.org/here/"
STEPS = "told/person/threat/under18/no"


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("placed") / "site"
    build(folder, at=AT.rstrip("/"))
    return folder


def test_only_the_first_page_and_the_plans_have_one(placed: Path, site: Path) -> None:
    for page in pages():
        file = placed / address(page.name)
        has_one = "<svg" in file.read_text("utf-8")
        assert has_one == (page.template in ("first.html", "plan.html")), page.name
        assert "<svg" not in (site / address(page.name)).read_text("utf-8")


def test_a_page_stays_small_plain_and_without_anything_inline(placed: Path) -> None:
    needed = sum((placed / name).stat().st_size for name in ("look.css", "exit.js"))
    for name in ("first", STEPS):
        file = placed / address(name)
        assert file.stat().st_size + needed <= BUDGET
        seen = read(file)
        assert not [tag for tag, attributes in seen.tags if "style" in attributes]
    assert grade(read(placed / address("first")).sentences) <= 5


@pytest.mark.parametrize(
    "at",
    ["notes.example.org", "ftp://example.org/", "https://", "https://[::1", "https://e.org/?a=b"],
)
def test_what_is_no_address_is_refused(at: str, tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="is not the address of a site: give it such as https"):
        build(tmp_path / "site", at=at)
    assert not (tmp_path / "site").exists()


@pytest.mark.browser
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("folder", "name"), [("", "first"), ("", STEPS), ("ar/", STEPS)])
def test_a_camera_reads_the_address_of_the_page(
    browser: Browser, placed: Path, folder: str, name: str, look: str
) -> None:
    """Read off the screen by OpenCV's own reader, without JavaScript, in every look."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, color_scheme=look)
    page = context.new_page()
    page.goto((placed / folder / address(name)).as_uri())
    code = page.locator(".square")
    expect(code).to_be_hidden()
    page.locator(".elsewhere summary").click()
    pixels = np.frombuffer(code.screenshot(), np.uint8)
    told, _, _ = cv2.QRCodeDetector().detectAndDecode(cv2.imdecode(pixels, cv2.IMREAD_COLOR))
    assert told == AT + folder + address(name)
    expect(page.locator(".elsewhere bdi")).to_have_text(told.removeprefix("https://"))
    context.close()
