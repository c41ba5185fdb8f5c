"""Sources of any size stream through: memory is capped far below what is written, verified, sealed and opened."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


def capped(work: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.evidence.capped", work, str(folder)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True,
    )  # fmt: skip


def test_the_cap_is_one(tmp_path: Path) -> None:
    assert "MemoryError" in capped("hold", tmp_path).stderr


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Emptied afterwards: pytest keeps what its tests wrote."""
    yield tmp_path
    shutil.rmtree(tmp_path)


@pytest.mark.parametrize("work", ["write", "with_key", "with_passphrase"])
def test_memory_does_not_grow_with_the_source(folder: Path, work: str) -> None:
    done = capped(work, folder)
    assert done.returncode == 0, done.stderr
