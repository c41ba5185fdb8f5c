"""What a picture's file can tell about people, and what that is called."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from throwline.language import localized


class Trace(StrEnum):
    """Something that a picture's file tells besides the picture."""

    PLACE = "place"
    NAME = "name"
    TIME = "time"
    DEVICE = "device"
    CAPTION = "caption"
    THUMBNAIL = "thumbnail"
    EDITS = "edits"
    MAKER_NOTES = "maker_notes"
    ORIGIN = "origin"
    SETTINGS = "settings"
    BEHIND = "behind"
    OTHER = "other"


XMP = frozenset({Trace.CAPTION, Trace.EDITS})
"""What Adobe's block of XML is taken to hold; it can hold anything."""


def trace_words(trace: Trace) -> str:
    """What `trace` is called in front of people."""
    words: str = localized(_data(), "traces")["words"][trace.value]
    return words


@cache
def exif_traces() -> dict[int, Trace]:
    """What a tag of Exif tells."""
    return {tag: Trace(name) for name, tags in _data()["exif"].items() for tag in tags}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("throwline.metadata") / "traces.toml").read_text("utf-8"))
