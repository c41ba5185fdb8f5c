"""Long work beside the requests, while a page tells how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context

from throwline.case import AnswersError, Case
from throwline.conversation import Intake, ReadError
from throwline.language import Note

Progress = Callable[[int, int], None]
Made = tuple[Case, Intake]
"""A case, and what it was made from."""
Work = Callable[[Progress], Made]
"""Makes a case and tells how far it is. Raises ReadError or AnswersError where it cannot."""


class Job:
    """`work` being done, in the language of whoever asked for it. `what` is "screenshots" or "messages": what `done` and
    `total` count, 0 of 0 as long as nobody knows. `then` is the page that shows what came of it."""

    def __init__(self, work: Work, what: str, then: str) -> None:
        self.what = what
        self.then = then
        self.done, self.total = 0, 0
        self._made: Made | None = None
        self._error: ReadError | AnswersError | None = None
        self._stopped = False
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._run, work), daemon=True
        )
        self._thread.start()

    def is_over(self, within: float = 0.0) -> bool:
        """Whether it is done, or is so in so many seconds."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def made(self) -> Made:
        """What came of it. Raises ReadError or AnswersError where nothing did."""
        if self._made is None:
            raise self._error or ReadError(Note("It could not be read to the end."))
        return self._made

    def stop(self) -> None:
        """Go no further, and forget what there is."""
        self._stopped = True

    def _run(self, work: Work) -> None:
        try:
            self._made = work(self._count)
        except (ReadError, AnswersError) as error:
            self._error = error
        except _StoppedError:
            pass

    def _count(self, done: int, total: int) -> None:
        if self._stopped:
            raise _StoppedError
        self.done, self.total = done, total


class _StoppedError(Exception):
    """Everything was removed while work was going on."""
