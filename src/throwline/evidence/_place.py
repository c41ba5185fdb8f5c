"""Whole or absent: what is made appears at its place by one rename, or not at all.

It is made under a hidden name beside its place. A program that is killed outright leaves that behind; the next one
that writes there takes it away, unless the program that makes it is still running (it holds a lock on it).
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from throwline.evidence._error import EvidenceError

_PREFIX = ".partial-tl-"
_LEFTOVER = re.compile(re.escape(_PREFIX) + r"[a-z0-9_]{8}")
NAME_OF_THE_DOOMED = f"{_PREFIX}xxxxxxxx"
"""For what is being removed: broken off, it is a leftover like any other, and its name tells nothing."""


@contextmanager
def whole_or_absent(target: Path) -> Iterator[Path]:
    """A new folder that appears at `target` when everything in it has been written, and not at all otherwise.

    Raises EvidenceError where something is at `target` already, or it cannot be written.
    """
    with _appearing(target, target.parent, folder=True) as partial:
        yield partial
        _flush(partial)


@contextmanager
def whole_file(target: Path, beside: Path | None = None) -> Iterator[BinaryIO]:
    """A new file, open for writing, that appears at `target` when it is complete, and not at all otherwise.

    It is made in `beside`, a folder on the same disk: by default the one that `target` is in.
    Raises EvidenceError as `whole_or_absent`.
    """
    with _appearing(target, beside or target.parent, folder=False) as partial:
        with partial.open("wb") as file:
            yield file
        _flush(partial)


@contextmanager
def _appearing(target: Path, workshop: Path, *, folder: bool) -> Iterator[Path]:
    if os.path.lexists(target):
        raise EvidenceError(
            f"{target} exists already, and evidence is never overwritten: name another place."
        )
    try:
        workshop.mkdir(parents=True, exist_ok=True)
        # The lock on the workshop: nobody sweeps away what is only just being made.
        with _locked(workshop):
            _sweep_locked(workshop)
            partial = _made(workshop, folder=folder)
            claim = _claim(partial)
    except OSError as error:
        raise EvidenceError(f"{workshop} cannot be written to: {error.strerror}.") from error
    try:
        yield partial
        partial.rename(target)
        _sync(target.parent)
    except OSError as error:
        raise EvidenceError(f"{target} could not be written: {error.strerror}.") from error
    finally:
        _remove(partial)
        os.close(claim)


def _made(workshop: Path, *, folder: bool) -> Path:
    if folder:
        return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=workshop))
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, dir=workshop)
    os.close(descriptor)
    return Path(name)


def is_leftover(path: Path) -> bool:
    """Whether a program that was broken off left `path` behind, or one that runs is at it."""
    return bool(_LEFTOVER.fullmatch(path.name)) and not path.is_symlink()


def sweep(folder: Path) -> None:
    """Take away what programs that are gone left in `folder`. Raises OSError where it cannot be read."""
    with _locked(folder):
        _sweep_locked(folder)


def _sweep_locked(workshop: Path) -> None:
    for found in workshop.iterdir():
        # Somebody else's cannot be opened, and is theirs to sweep.
        with suppress(PermissionError):
            if is_leftover(found):
                _remove_if_free(found)


def _remove_if_free(leftover: Path) -> None:
    claim = os.open(leftover, os.O_RDONLY)
    try:
        if _lock(claim, wait=False):
            _remove(leftover)
    finally:
        os.close(claim)


def _claim(partial: Path) -> int:
    """An open descriptor that holds the lock on `partial` until it is closed, or the program is gone."""
    descriptor = os.open(partial, os.O_RDONLY)
    _lock(descriptor, wait=False)
    return descriptor


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _lock(descriptor, wait=True)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Whether the lock was had. Some network disks have none: there, nothing is ever swept away."""
    # Not at the top: a browser's Python has no such module, and this one is imported there for its neighbours' sake.
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """See to it that all of `path` is on the disk, and not only on its way there."""
    for folder, _, files in os.walk(path, topdown=False):
        for file in files:
            _sync(Path(folder, file))
        _sync(Path(folder))
    if path.is_file():
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
