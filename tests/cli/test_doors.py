"""The other commands, and that help and docs tell the truth."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tools.docs import PAGES

from tests.cli.test_open import throwline
from throwline.cli import main

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(main.commands)  # type: ignore[attr-defined]


def test_demo_once(tmp_path: Path) -> None:
    run = throwline("demo", "--once", cwd=tmp_path)
    assert run.returncode == 0
    assert len(run.stdout.decode().splitlines()) <= 25
    assert list(tmp_path.iterdir()) == []


def test_demo_serves_its_page(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "throwline", "demo"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "http://127.0.0.1:" in line:
                break
        process.terminate()
    assert re.search(r"http://127\.0\.0\.1:\d+/start/\S+", line)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    found = main.commands[command]  # type: ignore[attr-defined]
    assert found.help
    for option in found.params:
        if isinstance(option, click.Option):
            assert option.help, f"{command} {option.name} says nothing of itself"


def test_every_command_named_in_the_docs_exists() -> None:
    pages = [ROOT / "README.md", *ROOT.glob("docs/*.md")]
    named = {m for p in pages for m in re.findall(r"throwline ([a-z]+)", p.read_text("utf-8"))}
    assert named - {"is", "in", "on"} <= set(COMMANDS) | {"case"}


@pytest.mark.parametrize("page", sorted(PAGES))
def test_pages_made_from_the_code_are_up_to_date(page: str) -> None:
    assert (ROOT / "docs" / page).read_text("utf-8") == PAGES[page](), "run `make docs`"


def test_verify_a_folder_that_is_no_bag(tmp_path: Path) -> None:
    run = throwline("verify", tmp_path, cwd=tmp_path)
    assert run.returncode == 2
    assert "not a bag" in run.stderr.decode()


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, throwline.cli; print([m for m in ('rich', 'jinja2', 'phonenumbers') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
