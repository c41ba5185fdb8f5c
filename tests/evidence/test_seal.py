"""Sealing and opening; the age tool is the other implementation, in both directions."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from tests.evidence.bags import CHAT, edit, sha256
from tests.evidence.terminal import typed
from throwline.evidence import (
    EvidenceError,
    needs_passphrase,
    seal,
    sign,
    unseal,
    verify,
)
from throwline.evidence import _age as age_file

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
PASSPHRASE = "four plain words ü"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)
has_age = pytest.mark.skipif(not shutil.which("age"), reason="no age here (apt-get install age)")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less work for a passphrase than in earnest: the format is the same, and a test takes no second."""
    monkeypatch.setattr(age_file, "_WORK", 10)


@pytest.fixture
def case(bag: Path) -> Path:
    folder = bag.parent / "case"
    folder.mkdir()
    bag.rename(folder / "evidence")
    (folder / "case.json").write_text("{}")
    (folder / "report.html").write_text("<p>")
    return folder


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A file of identities as age-keygen writes it, and the recipient."""
    made = pyrage.x25519.Identity.generate()
    path = tmp_path_factory.mktemp("identity") / "keys.txt"
    path.write_text(f"# created: 2026-03-03\n# public key: {made.to_public()}\n{made}\n")
    return path, str(made.to_public())


def sealed(case: Path, **to: object) -> Path:
    target = case.parent / "for-you.age"
    seal(case, target, who="a helper", at=AT, **to)  # type: ignore[arg-type]
    return target


def contents(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): sha256(p) for p in folder.rglob("*") if p.is_file()}


def check_opened(case: Path, opened: Path) -> None:
    """The same files, but that the bag goes on: one entry more, and what it was under earlier/."""
    verification = verify(opened)
    assert verification.holds
    last = verification.chain[-1]
    assert (last.n, last.at, last.who, last.what) == (
        3,
        "2026-03-03T09:00:00Z",
        "a helper",
        "sealed",
    )
    assert last.subject == verify(case).digest
    was, now = contents(case), contents(opened)
    for name, digest in was.items():
        if "/" not in name or (name.startswith("evidence/data/") and "custody" not in name):
            assert now[name] == digest
        elif "custody" not in name:
            assert now[name.replace("evidence/", "evidence/earlier/1/")] == digest
    assert len(now) == len(was) + 4


def test_there_and_back_with_a_passphrase(case: Path) -> None:
    before = contents(case)
    file = sealed(case, passphrase=PASSPHRASE)
    assert needs_passphrase(file)
    unseal(file, case.parent / "opened", passphrase=PASSPHRASE)
    check_opened(case, case.parent / "opened")
    assert contents(case) == before


def test_there_and_back_with_keys(case: Path, identity: tuple[Path, str]) -> None:
    other = str(pyrage.x25519.Identity.generate().to_public())
    file = sealed(case, recipients=[other, identity[1]])
    assert not needs_passphrase(file)
    unseal(file, case.parent / "opened", identities=identity[0])
    check_opened(case, case.parent / "opened")


@has_age
def test_the_age_tool_opens_it_with_keys(case: Path, identity: tuple[Path, str]) -> None:
    file = sealed(case, recipients=[identity[1]])
    plain = subprocess.run(
        ["age", "--decrypt", "--identity", identity[0], file], check=True, capture_output=True
    )
    subprocess.run(["tar", "-x"], input=plain.stdout, cwd=case.parent / "case", check=True)
    check_opened_by_hand(case)


@has_age
def test_the_age_tool_opens_it_with_a_passphrase(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # The work that is taken in earnest.
    file = sealed(case, passphrase=PASSPHRASE)
    plain = case.parent / "plain.tar"
    typed(["age", "--decrypt", "--output", plain, file], [PASSPHRASE])
    subprocess.run(["tar", "-xf", plain], cwd=case, check=True)
    check_opened_by_hand(case)


def check_opened_by_hand(case: Path) -> None:
    opened = case / "case"
    shutil.move(opened, case.parent / "opened")
    check_opened(case, case.parent / "opened")


@has_age
def test_what_the_age_tool_sealed_is_opened(case: Path) -> None:
    archive = case.parent / "plain.tar"
    with tarfile.open(archive, "w") as tar:
        tar.add(case, "case")
    file = case.parent / "by-hand.age"
    typed(["age", "--encrypt", "--passphrase", "--output", file, archive], [PASSPHRASE] * 2)
    unseal(file, case.parent / "opened", passphrase=PASSPHRASE)
    assert contents(case.parent / "opened") == contents(case)


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 3 * 65536, 200_000])
def test_pyrage_agrees_at_every_edge(size: int) -> None:
    content = os.urandom(size)
    made = io.BytesIO()
    age_file.encrypt(io.BytesIO(content), made, PASSPHRASE)
    assert pyrage.passphrase.decrypt(made.getvalue(), PASSPHRASE) == content
    back = io.BytesIO()
    age_file.decrypt(io.BytesIO(made.getvalue()), back, PASSPHRASE, "it")
    assert back.getvalue() == content


def test_a_sealed_copy_of_a_sealed_copy(case: Path, keys: Path) -> None:
    """A signature over the bag as it was goes on proving what was in it."""
    sign(case, keys / "helper")
    for number in (1, 2, 3):
        target = case.parent / f"case-{number}"
        file = sealed(case, passphrase=PASSPHRASE)
        unseal(file, target, passphrase=PASSPHRASE)
        file.unlink()
        case = target
    verification = verify(case, allowed_signers=keys / "allowed_signers")
    assert verification.faults == ()
    assert verification.holds
    assert [entry.what for entry in verification.chain][2:] == ["sealed"] * 3
    assert [(s.name, s.signer) for s in verification.signatures] == [
        ("earlier/1/tagmanifest-sha256.txt.sig", "helper@example.org")
    ]


def test_pictures_and_links_are_left_out_and_named(case: Path, identity: tuple[Path, str]) -> None:
    (case / "screenshot.png").write_bytes(PICTURE)
    (case / "statement.pdf").write_bytes(b"%PDF-1.7")
    (case / "link").symlink_to("/etc/passwd")
    target = case.parent / "it.age"
    left_out = seal(case, target, who="a helper", at=AT, recipients=[identity[1]])
    assert left_out == ("link", "screenshot.png")
    unseal(target, case.parent / "opened", identities=identity[0])
    assert {p.name for p in (case.parent / "opened").iterdir()} == {
        "case.json", "evidence", "report.html", "statement.pdf",
    }  # fmt: skip


BAD_ENDS: dict[str, Callable[[bytes], bytes]] = {
    "one byte cut off": lambda b: b[:-1],
    "the last chunk cut off": lambda b: b[: -(len(b) % 65552 or 65552)],
    "half": lambda b: b[: len(b) // 2],
    "the payload cut off": lambda b: b[: b.index(b"--- ") + 48],
    "a bit flipped at the end": lambda b: b[:-1] + bytes([b[-1] ^ 1]),
    "a bit flipped in the middle": lambda b: b[:900] + bytes([b[900] ^ 1]) + b[901:],
    "a bit flipped in the header": lambda b: b.replace(b"\n--- ", b"\n--- A", 1)[: len(b)],
    "something added": lambda b: b + b"x",
    "two chunks swapped": lambda b: b[:-131104] + b[-65552:] + b[-131104:-65552],
}


@pytest.mark.parametrize("with_keys", [True, False])
@pytest.mark.parametrize("damage", BAD_ENDS)
def test_a_damaged_seal_leaves_nothing_behind(
    case: Path, identity: tuple[Path, str], damage: str, with_keys: bool
) -> None:
    (case / "report.html").write_bytes(os.urandom(200_000))
    to = {"recipients": [identity[1]]} if with_keys else {"passphrase": PASSPHRASE}
    key = {"identities": identity[0]} if with_keys else {"passphrase": PASSPHRASE}
    file = sealed(case, **to)
    file.write_bytes(BAD_ENDS[damage](file.read_bytes()))
    before = sorted(case.parent.iterdir())
    with pytest.raises(EvidenceError, match="was changed, or is only half there"):
        unseal(file, case.parent / "opened", **key)  # type: ignore[arg-type]
    assert sorted(case.parent.iterdir()) == before


def test_the_wrong_passphrase(case: Path) -> None:
    file = sealed(case, passphrase=PASSPHRASE)
    with pytest.raises(
        EvidenceError, match=r"not the passphrase that for-you\.age was sealed with"
    ):
        unseal(file, case.parent / "opened", passphrase="another one, also long")
    assert not (case.parent / "opened").exists()


def test_the_wrong_key(case: Path, identity: tuple[Path, str], tmp_path: Path) -> None:
    file = sealed(case, recipients=[identity[1]])
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(EvidenceError, match="None of the keys in"):
        unseal(file, case.parent / "opened", identities=wrong)
    wrong.write_text("nothing")
    with pytest.raises(EvidenceError, match="not a file of age identities"):
        unseal(file, case.parent / "opened", identities=wrong)
    with pytest.raises(EvidenceError, match="cannot be read: No such file"):
        unseal(file, case.parent / "opened", identities=tmp_path / "none")


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ({"passphrase": "short"}, "needs 12 characters"),
        ({}, "needs 12 characters"),
        ({"recipients": ["age1nobody"]}, "A recipient is written age1"),
        ({"passphrase": PASSPHRASE, "who": "two\nlines"}, "a name or a role in one line"),
        ({"passphrase": PASSPHRASE, "who": "\udcff"}, "a name or a role in one line"),
        ({"passphrase": PASSPHRASE, "who": " "}, "a name or a role in one line"),
    ],
)
def test_what_cannot_seal(case: Path, to: dict[str, object], sentence: str) -> None:
    before = sorted(case.parent.iterdir())
    with pytest.raises(EvidenceError, match=sentence):
        seal(case, case.parent / "it.age", **{"who": "a helper", "at": AT, **to})  # type: ignore[arg-type]
    assert sorted(case.parent.iterdir()) == before


def test_a_changed_case_is_not_sealed(case: Path) -> None:
    edit(case / "evidence", CHAT)
    with pytest.raises(EvidenceError, match="not as it was"):
        sealed(case, passphrase=PASSPHRASE)


def test_a_sealed_file_is_never_overwritten(case: Path) -> None:
    sealed(case, passphrase=PASSPHRASE)
    with pytest.raises(EvidenceError, match="exists already"):
        sealed(case, passphrase=PASSPHRASE)


@pytest.mark.parametrize("content", [b"", b"hello", b"age-encryption.org/v2\n"])
def test_what_is_no_sealed_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "it.age"
    file.write_bytes(content)
    with pytest.raises(EvidenceError, match="is not sealed with age"):
        needs_passphrase(file)


SALT, WORK, BODY = b"rF0/NwblUHHTpgQgRpe5CQ", b"10", b"gUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY"
MAC = b"IOXiQYStkoT1mvZW2tFOqZdhRVvj58egABx/sWfZQbc"
"""The stanza and MAC of the vector `scrypt` in C2SP's CCTV, age/testdata; its passphrase is "password"."""


