"""docs/evidence.md: its commands, run as they stand, accept what is sound and refuse what is not."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from tests.evidence.authority import Authority, serving
from tests.evidence.bags import AT, edit, make_bag, remanifest
from throwline.evidence import seal, sign, stamp

PAGE = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text("utf-8")
STEPS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def received(tmp_path: Path, keys: Path, authority: Authority) -> Path:
    """What somebody who is to check it has."""
    if not shutil.which("age"):
        pytest.skip("no age here (apt-get install age)")
    me = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(str(me))
    shutil.copy(keys / "allowed_signers", tmp_path)
    shutil.copy(authority.roots, tmp_path / "roots.pem")
    (tmp_path / "sender").mkdir()
    bag = make_bag(tmp_path / "sender" / "evidence")
    sign(bag, keys / "helper")
    with serving(authority.answer) as url:
        stamp(bag, [url])
    seal(bag, tmp_path / "case.age", who="x", at=AT, recipients=[str(me.to_public())])
    return tmp_path


def run(folder: Path, *steps: str) -> subprocess.CompletedProcess[str]:
    """The steps in one shell, as somebody would type them."""
    return subprocess.run(
        ["sh", "-eu", "-c", "\n".join(steps)], cwd=folder, capture_output=True, text=True
    )


def test_all_of_it_holds(received: Path) -> None:
    done = run(received, *STEPS)
    assert done.returncode == 0, done.stderr
    assert 'Good "file" signature for helper@example.org' in done.stdout
    assert "Time stamp:" in done.stdout


def forge_chain(bag: Path) -> None:
    custody = bag / "data/custody.jsonl"
    custody.write_text(custody.read_text().replace('"who":"helper"', '"who":"nobody"'))
    remanifest(bag)


TAMPERING: dict[str, Callable[[Path], object]] = {
    "an edit": edit,
    "an edit, the manifests made to fit": lambda bag: (edit(bag), remanifest(bag)),
    "a file more": lambda bag: (bag / "data/more.txt").write_text("x"),
    "a link": lambda bag: (bag / "link").symlink_to("/etc/passwd"),
    "the chain rewritten": forge_chain,
    "another signature": lambda bag: edit(bag, "earlier/1/tagmanifest-sha256.txt.sig"),
    "another stamp": lambda bag: edit(bag, "earlier/1/tagmanifest-sha256.txt.sig.1.tsr"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_stops_it(received: Path, what: str) -> None:
    first, *others = STEPS
    assert run(received, first).returncode == 0
    TAMPERING[what](received / "case/evidence")
    assert run(received, "cd case/evidence", *others).returncode != 0
