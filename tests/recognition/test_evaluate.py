"""`throwline evaluate` on a few conversations whose table can be counted by hand."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from throwline.cli._evaluate import evaluate_files, wilson


def form(name: str, lines: list[tuple[str, str]], **labels: object) -> dict[str, object]:
    messages = [
        {"n": n, "sender": who, "at": "12:18", "text": text, "media": None}
        for n, (who, text) in enumerate(lines, 1)
    ]
    empty = {"kind": "negative", "pattern": "none", "offender": None, "acts": {}, "alarm_by": None}
    return {"id": name, "language": "en", "messages": messages, **empty, **labels}


THREAT = form(
    "en-fin-001",
    [("kim", "hi"), ("kim", "i will send your pics to your mom"), ("sam", "please don't")],
    kind="positive",
    pattern="financial",
    offender="kim",
    alarm_by=2,
    acts={"2": ["threat_share", "claim_material", "name_audience"], "3": ["plead"]},
)
QUIET = form("en-neg-002", [("ana", "see you at nine")])


def table(tmp_path: Path, *forms: dict[str, object], name: str = "some.jsonl") -> str:
    path = tmp_path / name
    data = "\n".join(json.dumps(f) for f in forms).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    out, errors = io.StringIO(), io.StringIO()
    assert evaluate_files([path], out, errors) == 0, errors.getvalue()
    return out.getvalue()


def test_the_table_counts(tmp_path: Path) -> None:
    lines = table(tmp_path, THREAT, QUIET)
    assert "1 conversations with extortion, 1 without" in lines
    assert "| all | 1 | 1 | 100%" in lines
    assert "| neg | 0 | 1 | 0.0" in lines
    assert "wrong offender: 0%" in lines
    assert "| threat_share | 1.00 | 1.00 | 1.00 | 1 |" in lines
    assert "messages from the first threat to the alarm, median of the recognised: 0" in lines
    assert "see you" not in lines


def test_without_labels_only_alarms_are_counted(tmp_path: Path) -> None:
    lines = table(tmp_path, QUIET, name="chat.jsonl.gz")
    assert "| chat | 0 | 1 | 0.0" in lines
    assert "Recall" not in lines


@pytest.mark.parametrize("text", ["{", '{"messages": [{"n": "x"}]}', "[]"])
def test_a_bad_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(text, "utf-8")
    out, errors = io.StringIO(), io.StringIO()
    assert evaluate_files([path], out, errors) == 1
    assert str(path) in errors.getvalue()
    assert errors.getvalue().count("\n") == 1
    assert out.getvalue() == ""


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    out, errors = io.StringIO(), io.StringIO()
    assert evaluate_files([tmp_path / "none.jsonl"], out, errors) == 1
    assert "none.jsonl" in errors.getvalue()


def test_intervals() -> None:
    # Wilson's interval for 10 of 100: (0.1 + z²/200 ± z·√(0.09/100 + z²/40000)) / (1 + z²/100), z = 1.96, by hand.
    low, high = wilson(10, 100)
    assert (round(low, 3), round(high, 3)) == (0.055, 0.174)
    assert wilson(0, 0) == (0.0, 1.0)
