from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from throwline.site import build


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "built"
    build(folder)
    return folder


class _Host(SimpleHTTPRequestHandler):
    """Serves the built site with the headers of its own file for hosts."""

    def __init__(
        self, *args: object, directory: Path, headers: dict[str, str], **kw: object
    ) -> None:
        self.sent_along = headers
        super().__init__(*args, directory=str(directory), **kw)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        for name, value in self.sent_along.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def origin(site: Path) -> Iterator[str]:
    lines = (site / "_headers").read_text().splitlines()[1:]
    headers = dict(line.strip().split(": ", 1) for line in lines)
    host = partial(_Host, directory=site, headers=headers)
    with ThreadingHTTPServer(("127.0.0.1", 0), host) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
