"""Going through many messages in batches, so that a part of the work can be done elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

BATCH = 500
"""Messages. Enough that handing them over costs next to nothing, and few enough to share the work evenly."""
_One = TypeVar("_One")
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Spread(Protocol):
    """What does a function's work for each of many batches, and gives the results in their order: the built-in `map`,
    or a door's own that has other processes share in it. Function, batches and results can be pickled."""

    def __call__(
        self, function: Callable[[_Given], _Made], batches: Iterable[_Given], /
    ) -> Iterable[_Made]:
        """As `map`."""
        ...


def batched(things: Iterable[_One]) -> Iterator[list[_One]]:
    """So many at a time, in order."""
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch
