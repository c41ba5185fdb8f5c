"""Links, and the accounts that some of them name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from throwline.indicators._indicator import Check
from throwline.indicators._services import read_data
from throwline.indicators._values import Value

_DATA = read_data("links.toml")
ENDINGS: tuple[str, ...] = tuple(_DATA["endings"])
"""A name with one of these is a link even where no path follows."""
_ENDING = "|".join(ENDINGS)
_ANY_ENDING = "|".join((*ENDINGS, *_DATA["endings_with_path"]))
_NOT_LINKS = frozenset(_DATA["not_links"])
_DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\))"
_HOST = rf"[a-z0-9-]+(?:{_DOT}[a-z0-9-]+)*{_DOT}"
_REST = r"""[^\s<>"'“”]{0,2000}"""
_LINK = re.compile(
    rf"(?<![\w@.-])(?:h(?:tt|xx|\*\*)ps?://[^\s<>\"'“”]{{3,2000}}"
    rf"|www{_DOT}{_HOST}[a-z]{{2,18}}(?!\w){_REST}"
    rf"|{_HOST}(?:{_ANY_ENDING})(?::\d+)?/{_REST}"
    rf"|{_HOST}(?:{_ENDING})(?![\w@]|[.-]\w))",
    re.IGNORECASE,
)
_HINT = re.compile(
    rf"://|www|\.(?:{_ENDING})\b|\.\w{{2,4}}[/:]|[\[(](?:\.|dot)[\])]", re.IGNORECASE
)
"""Every link has one of these in it; looking for them first saves most of the time."""
_NOT_THE_END = ".,;:!?*_~'\"”»…"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_SCHEME = re.compile(r"^h(?:xx|\*\*)p(s?)://", re.IGNORECASE)
_PARTS = re.compile(r"^(https?://)?(?:[^/@]*@)?([^/?#:]+)(.*)$", re.IGNORECASE | re.DOTALL)
_SUBDOMAIN = re.compile(r"^(?:www|m|mobile|web)\.(?=[^.]+\.)")


@dataclass(frozen=True, slots=True)
class _Rule:
    path: re.Pattern[str]
    kind: str
    label: str
    prefix: str


def _rules() -> dict[str, list[_Rule]]:
    rules: dict[str, list[_Rule]] = {}
    for entry in _DATA["link"]:
        rule = _Rule(
            re.compile(entry["path"]), entry["kind"], entry["label"], entry.get("prefix", "")
        )
        rules.setdefault(entry["host"], []).append(rule)
    return rules


_RULES = _rules()


def links_in(text: str) -> Iterator[Value]:
    """All links in `text`; those that name an account are that account."""
    if not _HINT.search(text):
        return
    for found in _LINK.finditer(text):
        written = _trimmed(found[0])
        if "." in written and written.lower() not in _NOT_LINKS:
            yield _read(_refanged(written), found.start(), found.start() + len(written))


def _trimmed(written: str) -> str:
    """Without the punctuation of the sentence around it: brackets that the link itself opens belong to it."""
    while written and (
        written[-1] in _NOT_THE_END
        or (
            written[-1] in _PAIRS
            and written.count(written[-1]) > written.count(_PAIRS[written[-1]])
        )
    ):
        written = written[:-1]
    return written


def _refanged(written: str) -> str:
    """The link that was made harmless: hxxps://example[.]com is https://example.com."""
    return _SCHEME.sub(r"http\1://", re.sub(_DOT, ".", written, flags=re.IGNORECASE))


def _read(link: str, start: int, end: int) -> Value:
    parts = _PARTS.match(link)
    scheme, host, path = parts.groups("") if parts else ("", link, "")
    host = host.lower()
    for rule in _RULES.get(_SUBDOMAIN.sub("", host), ()):
        named = rule.path.match(path)
        if named:
            value = rule.prefix + named[1].lower().rstrip(".")
            return Value("link", rule.kind, rule.label, value, Check.FORMAT, start, end)
    value = scheme.lower() + host + path
    return Value("link", "url", "link", value, Check.FORMAT, start, end)
