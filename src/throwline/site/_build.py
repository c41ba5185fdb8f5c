"""Writing the site into a folder, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from throwline.language import languages, speaking
from throwline.site._engine import Engine
from throwline.site._headers import header_files
from throwline.site._kept import kept_files
from throwline.site._pages import Page, address, pages, tool_pages
from throwline.site._render import folder, render

ASSETS = ("exit.js", "look.css", "copy.js")


class SiteError(ValueError):
    """A folder that the site cannot be written to; the message says which, and what to do."""


def build(target: Path, engine: Engine | None = None, at: str | None = None) -> int:
    """Write the site to `target`, a folder that is new or empty: English, and every other language on offer in a folder
    of its own. The tools are in it where there is an engine for them, and codes for another phone where it is known `at`
    which address the site will be. Returns how many pages it has.

    Raises SiteError where the address is none, or the folder holds anything or cannot be written; then nothing
    half-written stays.
    """
    try:
        _check(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".site-") as beside:
            made = Path(beside) / "site"
            made.mkdir()
            for path, content in _files(engine, at and _checked(at)).items():
                file = made / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            if target.exists():
                target.rmdir()
            shutil.move(made, target)
    except OSError as error:
        raise SiteError(f"{target} cannot be written: {error.strerror}.") from error
    return len(languages()) * len(_all(engine))


def _check(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise SiteError(f"{target} is not an empty folder: name a new one.")


def _checked(at: str) -> str:
    """An address as pages put theirs behind it. Raises SiteError where it is none."""
    try:
        parts = urlsplit(at)
    except ValueError:
        parts = urlsplit("")
    whole = parts.scheme in ("http", "https") and parts.hostname and at.isascii()
    if not whole or parts.query or parts.fragment or parts.username:
        raise SiteError(f"{at} is not the address of a site: give it such as https://example.org/.")
    return at.rstrip("/") + "/"


def _all(engine: Engine | None) -> tuple[Page, ...]:
    return (*pages(), *tool_pages()) if engine else pages()


def _files(engine: Engine | None, at: str | None) -> dict[str, bytes]:
    assets = files("throwline.site") / "assets"
    shown = (
        _pages(engine, at)
        | {name: (assets / name).read_bytes() for name in ASSETS}
        | dict(engine.files() if engine else ())
    )
    rules = {path: text.encode() for path, text in header_files().items()}
    return shown | rules | dict(kept_files(shown))


def _pages(engine: Engine | None, at: str | None) -> dict[str, bytes]:
    made = {}
    for language in languages():
        with speaking(language):
            for page in _all(engine):
                made[folder(language) + address(page.name)] = render(page, engine, at)
    return made
