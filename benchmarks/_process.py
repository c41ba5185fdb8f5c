"""Whole processes, measured by the operating system's own accounting."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Measured:
    """`wall` and `cpu` in seconds; `memory` is the peak resident size in MB (10**6 bytes)."""

    wall: float
    cpu: float
    memory: float
    output: str


def measured(command: Sequence[str | Path], stdin: Path | None = None) -> Measured:
    """Run `command` once. Raises RuntimeError with its output where it fails."""
    started = time.perf_counter()
    with (stdin or Path(os.devnull)).open("rb") as given:
        process = subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert process.stdout is not None
        output = process.stdout.read().decode(errors="replace")
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {output[-2000:]}")
    return Measured(
        time.perf_counter() - started,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * 1024 / 1e6,
        output,
    )


def typical(command: Sequence[str | Path], runs: int, stdin: Path | None = None) -> Measured:
    """The run of median CPU time among `runs`."""
    every = [measured(command, stdin) for _ in range(runs)]
    middle = median(sorted(run.cpu for run in every))
    return min(every, key=lambda run: abs(run.cpu - middle))
