"""How well a reading agrees with what was drawn."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tests.screenshots.drawing._draw import Drawn
from tests.screenshots.drawing._talk import ME, Line
from throwline.conversation import Conversation, Kind, Message

_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]")


@dataclass(frozen=True)
class Score:
    """Of one conversation: messages drawn, those read under the right sender, messages read that were not drawn, and
    letters drawn and wrong (edits). Emoji do not count: they are not read."""

    messages: int
    right: int
    invented: int
    letters: int
    edits: int

    def __add__(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(_parts(self), _parts(other), strict=True)))

    @property
    def right_sender(self) -> float:
        """The share of messages under the right sender; invented ones count as wrong."""
        return self.right / (self.messages + self.invented)

    @property
    def letter_errors(self) -> float:
        return self.edits / self.letters


def _parts(score: Score) -> tuple[int, ...]:
    return score.messages, score.right, score.invented, score.letters, score.edits


def scored(drawn: Drawn, read: Conversation) -> Score:
    """Every drawn message against the message of the reading that stands in its place."""
    lines = drawn.lines
    messages = [m for m in read.messages if m.kind is Kind.WRITTEN]
    pairs, invented = _aligned(lines, messages)
    right = sum(m is not None and _is_by(line, m) for line, m in pairs)
    edits = sum(distance(plain(line.text or ""), plain(m.text if m else "")) for line, m in pairs)
    letters = sum(len(plain(line.text or "")) for line, _ in pairs)
    return Score(len(lines), right, invented, letters, edits)


def plain(text: str) -> str:
    """`text` without emoji, and with one kind of space and apostrophe."""
    text = unicodedata.normalize("NFC", _EMOJI.sub("", text)).replace("’", "'").replace("…", "...")
    return " ".join(text.split())


def _is_by(line: Line, message: Message) -> bool:
    if message.sender is None:
        return False
    if line.sender == ME:
        return message.sender.is_owner is True
    same = message.sender.name.casefold() == line.sender.casefold()
    return message.sender.is_owner is False and same


def _aligned(
    lines: tuple[Line, ...], messages: list[Message]
) -> tuple[list[tuple[Line, Message | None]], int]:
    """The pairing in order of least cost, and how many messages are left over."""
    texts = [plain(line.text or "") for line in lines]
    read = [plain(message.text) for message in messages]
    cost = [[0.0] * (len(read) + 1) for _ in range(len(texts) + 1)]
    for i in range(len(texts) + 1):
        for j in range(len(read) + 1):
            if i or j:
                cost[i][j] = min(
                    cost[i - 1][j] + 1 if i else 9e9,
                    cost[i][j - 1] + 1 if j else 9e9,
                    cost[i - 1][j - 1] + _unlike(texts[i - 1], read[j - 1]) if i and j else 9e9,
                )
    pairs: list[tuple[Line, Message | None]] = []
    i, j, left = len(texts), len(read), 0
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + _unlike(texts[i - 1], read[j - 1]):
            pairs.append((lines[i - 1], messages[j - 1]))
            i, j = i - 1, j - 1
        elif i and cost[i][j] == cost[i - 1][j] + 1:
            pairs.append((lines[i - 1], None))
            i -= 1
        else:
            left += 1
            j -= 1
    return pairs[::-1], left


def _unlike(first: str, second: str) -> float:
    if first == second:
        return 0.0
    return 1.5 * distance(first, second) / max(len(first), len(second))


def distance(first: str, second: str) -> int:
    """Levenshtein's: the fewest letters put in, taken out or changed."""
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        before = row
        row = [i]
        for j, other in enumerate(second, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other)))
    return row[-1]
