"""What goes in and what comes out, as HTTP has it, whether or not it goes over a network."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """`path` begins with "/" and has no query; `body` is the whole body."""

    method: str
    path: str
    content_type: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    """`headers` come on top of those that every response of a door carries."""

    status: int
    content_type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def download(name: str, kind: str, content: bytes) -> Response:
    """A file for the person to keep."""
    plain = name.isascii() and not set(name) & set('"\\') and name.isprintable()
    # Other names as RFC 8187 has them.
    named = f'filename="{name}"' if plain else f"filename*=UTF-8''{quote(name, errors='replace')}"
    return Response(200, kind, content, {"Content-Disposition": f"attachment; {named}"})
