"""Kill the same piece of work again and again, everywhere: run as a program of its own, which has no threads to fork.

`python -m tests.evidence.interrupted WORK FOLDER TIMES` does WORK in FOLDER that often, each time in a child that is
killed (SIGKILL): four times out of five before a certain line of throwline.evidence, from the first to the last, and
else after a random time. After each, either the whole result is there, or nothing is. Prints how many were killed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pyrage

import throwline.evidence
from tests.evidence.bags import make_bag, sha256
from throwline.case import Answers, make_case
from throwline.conversation import Hints, read_given
from throwline.evidence import _folder, erase, seal, sign, unseal, verify, write_case

AT = datetime(2026, 3, 2, 21, 14, tzinfo=UTC)
CHAT = b"02/03/2026, 21:14 - Kim: send 300 or i post your pics\n02/03/2026, 21:15 - Sam: no\n"
ROOM = str(Path(throwline.evidence.__file__).parent)
LEFTOVER = ".partial-tl-"


class Work(ABC):
    """Something that makes `result` in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "here"
        self.folder.mkdir()
        self.result = self.folder / "result"
        self.prepare(folder)
        self.before = {path.name for path in self.folder.iterdir()}

    @abstractmethod
    def prepare(self, folder: Path) -> None: ...

    @abstractmethod
    def do(self) -> None: ...

    @abstractmethod
    def check(self) -> None:
        """The result is there: is it whole?"""

    def undo(self) -> None:
        if self.result.is_dir():
            shutil.rmtree(self.result)
        else:
            self.result.unlink()


class Write(Work):
    def prepare(self, folder: Path) -> None:
        # What the reports look like does not matter here, and takes the longest.
        _folder._reports = lambda _: {"report.html": b"<p>"}
        self.intake = read_given("chat.txt", CHAT, Hints())
        self.case = make_case(self.intake, Answers(), AT)

    def do(self) -> None:
        write_case(self.case, self.intake, self.result)

    def check(self) -> None:
        assert verify(self.result).holds
        assert {p.name for p in self.result.iterdir()} == {"case.json", "report.html", "evidence"}


class Sign(Work):
    def prepare(self, folder: Path) -> None:
        self.bag = make_bag(self.folder / "bag")
        self.result = self.bag / "tagmanifest-sha256.txt.sig"
        self.key = folder / "key"
        os.system(f"ssh-keygen -q -t ed25519 -N '' -f {self.key}")

    def do(self) -> None:
        sign(self.bag, self.key)

    def check(self) -> None:
        assert [s.name for s in verify(self.bag).signatures] == [self.result.name]


class Seal(Work):
    def prepare(self, folder: Path) -> None:
        self.bag = make_bag(folder / "bag")
        me = pyrage.x25519.Identity.generate()
        self.recipient = str(me.to_public())
        self.identities = folder / "identities"
        self.identities.write_text(str(me))

    def do(self) -> None:
        seal(self.bag, self.result, who="x", at=AT, recipients=[self.recipient])

    def check(self) -> None:
        opened = self.folder.parent / "opened"
        unseal(self.result, opened, identities=self.identities)
        assert verify(opened).holds
        shutil.rmtree(opened)


class Unseal(Seal):
    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        self.sealed = folder / "it.age"
        seal(self.bag, self.sealed, who="x", at=AT, recipients=[self.recipient])

    def do(self) -> None:
        unseal(self.sealed, self.result, identities=self.identities)

    def check(self) -> None:
        assert verify(self.result).holds


class Erase(Write):
    """Broken off, it leaves what it has not come to; done again, it is all gone."""

    def do(self) -> None:
        if not self.result.exists():
            sys.settrace(None)
            super().do()
            sys.settrace(_tracer)
        erase(self.result)

    def check(self) -> None:
        erase(self.result)
        assert not self.result.exists()

    def undo(self) -> None:
        pass


_left = 0


def _tracer(frame: FrameType, event: str, _argument: Any) -> Any:
    """Counts the lines of the room, and kills the process before the one it counts to."""
    global _left
    if not frame.f_code.co_filename.startswith(ROOM):
        return None
    if event == "line":
        _left -= 1
        if _left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return _tracer


def in_child(
    work: Work, kill_before: int | None, kill_after: float | None = None
) -> tuple[bool, int]:
    """Whether the child was killed, and how many lines it went through if not."""
    global _left
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        if kill_before is not None:
            _left = kill_before
            threading.settrace(_tracer)
            sys.settrace(_tracer)
        work.do()
        sys.settrace(None)
        os.write(writing, str((kill_before or 0) - _left).encode())
        os._exit(0)
    os.close(writing)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        lines = int(pipe.read() or 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed or status == 0, status
    return killed, lines


def look(work: Work, old: dict[Path, str]) -> None:
    """Whole, or as it was; but for what a killed program could not take away."""
    found = {path.name for path in work.folder.iterdir() if not path.name.startswith(LEFTOVER)}
    if work.result.exists():
        work.check()
        if work.result.exists():
            work.undo()
    else:
        assert found == work.before, found
    assert {path: sha256(path) for path in old} == old


def ways(lines: int, seconds: float, times: int) -> Iterator[tuple[int | None, float | None]]:
    """Where to kill: before lines from the first to the last, and at random times."""
    chance = random.Random(5)
    by_line = times * 4 // 5
    for number in range(by_line):
        yield 1 + number * (lines - 1) // max(by_line - 1, 1), None
    for _ in range(times - by_line):
        yield None, chance.uniform(0, seconds)


def main(name: str, folder: Path, times: int) -> None:
    work: Work = {c.__name__: c for c in (Write, Sign, Seal, Unseal, Erase)}[name](folder)
    old = {path: sha256(path) for path in folder.rglob("*") if path.is_file()}
    _, lines = in_child(work, kill_before=10**9)
    look(work, old)
    begun = time.monotonic()
    in_child(work, None)
    seconds = time.monotonic() - begun
    look(work, old)
    killed = 0
    for kill_before, kill_after in ways(lines, seconds, times):
        killed += in_child(work, kill_before, kill_after)[0]
        look(work, old)
    in_child(work, None)
    leftovers = [p for p in folder.rglob("*") if p.name.startswith(LEFTOVER)]
    assert leftovers == [], leftovers
    print(killed)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
