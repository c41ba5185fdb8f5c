"""The act model: how strongly each word, pair of words and word nearby speaks for each act, added up.

It was trained from data/conversations by `make train`; docs/recognition.md tells how well it does. The numbers are
whole, so that every machine gives the same answers, and a message costs a few sums however many acts there are.

The file model.bin: four bytes "TLM1", the length of a JSON head (4 bytes, little endian), the head in UTF-8, then one
zlib stream. The head gives `heads` (what is told apart), `unit` (so many to a logit), `steps` (what each table's bytes are
multiplied by), `text` (bytes of the
words), `marks` (their names) and `counts` (rows of each table). The stream holds the words
and the pairs, each as UTF-8 lines, and then the tables in the order of `counts`: one signed byte a head, row by row.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from throwline.recognition._features import PIECE, parts
from throwline.recognition._packed import Layout

MAGIC = b"TLM1"
ROOT = 256
"""Sums over n words are multiplied by ROOT / √n."""
_ROOTS = tuple(round(ROOT / math.sqrt(max(n, 1))) for n in range(PIECE + 1))
_PART_ROOTS = tuple(round(ROOT / math.sqrt(n + 2)) for n in range(80))
_REMEMBERED = 100_000


_Key = TypeVar("_Key")


class _Rows(dict[_Key, int]):
    """Rows worked out when they are first asked for, and kept."""

    def __init__(self, row: Callable[[_Key], int]) -> None:
        super().__init__()
        self._row = row

    def __missing__(self, key: _Key) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        row = self[key] = self._row(key)
        return row


class Model:
    """The tables of one model file."""

    def __init__(self, data: bytes) -> None:
        if data[:4] != MAGIC:
            raise ValueError("the act model is not a TLM1 file: run `make train` or reinstall")
        length = int.from_bytes(data[4:8], "little")
        head: dict[str, Any] = json.loads(data[8 : 8 + length])
        body = memoryview(zlib.decompress(data[8 + length :]))
        self.heads: tuple[str, ...] = tuple(head["heads"])
        self.unit: int = head["unit"] * ROOT
        self.layout = Layout(len(self.heads))
        text = bytes(body[: head["text"]]).decode()
        names, pairs = (block.split("\n") for block in text.split("\n\n"))
        self._words = {word: row for row, word in enumerate(names)}
        self._pairs = {_two(pair): row for row, pair in enumerate(pairs)}
        self._steps: dict[str, int] = head["steps"]
        self._tables: dict[str, memoryview] = {}
        start = head["text"]
        for name, rows in head["counts"].items():
            end = start + rows * len(self.heads)
            self._tables[name] = body[start:end].cast("b")
            start = end
        self._marks = {
            mark: self._row("marks", row, ROOT) for row, mark in enumerate(head["marks"])
        }
        self._read = _Rows(self._word)
        self._own = _Rows[str](lambda word: self._nearby("own", word))
        self._other = _Rows[str](lambda word: self._nearby("other", word))
        self._paired = _Rows(self._pair)
        self._parts = _Rows[int](lambda row: self._row("parts", row))

    def read(
        self,
        said: Sequence[str],
        own: Sequence[str],
        other: Sequence[str],
        marks: Iterable[str],
    ) -> int:
        """How strongly at most PIECE words speak for each head: a packed row, `unit` to a logit. `own` and `other` are
        the words around them (see `context`)."""
        total = self._marks["always"]
        for mark in marks:
            total += self._marks.get(mark, 0)
        if said:
            row = sum(map(self._read.__getitem__, said))
            paired = self._paired
            for pair in zip(("^", *said), (*said, "$"), strict=True):
                if pair in self._pairs:
                    row += paired[pair]
            total += row * _ROOTS[len(said)]
        if own:
            total += sum(map(self._own.__getitem__, own)) * _ROOTS[len(own)]
        if other:
            total += sum(map(self._other.__getitem__, other)) * _ROOTS[len(other)]
        return total

    def known(self, said: Iterable[str]) -> tuple[int, int]:
        """How many of the words that are made of letters it has learned from, and how many it has not."""
        known = [word in self._words for word in said if word[0].isalpha()]
        return sum(known), len(known) - sum(known)

    def weight(self, word: str, head: str) -> int:
        """How much a word by itself speaks for a head."""
        return self.layout.fields(self._read[word])[self.heads.index(head)]

    def _word(self, word: str) -> int:
        rows = parts(word)
        summed = self.layout.fields(sum(map(self._parts.__getitem__, rows)))
        scale = _PART_ROOTS[len(rows)]
        row = self.layout.pack(field * scale // ROOT for field in summed)
        index = self._words.get(word)
        return row if index is None else row + self._row("words", index)

    def _nearby(self, table: str, word: str) -> int:
        index = self._words.get(word)
        return 0 if index is None else self._row(table, index)

    def _pair(self, pair: tuple[str, str]) -> int:
        return self._row("pairs", self._pairs[pair])

    def _row(self, table: str, row: int, times: int = 1) -> int:
        width = len(self.heads)
        step = self._steps[table] * times
        data = self._tables[table][row * width : (row + 1) * width]
        return self.layout.pack(value * step for value in data)


def _two(pair: str) -> tuple[str, str]:
    first, _, second = pair.partition(" ")
    return first, second


@cache
def model() -> Model:
    """The model in the package."""
    return Model((files("throwline.recognition") / "model.bin").read_bytes())
