"""The evidence commands as somebody types them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from tests.cli.test_open import throwline
from tests.evidence.authority import Authority, serving
from tests.evidence.bags import edit, sha256
from tests.evidence.terminal import typed

CHAT = "02/03/2026, 21:14 - Kim: send 300 or i post your pics\n02/03/2026, 21:15 - Sam: no\n"
PASSPHRASE = "green lamp under stairs"
THROWLINE = (sys.executable, "-m", "throwline")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "chat.txt").write_text(CHAT)
    assert throwline("open", "chat.txt", "--to", "case", cwd=folder).returncode == 0
    return folder / "case"


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


def told(run: subprocess.CompletedProcess[bytes], status: int) -> str:
    assert run.returncode == status, run.stderr
    return (run.stdout if status == 0 else run.stderr).decode()


def test_open_writes_a_bag_with_report_and_chain(case: Path) -> None:
    said = told(throwline("verify", case, cwd=case.parent), 0)
    assert "as they were, byte for byte" in said
    assert "Custody: 2 entries, unbroken. The last: bagged" in said
    assert "neither signed nor stamped" in said
    assert sha256(case / "evidence/tagmanifest-sha256.txt") in said
    report = case / "evidence/data/reports/report.html"
    assert report.read_bytes() == (case / "report.html").read_bytes()


def test_sign_stamp_and_verify(case: Path, keys: Path, authority: Authority) -> None:
    here = case.parent
    assert "Signed with ED25519" in told(
        throwline("sign", case, "--key", keys / "helper", cwd=here), 0
    )
    with serving(authority.answer) as url:
        asked = ("stamp", case, "--authority", url)
        assert "was not checked" in told(throwline(*asked, cwd=here), 0)
        told(throwline(*asked, "--roots", authority.roots, cwd=here), 0)
    trust = ("--allowed-signers", keys / "allowed_signers", "--roots", authority.roots)
    said = told(throwline("verify", case, *trust, cwd=here), 0)
    assert "signed by helper@example.org with ED25519" in said
    assert said.count("UTC, says Test authority.") == 2
    (here / "strangers").write_text("stranger@example.org ssh-ed25519 AAAAC3Nza\n")
    said = told(throwline("verify", case, "--allowed-signers", here / "strangers", cwd=here), 1)
    assert "None of the signers in" in said
    assert "was changed" not in said
    said = told(throwline("verify", case, cwd=here), 0)
    assert "whose key that is was not checked" in said
    assert said.count("Test authority, which was not checked") == 2


def test_what_is_wrong_is_named(case: Path, keys: Path) -> None:
    name = "data/originals/chat.txt"
    edit(case / "evidence", name)
    (case / "evidence" / "data" / "new\x1b[2J\nname").write_text("x")
    said = told(throwline("verify", case, cwd=case.parent), 1)
    assert f"{name} was changed." in said
    assert "does not hold" in said
    assert "data/new\ufffd[2J\ufffdname was added." in said
    assert "is not as it was" in told(
        throwline("sign", case, "--key", keys / "helper", cwd=case.parent), 2
    )
    assert "is not as it was" in told(
        throwline("stamp", case, "--authority", "http://127.0.0.1:1", cwd=case.parent), 2
    )


def test_seal_and_unseal_with_a_passphrase(case: Path) -> None:
    here = case.parent
    status, shown = typed(
        [*THROWLINE, "seal", "case", "--to", "it.age", "--who", "Ms Ng"], [PASSPHRASE] * 2, here
    )
    assert status == 0, shown
    assert PASSPHRASE not in shown
    status, shown = typed([*THROWLINE, "unseal", "it.age", "--to", "opened"], ["wrong"], here)
    assert status == 2
    assert "This is not the passphrase that it.age was sealed with." in shown
    assert not (here / "opened").exists()
    status, shown = typed([*THROWLINE, "unseal", "it.age", "--to", "opened"], [PASSPHRASE], here)
    assert status == 0, shown
    assert "The last: sealed by Ms Ng," in shown


def test_seal_and_unseal_with_a_key(case: Path) -> None:
    here = case.parent
    me = pyrage.x25519.Identity.generate()
    (here / "key").write_text(str(me))
    (case / "shot.jpg").write_bytes(b"\xff\xd8\xff" + bytes(20))
    said = told(
        throwline("seal", case, "--to", "it.age", "--recipient", str(me.to_public()), cwd=here), 0
    )
    assert "Left out" in said
    assert "shot.jpg" in said
    assert "is sealed to a key" in told(throwline("unseal", "it.age", "--to", "o", cwd=here), 2)
    told(throwline("unseal", "it.age", "--to", "o", "--identity", "key", cwd=here), 0)


def test_a_passphrase_needs_a_terminal(case: Path) -> None:
    said = told(throwline("seal", case, "--to", "it.age", cwd=case.parent), 2)
    assert "typed at a terminal" in said


@pytest.mark.parametrize(
    "command",
    [
        ("verify", "none"),
        ("verify", "case", "--allowed-signers", "none"),
        ("verify", "case", "--roots", "none"),
        ("sign", "none", "--key", "none"),
        ("sign", "case", "--key", "none"),
        ("stamp", "case", "--authority", "ftp://x"),
        ("stamp", "case", *("--authority", "https://127.0.0.1:1/") * 3),
        ("seal", "none", "--to", "it.age", "--recipient", "age1x"),
        ("seal", "case", "--to", "it.age", "--recipient", "age1x"),
        ("unseal", "none", "--to", "opened"),
        ("unseal", "case/case.json", "--to", "opened"),
        ("erase", "none"),
        ("erase", "case/evidence"),
    ],
    ids=" ".join,
)
def test_one_sentence_and_nothing_changed(case: Path, command: tuple[str, ...]) -> None:
    here = case.parent
    before = {path: path.is_file() and sha256(path) for path in here.rglob("*")}
    said = told(throwline(*command, cwd=here), 2)
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said
    assert {path: path.is_file() and sha256(path) for path in here.rglob("*")} == before


def test_erase(case: Path) -> None:
    here = case.parent
    (here / "kept.txt").write_text("kept")
    (case / "link").symlink_to(here / "kept.txt")
    (case / "twin.txt").hardlink_to(here / "kept.txt")
    status, _ = typed([*THROWLINE, "erase", "case"], ["n"], here, hidden=False)
    assert status == 1
    assert case.exists()
    said = told(throwline("erase", "case", "--yes", cwd=here), 0)
    assert "This cannot reach" in said
    assert [path.name for path in here.iterdir()] == ["kept.txt"]
    assert (here / "kept.txt").read_text() == "kept"
