"""From words to lines, for recognisers that find words, such as Tesseract."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from throwline.conversation import Rectangle
from throwline.screenshots._screen import Text

_LEAST = 0.3
"""Below this confidence a word is a portrait, a tick or an emoji more often than a word."""
_SURE, _SIGN = 0.8, 2
"""So few letters that stand alone are a sign of the app unless they were read with this confidence."""
_GAP = 1.0
"""Of the height: what is further apart is no line, but a message and the time beside it."""
_TIGHT = 0.12
"""Of the height: what is nearer together is one word that was cut at a full stop or the like."""
_ROOM = 0.25
"""Of the height: rectangles of words fit closely around their letters, those of lines leave room."""
_MARKS = frozenset("?!$€£")


def lines_of(words: Iterable[Text]) -> list[Text]:
    """The lines that the words stand in, as a recogniser of lines would give them.

    Neither order nor lines of the recogniser are asked for: it takes two bubbles side by side for one line.
    """
    rows: list[list[Text]] = []
    for word in sorted(filter(_is_word, words), key=lambda word: word.rectangle.left):
        row = next((row for row in rows if _goes_on(row[-1].rectangle, word.rectangle)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return [_line(row) for row in rows if not _is_sign(row)]


def _is_word(word: Text) -> bool:
    text = word.text
    readable = any(c.isalnum() or c in _MARKS for c in text) or text == "|"
    return readable and word.confidence >= _LEAST


def _is_sign(row: list[Text]) -> bool:
    return len(row) == 1 and len(row[0].text) <= _SIGN and row[0].confidence < _SURE


def _goes_on(last: Rectangle, following: Rectangle) -> bool:
    highest = max(_height(last), _height(following))
    shared = min(last.bottom, following.bottom) - max(last.top, following.top)
    gap = following.left - last.right
    beside = -0.5 * highest < gap <= _GAP * highest
    return beside and shared > 0.5 * min(_height(last), _height(following))


def _line(row: list[Text]) -> Text:
    text = _letters(row[0])
    for word, following in pairwise(row):
        highest = max(_height(word.rectangle), _height(following.rectangle))
        is_cut = following.rectangle.left - word.rectangle.right < _TIGHT * highest
        text += _letters(following) if is_cut else f" {_letters(following)}"
    return Text(text, min(word.confidence for word in row), _around([w.rectangle for w in row]))


def _letters(word: Text) -> str:
    # No chat has an upright bar for a word; Tesseract takes a capital I for one.
    return "I" if word.text == "|" else word.text


def _around(areas: list[Rectangle]) -> Rectangle:
    top, bottom = min(area.top for area in areas), max(area.bottom for area in areas)
    room = round(_ROOM * (bottom - top))
    left, right = min(area.left for area in areas), max(area.right for area in areas)
    return Rectangle(max(0, left - room), max(0, top - room), right + room, bottom + room)


def _height(area: Rectangle) -> int:
    return area.bottom - area.top
