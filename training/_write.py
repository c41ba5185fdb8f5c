"""Whole numbers for the act model's file: see throwline.recognition._model for its form."""

from __future__ import annotations

import json
import zlib
from typing import Any

import numpy as np

from throwline.recognition._model import MAGIC
from training._corpus import HEADS
from training._heads import Heads

UNIT = 64
"""To a logit."""
_COMMENTS = {
    "points": "Points for each level of a sender's clearest message, the second clearest, and anybody else's clearest.",
    "acts": "The model's logits from which on an act counts as done.",
    "warning": "The logits from which on an early sign is worth a quiet word.",
    "pattern": "Points for each pattern, by level of the offender's clearest message and of anybody else's.",
}
_STEPS = {"words": 4, "own": 4, "other": 4, "pairs": 4, "parts": 4, "marks": 4}


def model_file(heads: Heads) -> bytes:
    """The model file of these heads."""
    tables = heads.tables()
    names, pairs = tables["words"][0], tables["pairs"][0]
    text = ("\n".join(names) + "\n\n" + "\n".join(pairs)).encode()
    rows = {
        name: np.clip(np.rint(logits * UNIT / _STEPS[name]), -127, 127).astype(np.int8)
        for name, (_, logits) in tables.items()
    }
    head = {
        "heads": HEADS,
        "unit": UNIT,
        "text": len(text),
        "steps": _STEPS,
        "counts": {name: len(values) for name, values in rows.items()},
        "marks": tables["marks"][0],
    }
    first = json.dumps(head, separators=(",", ":")).encode()
    body = zlib.compress(text + b"".join(values.tobytes() for values in rows.values()), 9)
    return MAGIC + len(first).to_bytes(4, "little") + first + body


def scorecard_file(parts: dict[str, Any]) -> str:
    """scorecard.toml with these parts."""
    lines = [
        "# Written by `make train`. docs/recognition.md explains it.",
        "# An alarm is raised when one sender has so many points:",
        f"alarm = {parts['alarm']}",
    ]
    for name, comment in _COMMENTS.items():
        lines += ["", f"# {comment}"]
        lines += _tables(name, parts[name])
    return "\n".join(lines) + "\n"


def _tables(name: str, table: dict[str, Any]) -> list[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = [f"[{name}]", *(f"{key} = {value}" for key, value in plain.items())] if plain else []
    for key, value in table.items():
        if isinstance(value, dict):
            lines += _tables(f"{name}.{key}", value)
    return lines
