"""The pages in a real browser: the way out, what leaks, the keyboard, small screens, barriers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from throwline.site import address

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 320, "height": 568}
# What a browser holds of a site, and what it holds where nothing was kept.
KEPT = """async () => [(await navigator.serviceWorker.getRegistrations()).length, await caches.keys(),
    localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length]"""
NOTHING = [0, [], 0, 0, "", 0]


class Elsewhere:
    """Stands in for every other site, and counts who asks."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.asked: list[dict[str, Any]] = []
        context.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        if route.request.url.startswith(self.origin):
            route.continue_()
        else:
            request = route.request
            self.asked.append({"url": request.url, "referer": request.headers.get("referer")})
            route.fulfill(body="<title>elsewhere</title>", content_type="text/html")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)
    yield context
    context.close()


@pytest.fixture
def elsewhere(context: BrowserContext, origin: str) -> Elsewhere:
    return Elsewhere(context, origin)


@pytest.fixture
def page(context: BrowserContext, elsewhere: Elsewhere, origin: str) -> Page:
    """A phone that came from a search to the first page and went on to a plan."""
    page = context.new_page()
    page.goto("http://search.example/")
    page.goto(origin)
    elsewhere.asked.clear()
    return page


def _walk_to_a_plan(page: Page) -> None:
    page.get_by_role("link", name="They say they will show a picture of me").click()
    page.get_by_role("link", name="Under 18", exact=True).click()
    page.get_by_role("link", name="No, or not sure").click()
    page.get_by_role("heading", name="What to do, step by step").wait_for()
    page.wait_for_load_state()


def _click(page: Page) -> None:
    page.get_by_role("link", name="Leave now").click()


def _shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def _hidden(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Leave this page now"
    page.keyboard.press("Enter")


@pytest.mark.parametrize("leave", [_click, _shift, _hidden], ids=["button", "shift", "hidden"])
def test_each_way_out_leaves_nothing_behind_the_back_button(
    page: Page, leave: Any, origin: str
) -> None:
    _walk_to_a_plan(page)
    leave(page)
    page.wait_for_url("https://www.wikipedia.org/")
    page.go_back()
    assert page.url == "http://search.example/"
    page.go_forward()
    assert page.url == "https://www.wikipedia.org/"


def test_ones_own_steps_are_one_tap_away_until_one_leaves(page: Page) -> None:
    assert page.get_by_role("link", name="My steps").is_hidden()
    _walk_to_a_plan(page)
    mine = page.url
    page.get_by_role("link", name="Talk to someone").first.click()
    page.get_by_role("link", name="Norway", exact=True).click()
    page.get_by_role("heading", name="Norway").wait_for()
    page.get_by_role("link", name="My steps").click()
    page.wait_for_url(mine)
    _click(page)
    page.wait_for_url("https://www.wikipedia.org/")
    assert page.evaluate("window.name") == ""


@pytest.mark.parametrize("name", ["javascript:alert(1)", "http://second.example/", "x.html"])
def test_a_name_that_another_site_gave_the_tab_leads_nowhere(page: Page, name: str) -> None:
    page.evaluate("name => { window.name = name }", name)
    page.reload()
    assert page.get_by_role("link", name="My steps").is_hidden()


def test_a_jump_within_a_page_leaves_no_trace_either(page: Page, origin: str) -> None:
    page.goto(origin + address("help"))
    page.get_by_role("link", name="U", exact=True).click()
    assert page.url.endswith("#u")
    _click(page)
    page.wait_for_url("https://www.wikipedia.org/")
    page.go_back()
    # The first page was opened by its address, as from a bookmark; the list of countries is gone.
    assert page.url == origin


def test_the_page_is_blank_before_anything_else_is_there(page: Page) -> None:
    """Looked at in the same moment as the third press, long before the other site can answer."""
    boxes = page.evaluate(
        """() => [1, 2, 3].map(() => {
            dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));
            return document.body.getClientRects().length;
        })"""
    )
    assert boxes == [1, 1, 0]


def test_typing_is_no_way_out(page: Page, origin: str) -> None:
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    assert page.evaluate("document.documentElement.hidden") is False
    assert page.url == origin


def test_without_javascript_all_can_be_read_and_left(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    elsewhere = Elsewhere(context, origin)
    page = context.new_page()
    page.goto(origin)
    _walk_to_a_plan(page)
    page.get_by_text("Do not pay", exact=True).click()
    assert page.get_by_text("Not even a small sum").is_visible()
    _click(page)
    page.wait_for_url("https://www.wikipedia.org/")
    assert elsewhere.asked == [{"url": "https://www.wikipedia.org/", "referer": None}]
    context.close()


def test_after_leaving_nothing_was_asked_of_another_site_and_nothing_is_kept(
    page: Page, elsewhere: Elsewhere, origin: str
) -> None:
    """That each page by itself does neither, test_barriers.py looks at."""
    _walk_to_a_plan(page)
    _click(page)
    page.wait_for_url("https://www.wikipedia.org/")
    assert elsewhere.asked == [{"url": "https://www.wikipedia.org/", "referer": None}]
    page.goto(origin)
    assert page.evaluate(KEPT) == NOTHING
    assert page.context.cookies() == []


def test_the_first_page_takes_three_requests(context: BrowserContext, origin: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(origin)))
    page.goto(origin)
    assert [url for url in asked if url != "data:,"] == ["", "look.css", "exit.js"]


def test_the_policy_stops_what_could_carry_something_out(page: Page, elsewhere: Elsewhere) -> None:
    page.evaluate(
        """async () => {
            const image = new Image(); image.src = "http://second.example/image";
            navigator.sendBeacon("http://second.example/beacon", "x");
            const script = document.createElement("script"); script.src = "http://second.example/script";
            document.head.append(script);
            await fetch("http://second.example/fetch").catch(() => null);
        }"""
    )
    assert elsewhere.asked == []


def test_another_site_is_not_told_where_a_reader_comes_from(
    page: Page, elsewhere: Elsewhere, origin: str
) -> None:
    page.goto(origin + address("removal"))
    page.get_by_role("link", name="StopNCII").click()
    page.wait_for_url("https://stopncii.org/")
    assert elsewhere.asked == [{"url": "https://stopncii.org/", "referer": None}]
    page.go_back()
    assert page.get_by_role("heading", name="Get it removed").is_visible()


def test_help_and_the_way_out_are_in_the_first_view(page: Page) -> None:
    for link in (
        page.get_by_role("link", name="Leave now"),
        page.get_by_role("link", name="US 988"),
    ):
        box = link.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"]
        assert box["x"] + box["width"] <= PHONE["width"]


def test_a_plan_by_keyboard_alone(page: Page) -> None:
    def tab_to(text: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()").startswith(text):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline == "solid", text
                return
        pytest.fail(f"no way to {text!r} by keyboard")

    tab_to("The picture is already out")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="First, right now").wait_for()
    tab_to("18 or older")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Do you know this person").wait_for()
    tab_to("Yes")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What to do, step by step").wait_for()
    tab_to("Do not pay")
    page.keyboard.press("Enter")
    assert page.get_by_text("Not even a small sum").is_visible()


def test_print_opens_every_step_and_leaves_the_buttons_out(page: Page, origin: str) -> None:
    page.goto(origin + address("told/person/threat/under18/no"))
    page.emulate_media(media="print")
    assert page.get_by_text("Not even a small sum").is_visible()
    assert page.get_by_role("link", name="Leave now").is_hidden()
