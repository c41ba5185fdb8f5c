"""Whole processes, measured by the operating system's own accounting."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Measured:
    """`wall` and `cpu` in seconds; `memory` is the peak resident size in MB (10**6 bytes). Processes that the command
    starts count, in both: their memory is looked at ten times a second."""

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
        together = [0]
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, together, ended))
        watcher.start()
        output = process.stdout.read().decode(errors="replace")
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        ended.set()
        watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {output[-2000:]}")
    return Measured(
        time.perf_counter() - started,
        usage.ru_utime + usage.ru_stime,
        max(usage.ru_maxrss * 1024, *together) / 1e6,
        output,
    )


def _watch(process: int, together: list[int], ended: threading.Event) -> None:
    """Note the resident bytes of a process and of those that it started, over and over, until it has `ended`."""
    while not ended.wait(0.1):
        together.append(sum(map(_resident, _family(process))))


def _family(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _resident(process: int) -> int:
    with suppress(OSError, IndexError):
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def typical(command: Sequence[str | Path], runs: int, stdin: Path | None = None) -> Measured:
    """The run of median CPU time among `runs`."""
    every = [measured(command, stdin) for _ in range(runs)]
    middle = median(sorted(run.cpu for run in every))
    return min(every, key=lambda run: abs(run.cpu - middle))
