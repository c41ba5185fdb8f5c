"""What `throwline open` asks a person at a terminal, and only there."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.terminal import typed

OPEN = "03/06/2023, 21:05 - Kim: hey\n04/06/2023, 21:06 - Me: who are you\n"
SETTLED = "13/06/2023, 21:05 - Jo: hello\n14/06/2023, 21:06 - Me: and you\n"
ABOUT_THEM = ["unknown", "", "person"]
ABOUT_IT = ["unknown"] * 5


def opened(
    folder: Path, answers: list[str], *, other: str = "", about_it: list[str] = ABOUT_IT
) -> tuple[str, dict[str, Any]]:
    (folder / "chat.txt").write_text(OPEN)
    (folder / "other.txt").write_text(other or OPEN)
    paths = ["chat.txt", "other.txt"][: 1 + bool(other)]
    command = [sys.executable, "-m", "throwline", "open", *paths, "--to", "case"]
    asked = [*ABOUT_THEM, *about_it, *answers]
    status, shown = typed(command, asked, folder, hidden=False)
    assert status == 0, shown
    return shown, json.loads((folder / "case" / "case.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("answer", "at", "doubted"),
    [
        ("day-first", "2023-06-03T21:05:00", False),
        ("month-first", "2023-03-06T21:05:00", False),
        ("unknown", "2023-06-03T21:05:00", True),
    ],
)
def test_the_order_of_day_and_month(tmp_path: Path, answer: str, at: str, doubted: bool) -> None:
    shown, case = opened(tmp_path, [answer, "Europe/Lisbon"])
    assert "Which comes first?" in shown
    assert case["answers"]["timezone"] == "Europe/Lisbon"
    (conversation,) = case["conversations"]
    assert at in json.dumps(conversation)
    assert any("comes first" in gap["text"] for gap in conversation["gaps"]) is doubted


def test_an_answer_that_another_export_contradicts(tmp_path: Path) -> None:
    shown, case = opened(tmp_path, ["month-first", ""], other=SETTLED)
    assert "contradict that" in shown
    assert case["answers"]["timezone"] is None


def test_a_time_zone_that_is_none_is_asked_for_again(tmp_path: Path) -> None:
    shown, case = opened(tmp_path, ["day-first", "London time", "Europe/London"])
    assert shown.count("Time zone of the phone") == 2
    assert case["answers"]["timezone"] == "Europe/London"


def test_what_was_paid_and_what_became_of_the_pictures(tmp_path: Path) -> None:
    about_it = ["threat-only", "no", "yes", "no", "yes", "bank, cheque", "bank, gift_card"]
    shown, case = opened(tmp_path, ["day-first", ""], about_it=about_it)
    assert "cheque is none of them." in shown
    told = case["answers"]
    assert told["pictures_state"] == "threat-only"
    assert (told["sent_more"], told["made_with_ai"], told["knows_person"]) == ("no", "yes", "no")
    assert (told["paid"], told["paid_by"]) == ("yes", ["bank", "gift_card"])
