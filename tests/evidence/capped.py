"""Work on large files with little memory: `python -m tests.evidence.capped WORK FOLDER`, a program of its own, because
a limit on memory is one for all of a process."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyrage

from tests.evidence.bags import INFO, ORIGIN
from throwline.evidence import Payload, seal, unseal, verify, whole_or_absent, write_bag
from throwline.evidence import _age as age_file

MIB = 1024**2
SPARE = 96 * MIB
"""On top of what the program has already when it begins."""
AT = datetime(2026, 3, 2, 21, 14, tzinfo=UTC)
PASSPHRASE = "green lamp under stairs"


def cap() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * os.sysconf("SC_PAGE_SIZE") + SPARE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def make_large_bag(folder: Path, size: int) -> Path:
    """A bag of one file, read from a hole: that takes no room on the disk."""
    source = folder / "source"
    with source.open("wb") as file:
        file.truncate(size)
    with whole_or_absent(folder / "evidence") as bag:
        write_bag(bag, [Payload("a.txt", pieces(source))], INFO, ORIGIN)
    return folder / "evidence"


def pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(MIB):
            yield piece


def hold(_folder: Path) -> None:
    """What the cap is there to prevent."""
    bytes(2 * SPARE)


def write(folder: Path) -> None:
    assert verify(make_large_bag(folder, 1024 * MIB)).holds


def with_key(folder: Path) -> None:
    me = pyrage.x25519.Identity.generate()
    (folder / "identity").write_text(str(me))
    bag, file, opened = make_large_bag(folder, 256 * MIB), folder / "it.age", folder / "opened"
    seal(bag, file, who="x", at=AT, recipients=[str(me.to_public())])
    unseal(file, opened, identities=folder / "identity")
    assert verify(opened).holds


def with_passphrase(folder: Path) -> None:
    age_file._WORK = 10  # What scrypt takes is 256 MiB, whatever the size of the file.
    bag, file, opened = make_large_bag(folder, 256 * MIB), folder / "it.age", folder / "opened"
    seal(bag, file, who="x", at=AT, passphrase=PASSPHRASE)
    unseal(file, opened, passphrase=PASSPHRASE)
    assert verify(opened).holds


if __name__ == "__main__":
    cap()
    {f.__name__: f for f in (hold, write, with_key, with_passphrase)}[sys.argv[1]](
        Path(sys.argv[2])
    )
