"""A copy of the site on the phone: only where it is asked for, whole without a connection, and gone when it is removed."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site.conftest import hosted
from tests.site.html import read
from tests.site.test_in_a_browser import KEPT, NOTHING, PHONE
from throwline.language import gettext, language_for, languages, speaking
from throwline.site import address, build, pages

UPDATED = """async (name) => {
    await (await navigator.serviceWorker.ready).update();
    while (!(await caches.match(name))) await new Promise((again) => setTimeout(again, 100));
}"""
ON_THIS_PHONE = "The pages are on this phone now. They open with no net."
PAGES = "Keep the pages (3 MB)"


def _parts(site: Path, code: str) -> dict[str, dict[str, str]]:
    """What a worker keeps: part, path, digest."""
    first = (site / "kept" / f"{code}.js").read_text("utf-8").splitlines()[0]
    return json.loads(first.removeprefix("const PARTS = ").removesuffix(";"))  # type: ignore[no-any-return]


def test_every_page_of_the_language_is_in_it_with_all_it_needs(site: Path) -> None:
    for language in languages():
        folder = "" if language.code == "en" else f"{language.code}/"
        kept = _parts(site, language.code)["pages"]
        assert {folder + address(page.name) for page in pages()} < set(kept)
        for path in kept:
            if path.endswith(".html"):
                for tag, attributes in read(site / path).tags:
                    needed = attributes.get("src") or attributes.get("href", "")
                    if tag in ("script", "link") and needed != "data:,":
                        assert needed.removeprefix("../") in kept


@pytest.mark.parametrize("part", ["pages", "tools"])
def test_it_takes_no_more_room_than_its_button_says(part: str, equipped: Path) -> None:
    for language in languages():
        kept = _parts(equipped, language.code)
        said = {"pages": 3_000_000, "tools": 35_000_000}[part]
        weighed = [*kept["pages"], *(kept["tools"] if part == "tools" else ())]
        assert sum((equipped / path).stat().st_size for path in weighed) <= said, language.code


def test_the_tools_of_a_language_are_in_it_and_no_other(equipped: Path) -> None:
    spanish = _parts(equipped, "es")["tools"]
    assert {"engine/language/es.mo", "engine/reader/es.data", "engine/worker.js"} <= set(spanish)
    hindi = _parts(equipped, "hi")["tools"]
    assert {"engine/language/hi.mo", "engine/reader/en.data"} <= set(hindi)
    for kept in (spanish, hindi):
        assert sum(path.endswith(".mo") for path in kept) == 1
        # Its own and three more, for the accents of names.
        assert sum(path.endswith(".data") for path in kept) == 4
        assert not [path for path in kept if path.endswith((".br", ".gz"))]


def test_another_site_changes_the_list_and_the_same_does_not(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "throwline.site._build.ASSETS", ("exit.js", "look.css", "copy.js", "tool.js")
    )
    build(tmp_path / "other")
    before, after = _parts(site, "en")["pages"], _parts(tmp_path / "other", "en")["pages"]
    assert set(after) - set(before) == {"tool.js"}
    assert before.items() <= after.items()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(30_000)
    yield context
    context.close()


def _keep(page: Page, button: str = PAGES) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status")).to_contain_text("on this phone now", timeout=60_000)


@pytest.mark.browser
def test_nothing_is_kept_before_the_tap(context: BrowserContext, origin: str) -> None:
    page = context.new_page()
    page.goto(origin)
    page.goto(origin + address("copy"))
    expect(page.get_by_role("button", name=PAGES)).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("There is no copy on this phone.")
    expect(page.get_by_role("button", name="Remove everything")).to_be_hidden()
    expect(page.get_by_role("button", name="tools")).to_have_count(0)
    assert page.evaluate(KEPT) == NOTHING


@pytest.mark.browser
def test_a_copy_opens_with_no_net_and_can_be_removed(context: BrowserContext, site: Path) -> None:
    problems: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: problems.append(message.text))
    with hosted(site) as origin:
        page.goto(origin + address("copy"))
        _keep(page)
        assert problems == []
    # The host is gone, and so is the net.
    context.set_offline(True)
    for start in (
        origin,
        origin + address("help"),
        origin + address("first").removesuffix(".html"),
    ):
        page.goto(start)
        expect(page.locator("h1")).to_be_visible()
    page.get_by_role("link", name="They say they will show a picture of me").click()
    page.get_by_role("link", name="Under 18", exact=True).click()
    page.get_by_role("link", name="No, or not sure").click()
    expect(page.get_by_role("heading", name="What to do, step by step")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.leave')).fontWeight") == "600"
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_role("heading", name="This page is not here")).to_be_visible()
    page.goto(origin + address("copy"))
    expect(page.get_by_role("status")).to_contain_text("The pages are on this phone now")
    expect(page.get_by_role("button", name=PAGES)).to_be_hidden()
    page.get_by_role("button", name="Remove everything").click()
    expect(page.get_by_role("status")).to_contain_text("Everything is removed")
    assert page.evaluate(KEPT) == NOTHING
    expect(page.get_by_role("button", name=PAGES)).to_be_visible()


@pytest.mark.browser
def test_while_it_is_made_everything_can_be_removed(context: BrowserContext, site: Path) -> None:
    """The host holds one page back, so that the copy stands still in the middle."""
    held = threading.Event()
    page = context.new_page()
    with hosted(site, held={f"/{address('help')}": held}) as origin:
        page.goto(origin + address("copy"))
        page.get_by_role("button", name=PAGES).click()
        expect(page.get_by_role("status")).to_contain_text("files are here")
        expect(page.get_by_role("button", name=PAGES)).to_be_hidden()
        page.get_by_role("button", name="Remove everything").click()
        expect(page.get_by_role("status")).to_contain_text("Everything is removed")
        assert page.evaluate(KEPT) == NOTHING
        held.set()
        page.wait_for_timeout(500)
        assert page.evaluate(KEPT) == NOTHING
    expect(page.get_by_role("button", name=PAGES)).to_be_visible()


@pytest.mark.browser
def test_a_copy_that_was_cut_off_is_finished_when_its_page_is_opened_again(
    context: BrowserContext, origin: str
) -> None:
    page = context.new_page()
    page.goto(origin + address("copy"))
    _keep(page)
    lost = page.evaluate(
        """async () => {
            const cache = await caches.open("pages");
            const some = (await cache.keys()).slice(20, 90);
            for (const key of some) await cache.delete(key);
            return some.length;
        }"""
    )
    assert lost == 70
    page.close()
    again = context.new_page()
    again.goto(origin + address("copy"))
    expect(again.get_by_role("status")).to_contain_text("on this phone now", timeout=60_000)
    kept = again.evaluate("async () => (await (await caches.open('pages')).keys()).length")
    assert kept >= len(pages())


@pytest.mark.browser
def test_another_language_takes_its_place(context: BrowserContext, origin: str) -> None:
    page = context.new_page()
    page.goto(origin + address("copy"))
    _keep(page)
    page.goto(f"{origin}es/{address('copy')}")
    page.locator("#copy button").first.click()
    expect(page.locator("#remove")).to_be_visible(timeout=60_000)
    with speaking(language_for("es")):
        expect(page.locator("#status")).to_have_text(gettext(ON_THIS_PHONE), timeout=60_000)
    names = page.evaluate(
        "async () => (await (await caches.open('pages')).keys()).map(({ url }) => new URL(url).pathname)"
    )
    assert f"/es/{address('help')}" in names
    assert f"/{address('help')}" not in names
    assert page.evaluate(KEPT)[0] == 1


@pytest.mark.browser
def test_a_site_built_anew_brings_the_copy_up_to_date(
    context: BrowserContext, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site")
    page = context.new_page()
    help_page = tmp_path / "site" / address("help")
    worker = tmp_path / "site" / "kept" / "en.js"
    with hosted(tmp_path / "site") as origin:
        page.goto(origin + address("copy"))
        _keep(page)
        help_page.write_text(help_page.read_text("utf-8").replace("<h1>", "<h1>Today: "), "utf-8")
        digest = _parts(tmp_path / "site", "en")["pages"][address("help")]
        worker.write_text(worker.read_text("utf-8").replace(digest, "00000000"), "utf-8")
        page.evaluate(UPDATED, f"{origin}{address('help')}?00000000")
    page.goto(origin + address("help"))
    expect(page.locator("h1")).to_contain_text("Today: ")


@pytest.mark.browser
def test_what_cannot_be_copied_is_said_and_nothing_stays(
    context: BrowserContext, site: Path, tmp_path: Path
) -> None:
    """A line that breaks off, and a phone that is full, end alike."""
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site" / address("help")).unlink()
    page = context.new_page()
    with hosted(tmp_path / "site") as origin:
        page.goto(origin + address("copy"))
        page.get_by_role("button", name=PAGES).click()
        expect(page.get_by_role("status")).to_have_text(
            re.compile("^Not all of it could be copied.*There is no copy on this phone.$")
        )
        assert page.evaluate(KEPT) == NOTHING
        expect(page.get_by_role("button", name=PAGES)).to_be_enabled()


REFUSALS = {
    "no workers": "delete Navigator.prototype.serviceWorker",
    "no room": "delete globalThis.caches",
    "workers refused": "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error())",
    "storage refused": "CacheStorage.prototype.keys = () => Promise.reject(new Error())",
}


@pytest.mark.browser
@pytest.mark.parametrize("how", REFUSALS)
def test_where_the_browser_refuses_the_page_says_what_else_there_is(
    browser: Browser, origin: str, how: str
) -> None:
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(REFUSALS[how])
    page = context.new_page()
    page.goto(origin + address("copy"))
    if how == "workers refused":
        page.get_by_role("button", name=PAGES).click()
    expect(page.get_by_text("This browser keeps no copies here")).to_be_visible()
    expect(page.get_by_role("button", name=PAGES)).to_be_hidden()
    context.close()


@pytest.mark.browser
def test_without_javascript_the_page_says_so(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(origin + address("copy"))
    expect(page.get_by_text("This browser keeps no copies here")).to_be_visible()
    expect(page.get_by_role("button", name=PAGES)).to_be_hidden()
    context.close()


@pytest.mark.browser
def test_the_tools_work_with_no_net_where_they_were_asked_for(
    context: BrowserContext, equipped: Path
) -> None:
    page = context.new_page()
    with hosted(equipped) as origin:
        page.goto(origin + address("copy"))
        _keep(page, "Keep the pages and the tools")
    page.goto(origin + address("check"))
    page.get_by_label("Paste the messages").fill(
        "Kim: i have your pics\nKim: pay me 300 or i post it"
    )
    page.get_by_role("button", name="Look at it now").click()
    expect(page.get_by_role("heading", name="What is happening")).to_be_visible(timeout=60_000)
    page.goto(origin + address("copy"))
    page.get_by_role("button", name="Remove everything").click()
    expect(page.get_by_role("status")).to_contain_text("Everything is removed")
    assert page.evaluate(KEPT) == NOTHING
