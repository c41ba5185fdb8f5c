"""The page as a person meets it, in a real browser on a phone-sized screen."""

from __future__ import annotations

import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from throwline.evidence import verify
from throwline.serve import Server

pytestmark = pytest.mark.browser
SAMPLE = files("throwline") / "sample" / "WhatsApp Chat with Dana.txt"


def look(page: Page) -> None:
    page.get_by_role("button", name="Look at it now").click()
    page.wait_for_load_state("load")


def test_from_a_file_to_a_saved_case(page: Page, tmp_path: Path) -> None:
    page.get_by_label("Choose or drop the chat").set_input_files(str(SAMPLE))
    page.get_by_label("18 or older").check()
    page.get_by_label("Where are you?").select_option("US")
    look(page)
    expect(page.get_by_role("heading", name="What is happening")).to_be_visible()
    expect(page.get_by_text("It is done by “Dana”.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save everything").click()
    download.value.save_as(tmp_path / "case.zip")
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        archive.extractall(tmp_path)
    assert verify(tmp_path / "case" / "evidence").holds


def test_from_pasted_text(page: Page) -> None:
    page.get_by_label("Paste the messages").fill(
        "Kim: i have your pics\nKim: pay me 300 or i post it\nSam: no"
    )
    look(page)
    expect(page.get_by_text("It is done by “Kim”")).to_be_visible()


def test_a_mistake_has_a_way_back(page: Page) -> None:
    look(page)
    expect(page.get_by_text("Nothing was chosen or pasted")).to_be_visible()
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("button", name="Look at it now")).to_be_visible()


def test_nothing_is_asked_of_any_other_place(page: Page, server: Server) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.get_by_label("Choose or drop the chat").set_input_files(str(SAMPLE))
    look(page)
    expect(page.get_by_role("heading", name="What is happening")).to_be_visible()
    assert asked
    assert [url for url in asked if not url.startswith(f"http://{server.hosts[0]}/")] == []


def test_a_person_is_one_tap_away_from_everywhere(page: Page) -> None:
    for address in ("/", "/nowhere"):
        page.goto(page.url.partition("/case")[0].rstrip("/") + address)
        page.get_by_role("link", name="A person to talk to").click()
        expect(page.get_by_text("988 Suicide & Crisis Lifeline")).to_be_visible()
        page.go_back()


def test_it_fits_a_small_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.get_by_label("Choose or drop the chat").set_input_files(str(SAMPLE))
    look(page)
    expect(page.get_by_role("heading", name="What is happening")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320


def test_remove_everything(page: Page) -> None:
    page.get_by_label("Choose or drop the chat").set_input_files(str(SAMPLE))
    look(page)
    address = page.url
    page.get_by_role("button", name="Remove everything").click()
    expect(page.get_by_role("heading", name="Everything is removed")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("This case was removed")).to_be_visible()


def test_without_javascript(browser, server: Server) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.start)
    page.wait_for_url("**/")
    page.get_by_label("Paste the messages").fill(
        "Kim: i have your pics\nKim: pay me 300 or i post it"
    )
    look(page)
    expect(page.get_by_role("heading", name="What is happening")).to_be_visible()
    context.close()


def test_from_screenshots_to_a_corrected_case(  # type: ignore[no-untyped-def]
    browser, server: Server, tmp_path: Path
) -> None:
    """With a real recogniser, and without JavaScript."""
    pytest.importorskip("rapidocr", reason="throwline[screenshots] is not installed")
    from tests.screenshots.drawing import drawn, missing_fonts

    if missing_fonts():
        pytest.skip(f"fonts are missing: {missing_fonts()[:1]}")
    drawing = drawn(
        "telegram", dark=True, width=540, language="fr", part="tuning", seed=0, screens=1
    )
    drawing.screens[0].save(tmp_path / "screen 1.png")
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 568}, accept_downloads=True
    )
    page = context.new_page()
    page.goto(server.start)
    page.wait_for_url("**/")
    page.get_by_role("link", name="You have screenshots?").click()
    page.get_by_label("Choose or drop the screenshots").set_input_files(tmp_path / "screen 1.png")
    page.get_by_label("A parent or carer").check()
    page.get_by_role("button", name="Read them now").click()
    expect(page.get_by_role("heading", name="Is this what was written?")).to_be_visible(
        timeout=60_000
    )
    text = page.get_by_label("What it says").first
    expect(text).to_have_value(str(drawing.lines[0].text))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    text.fill("J'ai tes photos. Paie 300 ou je les envoie à ta mère")
    page.get_by_role("button", name="That is right, go on").click()
    page.get_by_role("link", name="Put right who wrote what").click()
    expect(page.get_by_text(f"First read as: {drawing.lines[0].text}")).to_be_visible()
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save everything").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert not any(b"\x89PNG" in archive.read(name) for name in archive.namelist())
    context.close()
