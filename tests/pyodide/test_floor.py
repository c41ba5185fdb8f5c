"""The portable floor's tests once more, in Pyodide under Node: the same code as in a browser."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FLOOR = (
    "conversation",
    "recognition",
    "indicators",
    "fingerprint",
    "exposure",
    "metadata",
    "screenshots",
    "case",
    "guidance",
    "reports",
    "pages",
)


def test_the_floor_in_pyodide() -> None:
    if shutil.which("node") is None or not (HERE / "node_modules" / "pyodide").is_dir():
        pytest.skip("no node, or pyodide is not installed (npm ci in tests/pyodide)")
    folders = [f"tests/{room}" for room in FLOOR if (HERE.parent / room).is_dir()]
    run = subprocess.run(
        ["node", "run.mjs", sysconfig.get_path("purelib"), *folders],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"{run.stdout[-4000:]}\n{run.stderr[-2000:]}"
