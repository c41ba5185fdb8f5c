"""Killed anywhere, out of space, not allowed to write: the whole result, or what was there before."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from tests.evidence.bags import make_bag, sha256
from throwline.evidence import EvidenceError, whole_or_absent

TIMES = 100
"""For each kind of work: 500 in all."""
CHAT = "02/03/2026, 21:14 - Kim: send 300 or i post your pics\n02/03/2026, 21:15 - Sam: no\n"


@pytest.fixture
def quick_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a disk takes its time to be flushed."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.mark.parametrize("work", ["Write", "Sign", "Seal", "Unseal", "Erase"])
def test_killed_anywhere(quick_disk: Path, work: str) -> None:
    if work == "Sign" and not shutil.which("ssh-keygen"):
        pytest.skip("no ssh-keygen here (apt-get install openssh-client)")
    command = [
        sys.executable,
        "-m",
        "tests.evidence.interrupted",
        work,
        str(quick_disk),
        str(TIMES),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    # A random moment can come after the end.
    assert int(done.stdout) >= TIMES * 4 // 5


def commands(here: Path) -> dict[str, list[str]]:
    """What writes, each with what it needs laid ready in `here`, and much to write."""
    me = pyrage.x25519.Identity.generate()
    (here / "identity").write_text(str(me))
    to = str(me.to_public())
    (here / "chat.txt").write_text(CHAT * 4000)
    make_bag(here / "bag", {"a.bin": os.urandom(300_000)})
    run(here, "seal", "bag", "--to", "it.age", "--recipient", to)
    return {
        "open": ["open", str(here / "chat.txt")],
        "seal": ["seal", str(here / "bag"), "--recipient", to],
        "unseal": ["unseal", str(here / "it.age"), "--identity", str(here / "identity")],
    }


def run(
    here: Path, *command: str, largest_file: int | None = None
) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.run(
        [sys.executable, "-m", "throwline", *command],
        cwd=here, capture_output=True, text=True, preexec_fn=limit,
    )  # fmt: skip


@pytest.mark.parametrize("command", ["open", "seal", "unseal"])
def test_a_file_that_may_not_grow(tmp_path: Path, command: str) -> None:
    words = commands(tmp_path)[command]
    before = sorted(tmp_path.iterdir())
    done = run(tmp_path, *words, "--to", "result", largest_file=100_000)
    assert done.returncode == 2
    assert done.stderr == "result could not be written: File too large.\n"
    assert sorted(tmp_path.iterdir()) == before


def can_mount() -> bool:
    command = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(command, capture_output=True).returncode
    )


@pytest.mark.parametrize("command", ["open", "seal", "unseal"])
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("size=200k", "No space left on device"),
        ("ro", "cannot be written to: Read-only file system"),
    ],
)
def test_a_disk_that_is_full_or_read_only(
    tmp_path: Path, command: str, options: str, sentence: str
) -> None:
    if not can_mount():
        pytest.skip("only root can make a disk to fill")
    words = commands(tmp_path)[command]
    script = (
        f"mount -t tmpfs -o {options} none /mnt && cd /mnt || exit 9; "
        '"$@"; status=$?; ls -A /mnt; exit $status'
    )
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh",
         sys.executable, "-m", "throwline", *words, "--to", "result"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_what_a_running_program_makes_is_not_swept_away(tmp_path: Path) -> None:
    with whole_or_absent(tmp_path / "one") as one:
        (one / "a").write_text("a")
        with whole_or_absent(tmp_path / "two"):
            pass
        assert (one / "a").exists()
    assert {p.name for p in tmp_path.iterdir()} == {"one", "two"}


def test_only_what_is_left_over_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".partial-tl-abcd1234").mkdir()
    (tmp_path / ".partial-tl-abcd1234" / "a").write_text("a")
    (tmp_path / ".partial-tl-abcd5678").write_text("a")
    kept = [".partial-abcd1234", "x.partial-tl-abcd1234", ".partial-tl-abcd1234.txt"]
    for name in kept:
        (tmp_path / name).write_text("mine")
    (tmp_path / ".partial-tl-link0000").symlink_to(tmp_path / kept[0])
    with whole_or_absent(tmp_path / "one"):
        pass
    assert {p.name for p in tmp_path.iterdir()} == {*kept, ".partial-tl-link0000", "one"}


def test_an_old_case_is_never_touched(tmp_path: Path) -> None:
    bag = make_bag(tmp_path / "evidence")
    before = {p: sha256(p) for p in bag.rglob("*") if p.is_file()}
    with pytest.raises(EvidenceError, match="exists already"), whole_or_absent(bag):
        pass
    assert {p: sha256(p) for p in bag.rglob("*") if p.is_file()} == before


def test_what_cannot_be_swept_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's, in a folder for all."""
    (tmp_path / ".partial-tl-abcd1234").mkdir()

    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("throwline.evidence._place._remove_if_free", refuse)
    make_bag(tmp_path / "evidence")
