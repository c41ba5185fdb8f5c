"""`throwline report`: printed, written, and refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.reports.making import SAMPLE
from throwline.cli import main
from throwline.cli._commands import _REPORTS
from throwline.reports import KINDS


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "chat.txt").write_text(SAMPLE, "utf-8")
    opened = run("open", folder / "chat.txt", "--to", folder / "case")
    assert opened.exit_code == 0, opened.output
    return folder / "case"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_kinds_offered_are_those_there_are() -> None:
    assert tuple(KINDS) == _REPORTS


def test_it_prints_text(case: Path) -> None:
    answer = run("report", "police", case)
    assert answer.exit_code == 0
    assert answer.output.startswith("Statement about threats")
    assert "Dana" in answer.output


@pytest.mark.parametrize(
    ("name", "head"), [("a.txt", b"Statement"), ("a.HTML", b"<!doctype"), ("a.pdf", b"%PDF-")]
)
def test_it_writes_what_the_ending_says(case: Path, tmp_path: Path, name: str, head: bytes) -> None:
    answer = run("report", "police", case, "--to", tmp_path / name)
    assert answer.exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(head)


def test_a_file_is_never_overwritten(case: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.txt"
    target.write_text("mine")
    answer = run("report", "police", case, "--to", target)
    assert answer.exit_code == 2
    assert "exists already" in answer.output
    assert target.read_text() == "mine"


@pytest.mark.parametrize("name", ["report", "report.docx", "nowhere/report.txt"])
def test_a_target_that_cannot_be_is_refused(case: Path, tmp_path: Path, name: str) -> None:
    answer = run("report", "police", case, "--to", tmp_path / name)
    assert answer.exit_code == 2
    assert len(answer.output.splitlines()) == 1
    assert not any(tmp_path.iterdir())


def test_a_folder_that_is_no_case_is_refused(tmp_path: Path) -> None:
    answer = run("report", "police", tmp_path)
    assert answer.exit_code == 2
    assert "is no case folder" in answer.output


def test_the_app_can_be_another(case: Path) -> None:
    assert "Report to TikTok" in run("report", "platform", case, "--platform", "tiktok").output
    refused = run("report", "police", case, "--platform", "tiktok")
    assert refused.exit_code == 2
    assert "--platform goes with" in refused.output


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_prints(case: Path, kind: str) -> None:
    answer = run("report", kind, case)
    assert answer.exit_code == 0
    assert "Nothing was sent" in answer.output or "nothing was sent" in answer.output
