from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tools.engine import MODULES, make

from throwline.site import Engine, build


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "built"
    build(folder)
    return folder


class _Host(SimpleHTTPRequestHandler):
    """Serves a built site with the headers of its own file for hosts; some addresses only once they are let go."""

    def __init__(
        self, *args: object, directory: Path, held: dict[str, threading.Event], **kw: object
    ) -> None:
        self.held = held
        self.rules = [(pattern(path), name, value) for path, name, value in rules_of(directory)]
        super().__init__(*args, directory=str(directory), **kw)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path in self.held:
            self.held[self.path].wait()
        super().do_GET()

    def end_headers(self) -> None:
        for path, name, value in self.rules:
            if path.fullmatch(self.path):
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


def rules_of(site: Path) -> Iterator[tuple[str, str, str]]:
    """The header files's rules: path, name, value."""
    path = ""
    for line in (site / "_headers").read_text().splitlines():
        if line.startswith("/"):
            path = line
        else:
            name, value = line.strip().split(": ", 1)
            yield path, name, value


def pattern(path: str) -> re.Pattern[str]:
    """Which addresses a rule is for, as Netlify and Cloudflare Pages read it."""
    return re.compile(re.sub(r":\w+", "[^/]+", re.escape(path).replace(r"\*", ".*")))


@contextmanager
def hosted(site: Path, held: dict[str, threading.Event] | None = None) -> Iterator[str]:
    """The site on a host, at this address; it does not send what is `held` before that is set."""
    host = partial(_Host, directory=site, held=held or {})
    with ThreadingHTTPServer(("127.0.0.1", 0), host) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def origin(site: Path) -> Iterator[str]:
    with hosted(site) as address:
        yield address


@pytest.fixture(scope="session")
def equipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with its tools."""
    if not MODULES.is_dir():
        pytest.skip("what the tools run on is not here (tools/system.sh engine)")
    folder = tmp_path_factory.mktemp("equipped")
    make(folder / "engine")
    build(folder / "built", Engine(folder / "engine"))
    return folder / "built"


@pytest.fixture(scope="session")
def workshop(equipped: Path) -> Iterator[str]:
    """Its address."""
    with hosted(equipped) as address:
        yield address
