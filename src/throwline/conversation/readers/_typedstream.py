"""The text in a "typedstream", the form in which Apple's Messages keeps what its text column no longer holds.

Source: the write-up of the format by Christopher Sardegna, "Reverse Engineering Apple's typedstream Format"; the text
is the first object of the archived string: class NSString, type "+", a length, UTF-8.
"""

from __future__ import annotations

import re

_TEXT_BEGINS = re.compile(rb"NSString\x01[\x90-\x9f]\x84\x01\+", re.DOTALL)
_WIDTHS = {0x81: 2, 0x82: 4}
"""How many bytes a length takes behind these; smaller values are the length itself."""


def archived_text(blob: bytes) -> str | None:
    """The text of an archived attributed string, None where there is none to be found."""
    begin = _TEXT_BEGINS.search(blob)
    if begin is None or begin.end() >= len(blob):
        return None
    at = begin.end()
    width = _WIDTHS.get(blob[at], 0)
    length = int.from_bytes(blob[at + 1 : at + 1 + width], "little") if width else blob[at]
    at += 1 + width
    raw = blob[at : at + length]
    if len(raw) < length:
        return None
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None
