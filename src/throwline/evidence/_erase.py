"""Erasing a case, as far as a program can."""

from __future__ import annotations

import json
import os
from pathlib import Path

from throwline.evidence._error import EvidenceError
from throwline.evidence._place import sweep

_MARK = "case.json"
_CHUNK = 1024**2


def files_to_erase(case: Path) -> int:
    """How many files lie in the case folder. Raises EvidenceError where `case` is none, so that nothing else is ever
    erased by a slip of the keyboard."""
    try:
        form = json.loads((case / _MARK).read_bytes())
    except (OSError, ValueError, RecursionError):
        form = None
    if case.is_symlink() or not isinstance(form, dict) or form.get("format") != "throwline-case":
        raise EvidenceError(f"{case} is not a case folder: it holds no case.json of one.")
    return sum(len(files) for _, _, files in os.walk(case))


def erase(case: Path) -> tuple[str, ...]:
    """Overwrite and remove every file in the case folder, then the folder, and what a broken-off run left beside it.

    Returns the names of what could not be removed. A link is removed, and what it leads to stays. Interrupted, it can be
    called again: case.json goes last. Raises EvidenceError where `case` is no case folder.
    """
    files_to_erase(case)
    left: list[str] = []
    for folder, folders, files in os.walk(case, topdown=False):
        here = Path(folder)
        for name in files:
            if here / name != case / _MARK:
                _remove(here / name, left)
        for name in folders:
            _remove(here / name, left)
    if not left:
        _remove(case / _MARK, left)
        _remove(case, left)
    sweep(case.absolute().parent)
    return tuple(left)


def _remove(path: Path, left: list[str]) -> None:
    try:
        if path.is_symlink():
            path.unlink()
        elif path.is_dir():
            path.rmdir()
        else:
            _overwrite(path)
            path.unlink()
    except OSError as error:
        left.append(f"{path}: {error.strerror}")


def _overwrite(path: Path) -> None:
    """Write zeros over a file, unless it has another name elsewhere, whose content this would be too."""
    found = path.stat()
    if not path.is_file() or found.st_nlink > 1:
        return
    with path.open("r+b") as file:
        for start in range(0, found.st_size, _CHUNK):
            file.write(bytes(min(_CHUNK, found.st_size - start)))
        file.flush()
        os.fsync(file.fileno())
