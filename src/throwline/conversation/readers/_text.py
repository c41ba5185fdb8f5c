"""Text and JSON as they come out of foreign files: decoded without guessing, never losing a line."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import IO, Any, cast

from throwline.conversation._export import Document, ReadError, reading
from throwline.language import Note

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"
_HEADS = 4
"""So many are kept: one reader after the other looks at the same."""
LONGEST_LINE = 64 * 1024**2
"""In bytes or characters, so that no file without line ends fills the memory."""


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of a text that begins with `head`, and how many bytes its byte order mark takes.

    UTF-16 without a mark is told from UTF-8 by its zero bytes. Everything else is read as UTF-8.
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, len(mark)
    sample = head[:2048]
    if len(sample) >= 4:
        if sample[1::2].count(0) > len(sample) // 4:
            return "utf-16-le", 0
        if sample[0::2].count(0) > len(sample) // 4:
            return "utf-16-be", 0
    return "utf-8", 0


@lru_cache(maxsize=_HEADS)
def head_text(document: Document) -> str:
    """The beginning of a document as text, for recognising: undecodable bytes show as U+FFFD."""
    encoding, mark = encoding_of(document.head)
    return document.head[mark:].decode(encoding, errors="replace")


def lines(document: Document, spoilt: list[int]) -> Iterator[tuple[int, str]]:
    """The lines of a text document with their numbers from 1, streamed.

    Only "\\n" ends a line (a "\\r" before it is dropped): other line separators are characters of a message. Numbers
    of lines with bytes that are not text in the document's encoding are added to `spoilt`; such bytes show as U+FFFD.
    Raises ReadError where the document is damaged, or a line is longer than LONGEST_LINE.
    """
    encoding, mark = encoding_of(document.head)
    with reading(document.name), document.open() as stream:
        stream.read(mark)
        if encoding == "utf-8":
            yield from _utf8_lines(document, stream, spoilt)
        else:
            text = io.TextIOWrapper(
                cast(IO[bytes], stream), encoding, errors="replace", newline="\n"
            )
            for number, line in enumerate(iter(partial(text.readline, LONGEST_LINE), ""), 1):
                if len(line) == LONGEST_LINE:
                    raise _endless(document, number)
                if REPLACEMENT in line:
                    spoilt.append(number)
                yield number, line.rstrip("\n").removesuffix("\r")


def _utf8_lines(
    document: Document, stream: io.BufferedIOBase, spoilt: list[int]
) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(iter(partial(stream.readline, LONGEST_LINE), b""), 1):
        if len(raw) == LONGEST_LINE:
            raise _endless(document, number)
        try:
            line = raw.decode()
        except UnicodeDecodeError:
            line = raw.decode(errors="replace")
            spoilt.append(number)
        yield number, line.rstrip("\n").removesuffix("\r")


def _endless(document: Document, number: int) -> ReadError:
    return ReadError(
        Note(
            "Line {line} of {name} is longer than any message: export the chat again.",
            line=number,
            name=document.name,
        )
    )


def spoilt_gap(document: Document, spoilt: list[int]) -> Note:
    """The sentence for a conversation's gaps about lines that were not proper text."""
    lines = ", ".join(str(n) for n in spoilt[:5])
    return Note(
        "{count} line(s) of {name} hold bytes that are not UTF-8 or UTF-16 text (line {lines}); they show as {sign}.",
        count=len(spoilt),
        name=document.name,
        lines=lines if len(spoilt) <= 5 else Note("{lines} and more", lines=lines),
        sign=REPLACEMENT,
    )


def parsed_json(document: Document) -> Any:
    """The document as JSON; lone surrogates (half an emoji) become U+FFFD. Raises ReadError, naming the place."""
    encoding, mark = encoding_of(document.head)
    try:
        value = json.loads(document.read()[mark:].decode(encoding, errors="replace"))
    except json.JSONDecodeError as error:
        raise ReadError(
            Note(
                "{name} breaks off or is damaged at line {line}: export it again.",
                name=document.name,
                line=error.lineno,
            )
        ) from error
    except ValueError as error:
        # A number of thousands of digits, which Python refuses.
        raise ReadError(Note("{name} is damaged: export it again.", name=document.name)) from error
    except RecursionError as error:
        raise ReadError(
            Note("{name} is nested deeper than any chat export.", name=document.name)
        ) from error
    return value


def clean(text: str) -> str:
    """`text` without lone surrogates, which no file could hold: each becomes U+FFFD."""
    return _LONE_SURROGATE.sub(REPLACEMENT, text)
