"""Writing XML: elements in the order they are given, text escaped, what XML cannot hold left out and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Everything outside the production "Char" of XML 1.0, 2.2: most control characters, lone surrogates, two
# non-characters. No escape makes them legal.
_ILLEGAL = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A parser turns a bare carriage return into a line end, and white space in an attribute into a space.
_IN_TEXT = {ord(k): v for k, v in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))}
_IN_ATTRIBUTE = {**_IN_TEXT, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


@dataclass(frozen=True, slots=True)
class Element:
    """An element that holds text or other elements, never both."""

    name: str
    inside: str | tuple[Element, ...]
    attributes: tuple[tuple[str, str], ...] = ()


def element(name: str, *inside: Element | None, **attributes: str | None) -> Element:
    """An element of elements; those and the attributes that are None are left out."""
    return Element(name, tuple(child for child in inside if child is not None), _given(attributes))


def text(name: str, value: str, **attributes: str | None) -> Element:
    """An element of text."""
    return Element(name, value, _given(attributes))


def _given(attributes: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in attributes.items() if value is not None)


def legal(value: str) -> str:
    """`value` without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", value)


def written(root: Element) -> bytes:
    """The whole document in UTF-8. Characters that XML cannot hold are not in it."""
    return (_DECLARATION + "".join(_lines(root, ""))).encode()


def _lines(node: Element, indent: str) -> Iterator[str]:
    start = node.name + "".join(
        f' {name}="{_escaped(value, _IN_ATTRIBUTE)}"' for name, value in node.attributes
    )
    if not node.inside:
        yield f"{indent}<{start}/>\n"
    elif isinstance(node.inside, str):
        yield f"{indent}<{start}>{_escaped(node.inside, _IN_TEXT)}</{node.name}>\n"
    else:
        yield f"{indent}<{start}>\n"
        for child in node.inside:
            yield from _lines(child, indent + "  ")
        yield f"{indent}</{node.name}>\n"


def _escaped(value: str, escapes: dict[int, str]) -> str:
    return legal(value).translate(escapes)
