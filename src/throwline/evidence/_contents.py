"""What goes into the evidence of a case: original texts as they were, canonical messages, and what was found.

No picture, video or recording is ever among it: they are listed by name, size and SHA-256.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from throwline import __version__
from throwline.case import Case, Read, case_form
from throwline.conversation import Document, header_form, message_forms
from throwline.evidence._bag import Payload

_CHUNK = 1024**2
_LINES_AT_ONCE = 2000


def payloads(case: Case, documents: Iterable[Document]) -> Iterator[Payload]:
    """The files of the bag: originals/, conversations/ and case.json."""
    for document in documents:
        source = document.source
        name = source.file if source.member is None else f"{source.file}/{source.member}"
        yield Payload(f"originals/{name}", _bytes(document))
    for read in case.reads:
        yield Payload(f"conversations/{read.conversation.identifier}.jsonl", _lines(read))
    yield Payload("case.json", [json_bytes(case_form(case))])


def bag_info(case: Case) -> dict[str, str]:
    """The lines of bag-info.txt."""
    count = sum(len(read.conversation.messages) for read in case.reads)
    return {
        "Bagging-Date": case.made_at.date().isoformat(),
        "Bag-Software-Agent": f"throwline {__version__}",
        "External-Description": f"{len(case.reads)} conversation(s), {count} messages; text only",
    }


def json_bytes(form: Any) -> bytes:
    """`form` as readable JSON."""
    return (json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode()


def _bytes(document: Document) -> Iterator[bytes]:
    with document.open() as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def _lines(read: Read) -> Iterator[bytes]:
    forms = chain([header_form(read.conversation)], message_forms(read.conversation))
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lines: list[str] = []
    for form in forms:
        lines.append(encode(form))
        if len(lines) == _LINES_AT_ONCE:
            yield ("\n".join(lines) + "\n").encode()
            lines.clear()
    yield ("\n".join(lines) + "\n").encode() if lines else b""
