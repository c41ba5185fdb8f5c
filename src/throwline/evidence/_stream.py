"""Between what is written piece by piece and what reads it: nothing is ever held as a whole."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 1024**2


class Pieces(io.RawIOBase):
    """A file that is made piece by piece while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return 0
        into = memoryview(buffer).cast("B")
        size = min(len(into), len(self._rest))
        into[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


class Remembering:
    """A file that remembers what went wrong with it, for where that is lost on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: Exception | None = None

    def read(self, size: int) -> bytes:
        with self._remembered():
            return self._file.read(size)

    def write(self, content: bytes) -> int:
        with self._remembered():
            return self._file.write(content)

    def flush(self) -> None:
        with self._remembered():
            self._file.flush()

    @contextmanager
    def _remembered(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.failure = error
            raise


@contextmanager
def streamed(work: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """What `work` writes, to be read while it is written. What `work` raises is raised at the end."""
    reading, writing = os.pipe()
    failures: list[Exception] = []

    def run() -> None:
        try:
            with os.fdopen(writing, "wb") as target:
                work(target)
        except BrokenPipeError:
            pass  # Whoever reads has had enough, and says why.
        except Exception as error:
            failures.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as stream:
            yield stream
            # To the very end: only there does it show whether anything was cut off.
            while stream.read(_BUFFER):
                pass
    finally:
        thread.join()
        if failures:
            raise failures[0]
