"""The site in every language on offer: whole, leading on in it, and able to be read by all. English has tests of its own."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.site.html import Seen, read
from tests.site.test_in_a_browser import PHONE
from tests.site.test_pages import ASSETS, BUDGET
from throwline.language import SOURCE, Language, gettext, languages, speaking
from throwline.site import address, pages
from throwline.site._texts import table

OTHERS = [language for language in languages() if language.code != SOURCE]
in_each = pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)


@pytest.fixture(scope="module")
def seen(site: Path) -> dict[str, dict[str, Seen]]:
    return {
        language.code: {
            page.name: read(site / language.code / address(page.name)) for page in pages()
        }
        for language in OTHERS
    }


@in_each
def test_no_link_leads_nowhere(
    language: Language, site: Path, seen: dict[str, dict[str, Seen]]
) -> None:
    for name, page in seen[language.code].items():
        for link in page.links:
            href = link["href"]
            if href.endswith(".html") and not href.startswith("http"):
                assert (site / language.code / href).is_file(), (name, href)
            if href.startswith("#"):
                assert href[1:] in page.ids, (name, href)


@in_each
def test_every_page_leads_to_itself_in_the_other_languages(
    language: Language, seen: dict[str, dict[str, Seen]]
) -> None:
    others = {one.code for one in languages() if one != language}
    for name, page in seen[language.code].items():
        switch = {link["hreflang"]: link for link in page.links if "hreflang" in link}
        assert set(switch) == others, name
        for code, link in switch.items():
            folder = "../" if code == SOURCE else f"../{code}/"
            assert link["href"] == folder + address(name)
            assert link["lang"] == code


@in_each
def test_english_leads_to_it(language: Language, site: Path) -> None:
    for page in pages():
        written = (site / address(page.name)).read_text("utf-8")
        assert f'<a href="{language.code}/{address(page.name)}"' in written, page.name


@in_each
def test_a_page_says_its_language_and_that_it_awaits_a_review(
    language: Language, site: Path, seen: dict[str, dict[str, Seen]]
) -> None:
    with speaking(language):
        waits = gettext("This translation awaits a review by a native speaker.")
    for name, page in seen[language.code].items():
        html = next(attributes for tag, attributes in page.tags if tag == "html")
        assert html == {"lang": language.code, "dir": language.direction}
        written = (site / language.code / address(name)).read_text("utf-8")
        assert (waits in written) is not language.reviewed, name


@in_each
def test_titles_tell_nothing(language: Language, seen: dict[str, dict[str, Seen]]) -> None:
    with speaking(language):
        notes = gettext("Notes")
    for name, page in seen[language.code].items():
        assert re.fullmatch(rf"{notes}(?:\s?: [^\s:]+)?", page.title), (name, page.title)


@in_each
def test_every_page_with_all_it_needs_is_at_most_30_kilobytes_over_the_wire(
    language: Language, site: Path
) -> None:
    needed = sum(len(gzip.compress((site / name).read_bytes())) for name in ASSETS)
    for file in (site / language.code).glob("*.html"):
        assert len(gzip.compress(file.read_bytes())) + needed <= BUDGET, file.name


@in_each
def test_the_way_out_and_help_are_on_every_page(
    language: Language, seen: dict[str, dict[str, Seen]]
) -> None:
    for name, page in seen[language.code].items():
        assert "data-leave" in page.links[0], name
        assert sum("data-leave" in link for link in page.links) == 2, name
        assert sum(link["href"] == address("help") for link in page.links) >= 2, name


@in_each
def test_a_host_shows_the_page_for_what_is_not_there_in_its_language(
    language: Language, site: Path
) -> None:
    lost = f"/{language.code}/404.html"
    assert (site / lost[1:]).is_file()
    nginx = (site / "hosting" / "nginx.conf").read_text()
    assert f"location /{language.code}/ {{ error_page 404 {lost}; }}" in nginx
    caddy = (site / "hosting" / "Caddyfile").read_text()
    assert f"rewrite @{language.code} {lost}" in caddy


@in_each
def test_the_first_page_has_a_line_to_call(
    language: Language, seen: dict[str, dict[str, Seen]]
) -> None:
    assert language.code in table("first")["crisis_in"]
    assert any(link["href"].startswith("tel:") for link in seen[language.code]["first"].links)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)
    yield context
    context.close()


@pytest.mark.browser
@in_each
def test_help_and_the_way_out_are_in_the_first_view(
    language: Language, phone: BrowserContext, origin: str
) -> None:
    page = phone.new_page()
    page.goto(f"{origin}{language.code}/{address('first')}")
    for link in (page.locator("a.leave"), page.locator(".crisis a.button").first):
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["y"] + box["height"] <= PHONE["height"]


@pytest.mark.browser
@in_each
def test_the_way_out_leads_out_and_the_switch_across(
    language: Language, phone: BrowserContext, origin: str
) -> None:
    phone.route("https://**", lambda route: route.fulfill(body="<title>elsewhere</title>"))
    page = phone.new_page()
    page.goto("https://search.example/")
    page.goto(f"{origin}{address('help')}")
    page.locator(f"a[hreflang='{language.code}']").click()
    page.wait_for_url(f"{origin}{language.code}/{address('help')}")
    assert page.evaluate("document.documentElement.dir") == language.direction
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.wikipedia.org/")
    page.go_back()
    assert page.url == "https://search.example/"
