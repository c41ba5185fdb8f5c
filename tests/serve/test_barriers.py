"""The pages of `throwline serve` have no barriers that a program can find, in light and dark, on paper
and from right to left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from throwline.serve import Server

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[1] / "site" / "node_modules" / "axe-core" / "axe.min.js"
TALK = "Kim: i have your pics\nSam: no\nKim: pay me 300 or i post it"
FIRST = ("", "open", "help", "screenshots", "profile", "clean", "fingerprint")
OF_A_CASE = ("", "/locked", "/answers", "/correct", "/report/police")


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("look", ["light", "dark", "print"])
def test_there_are_none(
    browser: Browser, server: Server, look: Literal["light", "dark", "print"], language: str
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not here (tools/system.sh axe)")
    context = browser.new_context(
        viewport={"width": 320, "height": 568},
        color_scheme="dark" if look == "dark" else "light",
    )
    page = context.new_page()
    page.goto(server.start)
    page.wait_for_url("**/")
    origin = page.url.rstrip("/") + language
    for path in FIRST:
        page.goto(f"{origin}/{path}")
        check(page, path, look)
    page.goto(f"{origin}/")
    page.locator("#pasted").fill(TALK)
    page.locator("main form button").click()
    page.wait_for_url("**/case/**")
    case = page.url
    for path in OF_A_CASE:
        page.goto(case + path)
        check(page, path, look)
    context.close()


def check(page: Page, path: str, look: Literal["light", "dark", "print"]) -> None:
    page.emulate_media(media="print" if look == "print" else "screen")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "async () => (await axe.run()).violations.map(v => [v.id, v.nodes[0].html])"
    )
    assert found == [], (path, json.dumps(found, indent=1))
    # An Arabic letter can stand a pixel out of its line.
    assert page.evaluate("document.documentElement.scrollWidth") <= 320 + 1, path
    page.emulate_media(media="screen")
