"""Programs that ask for a passphrase ask a terminal, so the tests are one."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Sequence
from pathlib import Path

Words = Sequence[str | Path]


def typed(command: Words, answers: Sequence[str], cwd: Path | None = None) -> tuple[int, str]:
    """Run `command` on a terminal and answer each of its questions, which end in a colon. Returns its exit status and
    all it showed."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        ["setsid", "--ctty", "--wait", *command], stdin=slave, stdout=slave, stderr=slave, cwd=cwd
    ) as process:
        os.close(slave)
        shown, left = "", list(answers)
        while piece := _read(master):
            shown += piece
            if left and shown.rstrip().endswith(":"):
                os.write(master, f"{left.pop(0)}\n".encode())
                shown += "\n"
    os.close(master)
    return process.returncode, shown


def _read(master: int) -> str:
    try:
        return os.read(master, 1000).decode()
    except OSError:  # The other end is closed.
        return ""
