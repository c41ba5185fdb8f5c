"""Long work beside the requests, while a page tells how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from functools import cached_property

from throwline.case import AnswersError, Case
from throwline.conversation import Intake, ReadError, doubts
from throwline.evidence import Reopened
from throwline.language import Note
from throwline.pages._tools import ToolError

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """A case, what it was made from, and, where it was opened again, what it was `before`."""

    case: Case
    intake: Intake
    before: Reopened | None = None

    @cached_property
    def can_be_corrected(self) -> bool:
        """Whether a reader was not sure of anything in it."""
        return any(doubts(m) for c in self.intake.conversations for m in c.messages)


Steps = Callable[[str], Progress]
"""From what is counted in a step of some work ("bytes", "messages" or "screenshots") to what is told how far it is."""
Work = Callable[[Steps], Made]
"""Makes a case and tells how far it is. Raises one of TROUBLE where it cannot."""
Trouble = ReadError | AnswersError | ToolError
"""Each with a sentence for the person."""
TROUBLE = (ReadError, AnswersError, ToolError)


class Job:
    """`work` being done, in the language of whoever asked for it. `what` is "bytes", "messages", "screenshots" or "case":
    what `done` and `total` count, 0 of 0 as long as nobody knows. What comes of it is to be kept as the case called
    `name`; `then` is the page that shows it, `start` the one where it can be tried again."""

    def __init__(self, work: Work, what: str, name: str, then: str, start: str) -> None:
        self.what = what
        self.name = name
        self.then = then
        self.start = start
        self.done, self.total = 0, 0
        self._made: Made | None = None
        self._is_taken = False
        self._error: Trouble | None = None
        self._stopped = False
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._run, work), daemon=True
        )
        self._thread.start()

    def is_over(self, within: float = 0.0) -> bool:
        """Whether it is done, or is so in so many seconds."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def take(self) -> Made | None:
        """What came of it; None where that was taken already. Raises what the work raised."""
        if self._is_taken:
            return None
        if self._made is None:
            raise self._error or ReadError(Note("It could not be read to the end."))
        made, self._made, self._is_taken = self._made, None, True
        return made

    def stop(self) -> None:
        """Go no further, and forget what there is."""
        self._stopped = True

    def _run(self, work: Work) -> None:
        try:
            self._made = work(self._step)
        except TROUBLE as error:
            self._error = error
        except _StoppedError:
            pass

    def _step(self, what: str) -> Progress:
        def count(done: int, total: int) -> None:
            # What was read lies open, and counts when it is saved, too.
            if self._stopped and self._thread.is_alive():
                raise _StoppedError
            self.what, self.done, self.total = what, done, total

        return count


class _StoppedError(Exception):
    """Everything was removed while work was going on."""
