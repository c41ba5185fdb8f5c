"""The turning points and the chart of a long chat in a real browser: in the report's own file, and in the page of the tool."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.reports.cases import case_of, conversation
from tests.site.test_in_a_browser import AXE, PHONE
from throwline.conversation import Participant
from throwline.guidance import plan_for
from throwline.language import language_for, speaking
from throwline.reports import report_html
from throwline.site import address

DESK = {"width": 1280, "height": 800}

pytestmark = pytest.mark.browser

DANA, ME = Participant("Dana"), Participant("Me")
CHAT = (
    *((ME, "hi, how was your day"), (DANA, "good, long day at work")) * 40,
    (DANA, "send me a nude pic please baby"),
    (DANA, "i saved your pics and recorded our video"),
    (DANA, "pay me 500 dollars on cashapp $kellmor or i send it to your mom"),
    (ME, "ok i sent 200 dollars"),
    (DANA, "send 300 more or i post it now"),
)
MARKED = ("The turning points", "From here it is clear", "After money was sent: asks again")


@pytest.fixture(params=["light", "dark", "print"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    look = request.param
    context = browser.new_context(
        viewport=DESK if look == "dark" else PHONE,
        color_scheme="dark" if look == "dark" else "light",
    )
    page = context.new_page()
    page.emulate_media(media="print" if look == "print" else "screen")
    yield page
    context.close()


def _barriers(page: Page) -> Any:
    if not AXE.is_file():
        pytest.skip("axe-core is not here (tools/system.sh axe)")
    page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(
        "async () => (await axe.run()).violations.map(v => [v.id, v.nodes[0].html])"
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_file_of_a_report_has_no_barriers(page: Page, language: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    with speaking(language_for(language)):
        case = case_of(conversation(CHAT))
        file.write_text(report_html(case, plan_for(case)), "utf-8")
    page.goto(file.as_uri())
    expect(page.locator(".chart svg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = _barriers(page)
    assert found == [], json.dumps(found, indent=1)


def test_a_long_chat_is_seen_at_a_glance_in_the_tool(browser: Browser, workshop: str) -> None:
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(60_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(workshop + address("check"))
    written = "\n".join(f"{who.name}: {said}" for who, said in CHAT)
    page.get_by_label("Paste the messages").fill(written)
    page.get_by_role("button", name="Look at it now").click()
    page.get_by_role("heading", name="What is happening").wait_for()
    for text in MARKED:
        expect(page.get_by_text(text).first).to_be_visible()
    drawn = page.get_by_role("img", name="How it went, from message 1 to 85")
    expect(drawn).to_be_visible()
    fills = drawn.locator("rect").evaluate_all("all => all.map(e => getComputedStyle(e).fill)")
    assert len(fills) >= 2
    assert "rgb(0, 0, 0)" not in fills
    page.get_by_text("The chart in words").click()
    expect(page.locator(".chart details p")).to_contain_text("Messages 79 to 81: 1.")
    first = page.locator(".turns a").first
    assert first.bounding_box()["height"] >= 44  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    first.click()
    expect(page.locator(".turning").first).to_be_in_viewport()
    expect(page.get_by_role("heading", name="The turning points")).to_be_attached()
    found = _barriers(page)
    assert found == [], json.dumps(found, indent=1)
    assert problems == []
    context.close()
