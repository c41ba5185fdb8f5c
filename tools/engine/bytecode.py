"""Runs in the Python of the pages itself: every module of a zip as the bytecode that an import would make of it.

A page then starts with a third of the work. What only a programmer reads is left out (docstrings, the place of each
instruction in its line), so that it takes no longer to arrive. An error still says in which function it happened.
"""

from __future__ import annotations

import marshal
import zipfile
from importlib.util import MAGIC_NUMBER
from types import CodeType

_NO_COLUMNS = 0x80 | 13 << 3
"""An entry of a table of places that has a line alone (InternalDocs/code_objects.md of CPython, "Location table")."""
_SAME_LINE = 0
_LONGEST = 8
"""Instructions that one entry is for, at most."""
_UNDATED = bytes(12)
"""In place of when the source was changed, and how long it is: there is none beside it to compare with."""


def compile_all(source: str, target: str) -> None:
    """Write the zip `target`: what is in the zip `source`, modules compiled."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w") as made:
        for entry in given.infolist():
            name, content = entry.filename, given.read(entry)
            if name.endswith(".py"):
                code = compile(content, name, "exec", dont_inherit=True, optimize=2)
                name, content = f"{name}c", MAGIC_NUMBER + _UNDATED + marshal.dumps(_bare(code))
            made.writestr(zipfile.ZipInfo(name), content)


def _bare(code: CodeType) -> CodeType:
    """Each function at its first line as a whole."""
    constants = (_bare(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    full, rest = divmod(len(code.co_code) // 2, _LONGEST)
    lengths = [_LONGEST] * full + [rest] * (rest > 0)
    places = bytes(part for length in lengths for part in (_NO_COLUMNS | length - 1, _SAME_LINE))
    return code.replace(co_consts=tuple(constants), co_linetable=places)
