from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from throwline.serve import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A phone, already past the start address."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, accept_downloads=True)
    page = context.new_page()
    page.goto(server.start)
    page.wait_for_url("**/")
    yield page
    context.close()