def header(salt: bytes = SALT, work: bytes = WORK, body: bytes = BODY, mac: bytes = MAC) -> bytes:
    return b"age-encryption.org/v1\n-> scrypt %s %s\n%s\n--- %s\n" % (salt, work, body, mac)


def test_the_header_of_the_published_vector() -> None:
    file_key, length = age_file._opened(header(), "password", "it")
    assert file_key == b"YELLOW SUBMARINE"
    assert length == len(header())


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        # Named as the vectors in CCTV that they follow.
        pytest.param(header(salt=SALT[:-1] + b"R"), "was changed", id="scrypt_not_canonical_salt"),
        pytest.param(header(body=BODY[:-1] + b"Z"), "was changed", id="scrypt_not_canonical_body"),
        pytest.param(header(salt=SALT[:-6]), "was changed", id="scrypt_salt_short"),
        pytest.param(header(work=b"010"), "was changed", id="scrypt_work_factor_leading_zero"),
        pytest.param(header(work=b"+10"), "was changed", id="scrypt_work_factor_leading_plus"),
        pytest.param(header(work=b""), "was changed", id="scrypt_work_factor_missing"),
        pytest.param(header(work=b"922337203685477581"), "was changed", id="work_factor_overflow"),
        pytest.param(header(work=b"23"), "more memory", id="scrypt_work_factor_23"),
        pytest.param(header(work=b"11"), "not the passphrase", id="scrypt_work_factor_wrong"),
        pytest.param(header(mac=b"A" + MAC[1:]), "was changed", id="hmac_bad"),
        pytest.param(
            header().replace(b"\n---", b"\n-> x y\n\n---"), "was changed", id="scrypt_and_x"
        ),
        pytest.param(header()[:100], "was changed", id="header cut off"),
    ],
)
def test_headers_that_are_refused(head: bytes, sentence: str) -> None:
    with pytest.raises(EvidenceError, match=sentence):
        age_file._opened(head, "password", "it")


