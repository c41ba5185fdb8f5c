"""The words of the reports: calm, never blaming, each table of facts with its source."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from tests.guidance.test_readability import BLAME
from throwline.guidance import Confidence

# The other files in this folder are for programs, not for people.
FOR_PEOPLE = sorted(
    f.name for f in (files("throwline.reports") / "kinds").iterdir() if f.name.endswith(".toml")
)
NAMES_OF_OTHERS = re.compile(
    r"“[^”]*”"  # what a form or a law calls something is quoted, and is theirs to choose
)


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("throwline.reports") / "kinds" / name).read_text("utf-8"))


def told(entry: Any, key: str = "") -> Iterator[str]:
    """Every text for people; not the sources, and not the keys of choices."""
    match entry:
        case str() if key not in ("source", "confidence", "fill", "url"):
            yield entry
        case list():
            for item in entry:
                yield from told(item, key)
        case dict():
            for name, item in entry.items():
                yield from told(item, name)


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_no_word_blames_or_shouts(name: str) -> None:
    for text in told(table(name)):
        for pattern in BLAME:
            assert not re.search(pattern, NAMES_OF_OTHERS.sub("", text), re.IGNORECASE), text


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_no_sentence_runs_on(name: str) -> None:
    for text in told(table(name)):
        for sentence in re.split(r"(?<=[.?:;])\s", text):
            assert len(sentence.split()) <= 30, sentence


def sourced(entry: Any) -> Iterator[dict[str, Any]]:
    match entry:
        case list():
            for item in entry:
                yield from sourced(item)
        case dict():
            if {"source", "checked", "confidence"} & entry.keys():
                yield entry
            for item in entry.values():
                yield from sourced(item)


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_every_source_is_whole(name: str) -> None:
    for entry in sourced(table(name)):
        assert entry["source"].strip(), entry
        assert type(entry["checked"]) is date, entry
        assert entry["confidence"] in set(Confidence), entry
