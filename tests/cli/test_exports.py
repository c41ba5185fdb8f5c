"""`throwline report stix`, `misp` and `case-uco`: what programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.reports.cases import SAMPLE
from throwline.cli import main
from throwline.cli._commands import _EXPORTS
from throwline.reports import EXPORTS


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    (folder / "chat.txt").write_bytes(SAMPLE)
    (folder / "calm.txt").write_text("Kim: lunch?\nSam: at one\n")
    for name in ("chat", "calm"):
        assert run("open", folder / f"{name}.txt", "--to", folder / name).exit_code == 0
    return folder / "chat"


def test_the_exports_offered_are_those_there_are() -> None:
    assert tuple(EXPORTS) == _EXPORTS


@pytest.mark.parametrize("kind", EXPORTS)
def test_printed_and_written_alike(case: Path, tmp_path: Path, kind: str) -> None:
    printed = run("report", kind, case)
    assert printed.exit_code == 0
    assert json.loads(printed.output)
    assert run("report", kind, case, "--to", tmp_path / "a.json").exit_code == 0
    assert (tmp_path / "a.json").read_text("utf-8") == printed.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--to", "a.txt"), "must end in .json"),
        (("--platform", "tiktok"), "--platform goes with"),
    ],
)
def test_refusals(case: Path, words: tuple[str, ...], says: str) -> None:
    answer = run("report", "stix", case, *words)
    assert answer.exit_code == 2
    assert says in answer.output


def test_nothing_to_share(case: Path) -> None:
    answer = run("report", "misp", case.parent / "calm")
    assert answer.exit_code == 2
    assert "There is nothing to share" in answer.output
