"""A helper's case from one day to the next, in a real browser, and then in the hands of tools that are not ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.evidence.terminal import typed
from tests.serve.running import served
from throwline.evidence import verify
from throwline.serve import Server

pytestmark = pytest.mark.browser
PASSPHRASE = "four plain words ü"
TALK = "Kim: i have your pics\nSam: n0\nKim: pay me 300 or i post it"


def begun(browser: Browser, server: Server) -> Page:
    """A phone, without JavaScript, past the start address."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 568}, accept_downloads=True
    )
    page = context.new_page()
    page.goto(server.start)
    page.wait_for_url("**/")
    return page


def save(page: Page, target: Path, by: str) -> None:
    page.get_by_role("link", name="Save this case locked").click()
    page.get_by_label("Passphrase", exact=False).first.fill(PASSPHRASE)
    page.get_by_label("The same once more").fill(PASSPHRASE)
    page.get_by_label("Who saves it?").fill(by)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    with page.expect_download() as download:
        page.get_by_role("button", name="Lock and save").click()
    assert download.value.suggested_filename == "case.age"
    download.value.save_as(target)


@pytest.mark.skipif(not shutil.which("age"), reason="no age here (apt-get install age)")
def test_saved_opened_corrected_and_saved_again(browser: Browser, tmp_path: Path) -> None:
    with served() as server:
        page = begun(browser, server)
        page.get_by_label("Paste the messages").fill(TALK)
        page.get_by_role("button", name="Look at it now").click()
        save(page, tmp_path / "first.age", "Ana")
        page.context.close()
    with served() as server:
        page = begun(browser, server)
        page.get_by_role("link", name="Open a saved case").click()
        page.get_by_label("The locked file").set_input_files(tmp_path / "first.age")
        page.get_by_label("Its passphrase").fill("four plain words u")
        page.get_by_role("button", name="Open it").click()
        expect(page.get_by_text("This passphrase does not open the file.")).to_be_visible(
            timeout=20_000
        )
        page.get_by_role("link", name="Try again").click()
        page.get_by_label("The locked file").set_input_files(tmp_path / "first.age")
        page.get_by_label("Its passphrase").fill(PASSPHRASE)
        page.get_by_label("Who opens it?").fill("Bo")
        page.get_by_role("button", name="Open it").click()
        expect(page.get_by_text("It is done by “Kim”.")).to_be_visible(timeout=20_000)
        page.get_by_role("link", name="Put right who wrote what").click()
        page.get_by_label("What it says").nth(1).fill("no")
        page.get_by_label("When").nth(1).fill("2026-03-02T21:05")
        page.get_by_label("Who looked it over?").fill("Bo")
        page.get_by_role("button", name="That is right, go on").click()
        page.get_by_role("link", name="Change your answers").click()
        page.get_by_label("I help somebody").check()
        page.get_by_label("Where are you?").select_option("GB")
        page.get_by_role("button", name="That is right, go on").click()
        expect(page.get_by_text("This case was opened again.")).to_be_visible()
        save(page, tmp_path / "second.age", "Bo")
        page.context.close()
    opened_by_others(tmp_path)
    chain = [(entry.who, entry.what) for entry in verify(tmp_path / "case").chain]
    assert chain[2:] == [
        ("Ana", "sealed"),
        ("Bo", "reopened"),
        ("Bo", "bagged"),
        ("Bo", "sealed"),
    ]
    talk = (tmp_path / "case/evidence/data/conversations/c1.jsonl").read_text()
    assert '"correction":{"replaced":{"text":"n0","at":null},"by":"Bo"}' in talk


def opened_by_others(folder: Path) -> None:
    """By age, tar and bagit.py, and then by `throwline verify`."""
    status, said = typed(
        ["age", "--decrypt", "--output", folder / "case.tar", folder / "second.age"], [PASSPHRASE]
    )
    assert status == 0, said
    subprocess.run(["tar", "-xf", "case.tar"], cwd=folder, check=True)
    bag = folder / "case" / "evidence"
    subprocess.run([sys.executable, "-m", "bagit", "--quiet", "--validate", bag], check=True)
    subprocess.run([sys.executable, "-m", "throwline", "verify", bag], check=True)
