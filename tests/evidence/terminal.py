"""Programs that ask for a passphrase ask a terminal, so the tests are one."""

from __future__ import annotations

import os
import pty
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path

Words = Sequence[str | Path]

_FLAGS = 3
"""Where tcgetattr has the local modes."""


def typed(
    command: Words, answers: Sequence[str], cwd: Path | None = None, *, hidden: bool = True
) -> tuple[int, str]:
    """Run `command` on a terminal and answer each of its questions, which end in a colon. `hidden` are answers that do not
    show, as passphrases. Returns its exit status and all it showed."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        ["setsid", "--ctty", "--wait", *command], stdin=slave, stdout=slave, stderr=slave, cwd=cwd
    ) as process:
        os.close(slave)
        shown, left = "", list(answers)
        while piece := _read(master):
            shown += piece
            if left and shown.rstrip().endswith(":"):
                # What is typed before a program hides it is thrown away.
                while hidden and termios.tcgetattr(master)[_FLAGS] & termios.ECHO:
                    time.sleep(0.01)
                os.write(master, f"{left.pop(0)}\n".encode())
                shown += "\n"
    os.close(master)
    return process.returncode, shown


def _read(master: int) -> str:
    try:
        return os.read(master, 1000).decode()
    except OSError:  # The other end is closed.
        return ""
