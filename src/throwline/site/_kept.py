"""The worker that keeps a copy of the site on a phone, where somebody asks for one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from throwline.language import SOURCE, Language, languages
from throwline.site._engine import FOLDER as ENGINE
from throwline.site._render import folder

FOLDER = "kept"
_PACKED = (".br", ".gz")
_OF_A_LANGUAGE = re.compile(rf"{ENGINE}/(?P<kind>language|reader)/(?P<code>\w+)\.(?:mo|data)")


def kept_files(site: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """One worker for each language of a site, which is given as path and content: path and content of each."""
    code = (files("throwline.site") / "assets" / FOLDER / "worker.js").read_bytes()
    digests = {path: hashlib.sha256(content).hexdigest()[:8] for path, content in site.items()}
    for language in languages():
        parts = {"pages": _pages(site, language), "tools": _tools(site, language)}
        named = {part: {path: digests[path] for path in paths} for part, paths in parts.items()}
        listed = json.dumps(named, separators=(",", ":"))
        yield f"{FOLDER}/{language.code}.js", f"const PARTS = {listed};\n".encode() + code


def _pages(site: Iterable[str], language: Language) -> list[str]:
    """The pages in that language, and what every page needs."""
    found = []
    for path in site:
        parent, _, name = path.rpartition("/")
        own = parent == folder(language).rstrip("/") and name.endswith(".html")
        shared = not parent and name.endswith((".js", ".css"))
        if own or shared:
            found.append(path)
    return found


def _tools(site: Mapping[str, bytes], language: Language) -> list[str]:
    """What the tools run on in that language; nothing where the site has none."""
    if (about := site.get(f"{ENGINE}/about.json")) is None:
        return []
    reads = json.loads(about)["reads"]
    own = {"language": [language.code], "reader": reads.get(language.code, reads[SOURCE])}
    found = []
    for path in site:
        if path.startswith(f"{ENGINE}/") and not path.endswith(_PACKED):
            of = _OF_A_LANGUAGE.fullmatch(path)
            if of is None or of["code"] in own[of["kind"]]:
                found.append(path)
    return found
