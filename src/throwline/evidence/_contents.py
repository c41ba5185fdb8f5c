"""What goes into the evidence of a case: original texts as they were, canonical messages, what was found, and the
reports made of it.

No picture, video or recording is ever among it: they are listed by name, size and SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count
from pathlib import PurePosixPath
from typing import Any

from throwline import __version__
from throwline.case import Case, Read
from throwline.conversation import Document, batched, header_form, message_forms
from throwline.evidence._bag import Payload
from throwline.evidence._custody import Origin
from throwline.evidence._error import EvidenceError

_CHUNK = 1024**2
# What some file system refuses, or some tool reads otherwise: bagit.py takes the percent sign another way than RFC 8493.
# The name as it was stands in the conversation's sources.
_NOT_IN_NAMES = re.compile(r'[%\x00-\x1f\x7f<>:"|?*\\\ud800-\udfff]')
_LONGEST_NAME = 60
"""Characters. A file system takes 255 bytes, and a character can need four."""


def payloads(
    case: Case, form: bytes, documents: Iterable[Document], reports: Mapping[str, bytes]
) -> Iterator[Payload]:
    """The files of the bag: originals/, conversations/, case.json, whose bytes are `form`, and reports/ by their
    names."""
    taken: dict[str, bool] = {}
    for document in documents:
        yield Payload(f"originals/{_free(_name(document), taken)}", _bytes(document))
    for read in case.reads:
        yield Payload(f"conversations/{read.conversation.identifier}.jsonl", _lines(read))
    yield Payload("case.json", [form])
    for name, content in reports.items():
        yield Payload(f"reports/{name}", [content])


def bag_info(case: Case) -> dict[str, str]:
    """The lines of bag-info.txt."""
    count = sum(len(read.conversation.messages) for read in case.reads)
    return {
        "Bagging-Date": case.made_at.date().isoformat(),
        "Bag-Software-Agent": f"throwline {__version__}",
        "External-Description": f"{len(case.reads)} conversation(s), {count} messages; text only",
    }


def origin(case: Case, documents: Iterable[Document]) -> Origin:
    """Who took in which files, and when: the beginning of the custody chain."""
    sources = {(document.source.file, document.source.sha256): None for document in documents}
    return Origin(case.answers.i_am.value, case.made_at, tuple(sources))


def json_bytes(form: Any) -> bytes:
    """`form` as readable JSON."""
    return (json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode()


def _name(document: Document) -> str:
    """A path that every file system takes. Two documents can have the same one."""
    source = document.source
    name = source.file if source.member is None else f"{source.file}/{source.member}"
    return "/".join(_part(part) for part in name.split("/") if part not in ("", "."))


def _part(part: str) -> str:
    part = _NOT_IN_NAMES.sub("_", part)
    if len(part) > _LONGEST_NAME:
        part = part[: _LONGEST_NAME // 2] + "_" + part[-_LONGEST_NAME // 2 :]
    # Windows drops dots and blanks at the end; ".." would lead out of the bag.
    return part.rstrip(". ") or "_"


def _free(name: str, is_file: dict[str, bool]) -> str:
    """`name`, or, where something else stands there already, the same below a number.

    `is_file` holds every path taken so far, with small letters only: a disk that does not tell capitals apart must be
    able to hold the bag too. The path and the folders above it are then taken.
    """
    for path in chain([name], (f"{number}/{name}" for number in count(2))):
        key = path.casefold()
        above = [folder.as_posix() for folder in PurePosixPath(key).parents][:-1]
        if key not in is_file and not any(is_file.get(folder) for folder in above):
            break
    is_file.update(dict.fromkeys(above, False))
    is_file[key] = True
    return path


def _bytes(document: Document) -> Iterator[bytes]:
    """The document's bytes, which must be those that were read."""
    digest = hashlib.sha256()
    try:
        with document.open() as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
                yield piece
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise EvidenceError(f"{document.name} can no longer be read: try again.") from error
    if document.source.member is None and digest.hexdigest() != document.source.sha256:
        raise EvidenceError(f"{document.name} was changed while it was being read: try again.")


def _lines(read: Read) -> Iterator[bytes]:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    yield (encode(header_form(read.conversation)) + "\n").encode()
    for forms in batched(message_forms(read.conversation)):
        # All in one go takes half as long as one by one. A form begins with "n", which nothing within one does, and in
        # a string a quotation mark comes after a backslash: so this stands between two forms and nowhere else.
        together = encode(forms)[1:-1].replace('},{"n":', '}\n{"n":')
        yield (together + "\n").encode()
