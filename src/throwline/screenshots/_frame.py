"""What of a screen is the app's own: status bar and header above, the field for writing and the keyboard below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from throwline.conversation import Rectangle
from throwline.screenshots._headings import indent_of, is_at
from throwline.screenshots._screen import Box, Screen
from throwline.screenshots._times import day_of, is_clock
from throwline.screenshots._words import is_keys, platform_of_field

_STATUS = 0.1
"""Of the width: the status bar lies within this."""
_HEADER = 0.42
"""Of the width: the header ends within this."""
_FIELD_BELOW = 0.55
"""Of the height: the field for writing is below this."""
_SIGNS = re.compile(
    r"[<>‹›←くㄑ〈❮]*\s?(?:\d{1,3}|\W+)?|(?:\s?(?:\d{1,3}\s?%?|[345]G\+?|LTE\+?)){1,3}"
)
"""Of the status bar and for going back. A phone number is longer."""
_CHEVRON = re.compile(r"^[@#]\s*|[\s>›〉❯]+$")
"""Around a title: the sign of a person or a channel, the arrow to its page."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows between which the conversation stands. `title` is the name in the header, None where there is none;
    `platform` the app, where its field for writing tells, else "unknown"; `indent` as in `indent_of`."""

    top: int
    bottom: int
    title: str | None
    platform: str
    indent: int | None


def frame_of(screen: Screen) -> Frame:
    """Where the app's own parts end."""
    indent = indent_of(screen)
    header = _header(screen, indent)
    top = max([screen.view[0], *(box.rectangle.bottom for box in header)])
    bottom, platform = _below(screen, top)
    return Frame(top, bottom, _title(screen, header), platform, indent)


def title_of(frames: Sequence[Frame]) -> str | None:
    """The name in the header, as most screens have it."""
    titles = Counter(frame.title for frame in frames if frame.title)
    return titles.most_common(1)[0][0] if titles else None


def _header(screen: Screen, indent: int | None) -> list[Box]:
    top = screen.view[0]
    if top > screen.width * _STATUS:
        return [box for box in screen.boxes if box.rectangle.bottom <= top + 2]
    header: list[Box] = []
    for number, box in enumerate(screen.boxes):
        if box.rectangle.top > screen.width * _HEADER or _is_talk(screen, number):
            break
        # A title may stand in the column of the messages; what comes after it there is one.
        is_first = not any(_could_be_title(screen, above) for above in header)
        if indent is not None and not is_first and is_at((box,), indent, screen.width):
            break
        header.append(box)
    return header


def _is_talk(screen: Screen, number: int) -> bool:
    """Whether the line belongs to the conversation: it stands in a bubble or at a bar, names who does, or is a day."""
    box = screen.boxes[number]
    in_bubble = box.bubble is not None and box.bubble.top > screen.width * _STATUS / 2
    below = screen.boxes[number + 1] if number + 1 < len(screen.boxes) else None
    is_label = below is not None and (
        _is_over(box, below.bubble, screen.width)
        or (below.bar is not None and below.bar.distance(box.ink) < 60)
    )
    is_day = day_of(box.text) is not None and box.rectangle.top > screen.width * _STATUS
    return in_bubble or box.bar is not None or is_label or is_day


def _is_over(box: Box, bubble: Rectangle | None, width: int) -> bool:
    """Whether the line is a name right over the beginning of a bubble."""
    if bubble is None:
        return False
    indent, gap = box.rectangle.left - bubble.left, bubble.top - box.rectangle.bottom
    return -0.02 < indent / width < 0.07 and gap < 0.04 * width


def _title(screen: Screen, header: Sequence[Box]) -> str | None:
    """Of the largest letters the uppermost; the status bar and the signs for going back are none."""
    named = [box for box in header if _could_be_title(screen, box)]
    if not named:
        return None
    largest = max(box.rectangle.bottom - box.rectangle.top for box in named)
    title = next(b for b in named if b.rectangle.bottom - b.rectangle.top > 0.8 * largest)
    return _CHEVRON.sub("", title.text) or None


def _could_be_title(screen: Screen, box: Box) -> bool:
    is_status = is_clock(box.text) and box.rectangle.top < screen.width * _STATUS
    return not is_status and _SIGNS.fullmatch(box.text) is None


def _below(screen: Screen, top: int) -> tuple[int, str]:
    """The row where the field for writing or the keyboard begins, and the app that the field tells."""
    bottom, platform = screen.view[1], "unknown"
    for box in screen.boxes:
        area = box.bubble or box.rectangle
        if box.rectangle.top < max(top, screen.height * _FIELD_BELOW):
            continue
        if is_keys(box.text):
            bottom = min(bottom, box.rectangle.top)
        told = platform_of_field(box.text)
        # A message can say "reply" too: the field is wide, or stands on the page.
        if told and (box.bubble is None or area.right - area.left > screen.width * 0.4):
            bottom, platform = min(bottom, area.top), told
    return bottom, platform
