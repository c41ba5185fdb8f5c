"""From a text to what it gives away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from throwline.exposure._rules import kinds, rules
from throwline.indicators import find

_OF_INDICATOR = {
    "phone": "phone",
    "email": "email",
    "username": "account",
    "cashtag": "account",
    "paypal": "account",
    "venmo": "account",
    "zelle": "account",
    "upi": "account",
    "gcash": "account",
}
"""What an account or a number in the text is, for the one who wrote it."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """One thing that is given away. `what` names its kind; `said` is `text[start:end]`."""

    what: str
    said: str
    start: int
    end: int


def exposures(text: str) -> tuple[Exposure, ...]:
    """All that `text` gives away: kind by kind in their order, in each by place, overlapping finds joined."""
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in kinds()}
    for what, start, end in (*_by_rules(text), *_by_indicators(text)):
        spans[what].append((start, end))
    return tuple(
        Exposure(what, text[start:end], start, end)
        for what, found in spans.items()
        for start, end in _joined(found)
    )


def _by_rules(text: str) -> Iterator[tuple[str, int, int]]:
    for rule in rules():
        for start, end in rule.spans(text):
            yield rule.what, start, start + len(text[start:end].rstrip())


def _by_indicators(text: str) -> Iterator[tuple[str, int, int]]:
    for hit in find(text):
        if hit.kind in _OF_INDICATOR:
            yield _OF_INDICATOR[hit.kind], hit.start, hit.end


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order; those that share letters are one."""
    current: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if current and start < current[1]:
            current = (current[0], max(end, current[1]))
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current
