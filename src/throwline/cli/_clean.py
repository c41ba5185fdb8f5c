"""`throwline clean`: copies of ordinary pictures without what their files tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from throwline.cli._new_file import NewFileError, write_new
from throwline.cli._say import say
from throwline.metadata import MetadataError, cleaned, trace_words

_LARGEST = 256 * 1024**2
"""Bytes. A picture from any camera is smaller, and the whole of it is held in memory."""
# Phones put the day into the name: IMG_20260117_231200, PXL_…, Screenshot 2026-01-17.
_DAY_IN_NAME = re.compile(r"(?<!\d)20\d\d([-_.]?)[01]\d\1[0-3]\d(?!\d)")


class _CleanError(Exception):
    """A picture of which no copy was made; the message says why."""


def clean_pictures(pictures: Sequence[Path], folder: Path) -> int:
    """Write a clean copy of each picture into `folder`. Returns 0, or 2 where any was refused, with one sentence each.

    Nothing is overwritten, and the originals are only read.
    """
    status = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        say(f"{folder} cannot be made: {error.strerror}.", wrong=True)
        return 2
    for picture in pictures:
        try:
            for line in _cleaned(picture, folder / picture.name):
                say(line)
        except (_CleanError, NewFileError) as error:
            say(str(error), wrong=True)
            status = 2
    return status


def _cleaned(picture: Path, target: Path) -> Iterator[str]:
    """Write the copy; what was removed, in words."""
    try:
        found = cleaned(_read(picture))
    except MetadataError as error:
        raise _CleanError(f"{picture} was left alone: {error}") from error
    write_new(target, found.content)
    if found.removed:
        yield f"{target} no longer tells:"
        yield from (f"  - {trace_words(trace)}" for trace in found.removed)
    else:
        yield f"{target} is the same: there was nothing to remove."
    if _DAY_IN_NAME.search(target.name):
        yield "  Its name still tells the day: rename it before you send it."


def _read(picture: Path) -> bytes:
    try:
        size = picture.stat().st_size
        if size > _LARGEST:
            raise _CleanError(
                f"{picture} was left alone: {size:,} bytes is more than a picture has."
            )
        return picture.read_bytes()
    except OSError as error:
        raise _CleanError(f"{picture} cannot be opened: {error.strerror}.") from error
