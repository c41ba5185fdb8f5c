"""Erasing a case, as far as a program can."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from throwline.evidence._error import EvidenceError
from throwline.evidence._place import NAME_OF_THE_DOOMED, is_leftover, sweep

_MARK = "case.json"
_CHUNK = 1024**2


def files_to_erase(case: Path) -> int:
    """How many files lie in the case folder. Raises EvidenceError where `case` is none, so that nothing else is ever
    erased by a slip of the keyboard."""
    if case.is_symlink() or not (_is_case(case) or _is_done(case)):
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
        paths = [Path(folder, name) for name in sorted(files) + folders]
        for path in paths:
            if path != case / _MARK:
                _remove(path, left)
    if not left:
        if (case / _MARK).exists():
            _remove(case / _MARK, left)
        _remove(case, left)
    with suppress(OSError):
        sweep(case.absolute().parent)
    return tuple(left)


def _is_case(folder: Path) -> bool:
    try:
        form = json.loads((folder / _MARK).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(form, dict) and form.get("format") == "throwline-case"


def _is_done(folder: Path) -> bool:
    """As it is left when the last steps of erasing were broken off."""
    try:
        return all(is_leftover(path) for path in folder.iterdir())
    except OSError:
        return False


def _remove(path: Path, left: list[str]) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
            return
        doomed = path.rename(path.with_name(NAME_OF_THE_DOOMED))
        if not doomed.is_symlink():
            _overwrite(doomed)
        doomed.unlink()
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
