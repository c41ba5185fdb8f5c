"""`throwline recognise`: the interchange form of docs/conversation-format.md."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_open import throwline

TALK = {
    "id": "x1",
    "messages": [
        {
            "n": 7,
            "sender": "kim",
            "at": "2026-03-02T21:14:05",
            "text": "i have your pics",
            "media": None,
        },
        {
            "n": 9,
            "sender": "kim",
            "at": None,
            "text": "send $300 on cashapp $kellmor or i will send it to your mom",
            "media": None,
        },
        {"n": 12, "sender": None, "at": "2026-03-02T21:15:00Z", "text": None, "media": "image"},
    ],
}
BAD = ["{", "[]", '{"messages": [{"n": "1"}]}', '{"messages": [{"n": 1, "text": 5}]}', "\udcff"]


def test_a_finding_a_line_in_order(tmp_path: Path) -> None:
    lines = [json.dumps({**TALK, "id": f"x{n}"}) for n in range(5)]
    run = throwline("recognise", cwd=tmp_path, stdin="\n".join(lines).encode())
    assert run.returncode == 0
    found = [json.loads(line) for line in run.stdout.decode().splitlines()]
    assert [finding["id"] for finding in found] == ["x0", "x1", "x2", "x3", "x4"]


def test_the_form_of_a_finding(tmp_path: Path) -> None:
    run = throwline("recognise", cwd=tmp_path, stdin=json.dumps(TALK).encode())
    finding = json.loads(run.stdout)
    assert set(finding) == {
        "id", "alarm", "alarm_at", "warning_at", "offender", "pattern", "speaker", "acts", "indicators",
    }  # fmt: skip
    assert finding["alarm"] is True
    assert finding["alarm_at"] == 9
    assert finding["offender"] == "kim"
    texts = {m["n"]: m["text"] for m in TALK["messages"]}  # type: ignore[attr-defined]
    for act in finding["acts"]:
        start, end = act["span"]
        assert texts[act["n"]][start:end]
        assert set(act) == {"n", "act", "sender", "span", "why"}
    assert {"n": 9, "type": "cashtag", "value": "$kellmor", "checked": "context"} in finding[
        "indicators"
    ]


def test_a_bad_line_does_not_end_the_run(tmp_path: Path) -> None:
    good = json.dumps(TALK).encode()
    bad = [line.encode(errors="surrogateescape") for line in BAD]
    run = throwline("recognise", cwd=tmp_path, stdin=b"\n".join([*bad, good]))
    assert run.returncode == 1
    assert len(run.stdout.splitlines()) == 1
    errors = [json.loads(line) for line in run.stderr.splitlines()]
    assert [error["line"] for error in errors] == [1, 2, 3, 4, 5]
    assert all(error["error"] for error in errors)


def test_what_a_finding_says_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs/conversation-format.md").read_text("utf-8")
    for key in (
        "alarm_at",
        "warning_at",
        "offender",
        "pattern",
        "speaker",
        "span",
        "why",
        "checked",
    ):
        assert f'"{key}"' in page
