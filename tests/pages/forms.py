"""Forms as a browser sends them."""

from __future__ import annotations

from throwline.pages import Request

Field = str | bytes | tuple[str, bytes]
"""A text, bytes without a name, or a file's name and content."""


def form(path: str, *fields: tuple[str, Field]) -> Request:
    parts = []
    for name, value in fields:
        head = f'--b\r\nContent-Disposition: form-data; name="{name}"'
        if isinstance(value, tuple):
            head += f'; filename="{value[0]}"'
            value = value[1]
        content = value.encode() if isinstance(value, str) else value
        parts.append(head.encode() + b"\r\n\r\n" + content + b"\r\n")
    body = b"".join(parts) + b"--b--\r\n"
    return Request("POST", path, "multipart/form-data; boundary=b", body)
