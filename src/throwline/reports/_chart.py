"""A long conversation drawn small: where in it they ask, threaten and press."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from throwline.case import Read
from throwline.recognition import OWN_SIDE
from throwline.reports._turns import turns

_LONG = 40
"""Messages. What is no longer is seen at a glance in the timeline itself."""
_BARS = 40
"""At most: more would be too thin on a phone."""

WIDTH, HEIGHT = 360, 80
"""Of the drawing, in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Messages `first` to `last`, of which `count` are cited for what the person doing this does. The rest is where it
    stands in the drawing."""

    first: int
    last: int
    count: int
    left: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Of `total` messages, `each` to a bar; bars of nothing are left out. `turns` are the places of the turning points."""

    total: int
    each: int
    bars: tuple[Bar, ...]
    turns: tuple[float, ...]


def chart(read: Read) -> Chart | None:
    """None where the conversation is short, or nobody in it asks, threatens or presses."""
    total = len(read.conversation.messages)
    cited = {act.n for act in read.stated if act.act not in OWN_SIDE}
    if total <= _LONG or not cited:
        return None
    each = -(-total // _BARS)
    counted = Counter((number - 1) // each for number in cited)
    most = max(counted.values())
    step = WIDTH * each / total
    bars = tuple(
        Bar(
            first=place * each + 1,
            last=min((place + 1) * each, total),
            count=count,
            left=round(place * step, 1),
            width=round(min(step, WIDTH - place * step) * 0.8, 1),
            height=round(HEIGHT * 0.8 * count / most, 1),
        )
        for place, count in sorted(counted.items())
    )
    marks = tuple(round(WIDTH * (turn.number - 0.5) / total, 1) for turn in turns(read))
    return Chart(total, each, bars, marks)
