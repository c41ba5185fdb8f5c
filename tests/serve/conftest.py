from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.serve.running import served
from throwline.serve import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with served() as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A phone, already past the start address."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, accept_downloads=True)
    page = context.new_page()
    page.goto(server.start)
    page.wait_for_url("**/")
    yield page
    context.close()
