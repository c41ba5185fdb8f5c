"""Writing a file that was not there before."""

from __future__ import annotations

from pathlib import Path


class NewFileError(Exception):
    """A file that cannot be written; the message is one sentence."""


def write_new(target: Path, content: bytes) -> None:
    """Write `content` to `target`, which must not exist. Raises NewFileError; then nothing half-written stays."""
    try:
        file = target.open("xb")
    except FileExistsError as error:
        raise NewFileError(f"{target} exists already: name another place with --to.") from error
    except OSError as error:
        raise NewFileError(f"{target} cannot be written: {error.strerror}.") from error
    try:
        with file:
            file.write(content)
    except OSError as error:
        target.unlink()
        raise NewFileError(f"{target} cannot be written: {error.strerror}.") from error