def link(name: str, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


@pytest.mark.parametrize(
    "member",
    [
        tarfile.TarInfo("/etc/x"),
        tarfile.TarInfo("x"),
        tarfile.TarInfo("case"),
        tarfile.TarInfo("case/../../x"),
        tarfile.TarInfo("case/..\\x"),
        link("case/x", tarfile.SYMTYPE),
        link("case/x", tarfile.LNKTYPE),
        link("case/x", tarfile.CHRTYPE),
        link("case/x", tarfile.FIFOTYPE),
    ],
    ids=lambda member: f"{member.name} {member.type!r}",
)
def test_a_hostile_archive(
    tmp_path: Path, identity: tuple[Path, str], member: tarfile.TarInfo
) -> None:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("case/first.txt"))
        tar.addfile(member)
    assert_refused(tmp_path, identity, archive.getvalue(), "not safe to unpack")


@pytest.mark.parametrize("content", [b"hello", os.urandom(2000)])
def test_what_is_no_archive(tmp_path: Path, identity: tuple[Path, str], content: bytes) -> None:
    assert_refused(tmp_path, identity, content, "is no case")


def assert_refused(
    tmp_path: Path, identity: tuple[Path, str], content: bytes, sentence: str
) -> None:
    file = tmp_path / "it.age"
    to = [pyrage.x25519.Recipient.from_str(identity[1])]
    file.write_bytes(pyrage.encrypt(content, to))
    with pytest.raises(EvidenceError, match=sentence):
        unseal(file, tmp_path / "opened", identities=identity[0])
    assert list(tmp_path.iterdir()) == [file]
