"""Hashing and sealing beside sha256sum and age, on the same file in the same run.

Alone: `python -m benchmarks._evidence MEGABYTES`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks._process import Measured, measured
from throwline.evidence import Origin, Payload, whole_or_absent, write_bag

THROWLINE = Path(sys.executable).with_name("throwline")
MEGABYTES = 10_000
ON_DISK = 3
"""How often the source lies on the disk at once: in the bag, and sealed by each; and half as much is left free."""
WAYS = ("sha256sum", "throwline verify", "age", "throwline seal")


def evidence(megabytes: int = MEGABYTES) -> list[str]:
    """Two sources, of `megabytes` (10**6 bytes; less where the disk is small) and of a tenth of it."""
    if shutil.which("age") is None:
        return ["## Evidence", "Not measured: age is missing (tools/system.sh evidence).", ""]
    free = shutil.disk_usage(tempfile.gettempdir()).free // 10**6
    megabytes = min(megabytes, int(free / (1.5 * ON_DISK)))
    tenth, whole = sealed(megabytes // 10), sealed(megabytes)
    hashing, _, encrypting, ours = whole
    wall = ours.wall / (hashing.wall + encrypting.wall)
    cpu = ours.cpu / (hashing.cpu + encrypting.cpu)
    return [
        "## Evidence",
        f"A bag with one file of {megabytes:,} MB. `throwline seal` checks the bag, which hashes it, before it encrypts it "
        "to a key: that is beside sha256sum and age together. The last column is the memory with a tenth of the file.",
        "",
        "| | wall s | CPU s | peak MB | with a tenth |",
        "|---|---|---|---|---|",
        *map(row, WAYS, whole, tenth),
        f"| ratio, seal to sha256sum and age | {wall:.2f} | {cpu:.2f} | | |",
        "",
    ]


def sealed(megabytes: int) -> list[Measured]:
    """What each of WAYS takes, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bag = made_bag(folder / "evidence", megabytes)
        file = bag / "data" / "file"
        to = recipient()
        return [
            measured(["sha256sum", file]),
            measured([THROWLINE, "verify", bag]),
            measured(["age", "--recipient", to, "--output", folder / "theirs.age", file]),
            measured([THROWLINE, "seal", bag, "--to", folder / "ours.age", "--recipient", to]),
        ]


def made_bag(target: Path, megabytes: int) -> Path:
    def pieces() -> Iterator[bytes]:
        piece = os.urandom(10**6)
        for _ in range(megabytes):
            yield piece

    origin = Origin("benchmark", datetime.now(UTC))
    with whole_or_absent(target) as folder:
        write_bag(folder, [Payload("file", pieces())], {}, origin)
    return target


def recipient() -> str:
    """The public part of a key that nobody keeps."""
    made = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    return next(line.split()[-1] for line in made.splitlines() if "public key" in line)


def row(name: str, whole: Measured, tenth: Measured) -> str:
    return (
        f"| {name} | {whole.wall:.1f} | {whole.cpu:.1f} | {whole.memory:.0f} | {tenth.memory:.0f} |"
    )


if __name__ == "__main__":
    print("\n".join(evidence(int(sys.argv[1]))))
