import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A busy machine must not fail a test: how fast things are is for `make bench`.
settings.register_profile("throwline", deadline=None)
settings.load_profile("throwline")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("no chromium here (apt-get install chromium)")
    # Not at the top: the portable floor's tests have no playwright in Pyodide.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
