"""Other processes that share in the work on a long export."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from throwline.conversation import Spread

_WORTH_IT = 50_000
"""Messages. Fewer are done before another process has started."""
_MOST = 2
"""Workers. Each takes some 70 MB, and with more than these the work that only this process can do is what takes time."""
_QUEUED = 3
"""Batches handed to each worker, so that none ever waits for the next."""
_AHEAD = 16
"""Batches that are done before it is their turn, at most: they take memory."""
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@contextmanager
def workers(messages: int) -> Iterator[Spread]:
    """What goes through the batches of so many messages: the built-in `map`, or, where that is worth starting other
    processes and a core is free for them, something that has these share in it."""
    count = min(_free_cores(), _MOST)
    pool = _started(count) if messages >= _WORTH_IT and count > 0 else None
    if pool is None:
        yield map
        return
    try:
        yield partial(_shared, pool, _QUEUED * count)
    finally:
        pool.shutdown(cancel_futures=True)


def _started(count: int) -> Executor | None:
    """So many workers; None where the system lets nobody share anything with another process (no /dev/shm, say)."""
    try:
        return ProcessPoolExecutor(count, get_context("spawn"), _begin)
    except (OSError, ImportError, NotImplementedError):
        return None


def _free_cores() -> int:
    """Beside the one that this process runs on."""
    affinity = getattr(os, "sched_getaffinity", None)
    return (len(affinity(0)) if affinity else os.cpu_count() or 1) - 1


def _begin() -> None:
    """In a worker: nothing that it makes lives long, and Ctrl+C is for the process that it works for."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _shared(
    pool: Executor, queued: int, function: Callable[[_Given], _Made], batches: Iterable[_Given]
) -> Iterator[_Made]:
    """As `map`. `queued` batches are with the workers; this process does others while it would only wait for them."""
    rest = iter(batches)
    ahead: deque[tuple[_Given, Future[_Made]]] = deque()
    while True:
        room = queued - sum(not future.done() for _, future in ahead)
        for batch in islice(rest, max(0, room)):
            ahead.append((batch, _handed(pool, function, batch)))
        if not ahead:
            return
        waits = len(ahead) < _AHEAD and not ahead[0][1].done()
        own = list(islice(rest, 1)) if waits else []
        if own:
            ahead.append((own[0], _done(function, own[0])))
        else:
            yield _made(function, *ahead.popleft())


def _handed(pool: Executor, function: Callable[[_Given], _Made], batch: _Given) -> Future[_Made]:
    try:
        return pool.submit(function, batch)
    except BrokenProcessPool:
        return _done(function, batch)


def _done(function: Callable[[_Given], _Made], batch: _Given) -> Future[_Made]:
    future: Future[_Made] = Future()
    future.set_result(function(batch))
    return future


def _made(function: Callable[[_Given], _Made], batch: _Given, future: Future[_Made]) -> _Made:
    """What came of it. A worker that was ended from outside, for its memory say, ends nobody else's work."""
    try:
        return future.result()
    except BrokenProcessPool:
        return function(batch)
