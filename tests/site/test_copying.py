"""The buttons that copy a value of a form, in a real browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.reports.making import sample_case
from throwline.reports import document_html, report


def test_a_value_of_a_form_is_copied(browser: Browser, tmp_path: Path) -> None:
    sheet = tmp_path / "ic3.html"
    sheet.write_text(document_html(report("ic3", sample_case())), "utf-8")
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(sheet.as_uri())
    row = page.locator(".fields div", has=page.locator(".value")).first
    row.get_by_role("button", name="Copy").click()
    row.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == row.locator(".value").inner_text()
    assert page.locator(".fields .value").count() == page.locator(".copy").count()
    assert not refused
    context.close()


def test_no_button_is_printed(browser: Browser, tmp_path: Path) -> None:
    sheet = tmp_path / "ic3.html"
    sheet.write_text(document_html(report("ic3", sample_case())), "utf-8")
    page = browser.new_page()
    page.goto(sheet.as_uri())
    page.emulate_media(media="print")
    assert not page.locator(".copy").first.is_visible()
    page.close()
