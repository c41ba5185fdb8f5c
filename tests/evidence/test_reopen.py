"""A case that was saved sealed, opened again in memory, changed and sealed again: nothing of what was is lost."""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bagit
import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.bags import edit, remanifest
from throwline.case import Age, Answers, Case, CaseError, make_case
from throwline.conversation import Hints, Intake, corrected, read_given
from throwline.evidence import (
    EvidenceError,
    NoCaseError,
    PassphraseError,
    Reopened,
    SpoiltError,
    reopened_case,
    seal,
    sealed_case,
    sign,
    unseal,
    verify,
    zipped_case,
)
from throwline.evidence import _age as age_file

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
PASSPHRASE = "four plain words ü"
CHAT = b"Kim: i have your pics\nSam: wh\xc3\xa0t\nKim: pay me 300 or i post it\n"
Held = tuple[Case, Intake, Reopened | None]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less work for a passphrase than in earnest: the format is the same, and a test takes no second."""
    monkeypatch.setattr(age_file, "_WORK", 10)


@pytest.fixture
def held() -> Held:
    intake = read_given("pasted text", CHAT, Hints())
    return make_case(intake, Answers(), AT - timedelta(hours=1)), intake, None


def sealed(held: Held, at: datetime = AT) -> bytes:
    case, intake, before = held
    return sealed_case(case, intake, before, who="Ana", at=at, passphrase=PASSPHRASE)


def reopened(content: bytes, at: datetime = AT + timedelta(hours=1)) -> Held:
    return reopened_case(content, "case.age", who="Bo", at=at, passphrase=PASSPHRASE)


def put_right(held: Held, text: str, at: datetime) -> Held:
    """The second message says something else, as somebody found at that time."""
    case, intake, before = held
    (talk,) = intake.conversations
    first, second, *rest = talk.messages
    second = corrected(second, by="Bo", text=text)
    intake = replace(intake, conversations=(replace(talk, messages=(first, second, *rest)),))
    return make_case(intake, replace(case.answers, age_in_picture=Age.ADULT), at), intake, before


def on_disk(content: bytes, place: Path) -> Path:
    """Opened by the way that `throwline unseal` takes."""
    file = place / "case.age"
    file.write_bytes(content)
    unseal(file, place / "case", passphrase=PASSPHRASE)
    file.unlink()
    return place / "case"


def done(case: Path) -> list[tuple[str, str]]:
    return [(entry.who, entry.what) for entry in verify(case).chain]


def test_sealed_in_memory_is_what_is_sealed_on_disk(held: Held, tmp_path: Path) -> None:
    case = on_disk(sealed(held), tmp_path)
    assert verify(case).holds
    assert done(case) == [("person", "read pasted text"), ("person", "bagged"), ("Ana", "sealed")]
    before = verify(case).chain[-1].subject
    assert hashlib.sha256((case / "evidence/earlier/1/tagmanifest-sha256.txt").read_bytes()).hexdigest() == before  # fmt: skip


def test_it_comes_back_as_it_was(held: Held) -> None:
    case, intake, _ = held
    again, taken, before = reopened(sealed(held))
    assert again == case
    assert taken.conversations == intake.conversations
    assert before is not None
    assert (before.who, before.at) == ("Bo", AT + timedelta(hours=1))


def test_saved_again_unchanged(held: Held, tmp_path: Path) -> None:
    case = on_disk(sealed(reopened(sealed(held)), AT + timedelta(hours=2)), tmp_path)
    assert verify(case).holds
    assert verify(case).notes == ()
    assert done(case)[2:] == [
        ("Ana", "sealed"),
        ("Bo", "reopened"),
        ("Bo", "bagged"),
        ("Ana", "sealed"),
    ]
    assert not (case / "evidence/data/former").exists()


def test_every_bag_that_there_was_can_be_put_together_again(held: Held, tmp_path: Path) -> None:
    first = put_right(reopened(sealed(held)), "what", AT + timedelta(hours=2))
    second = put_right(
        reopened(sealed(first, AT + timedelta(hours=3)), AT + timedelta(hours=4)),
        "what?",
        AT + timedelta(hours=5),
    )
    case = on_disk(sealed(second, AT + timedelta(hours=6)), tmp_path)
    verification = verify(case)
    assert verification.holds, verification.faults
    assert verification.notes == ()
    assert [what for _, what in done(case)[1:]] == [
        "bagged", "sealed", "reopened", "bagged", "sealed", "reopened", "bagged", "sealed",
    ]  # fmt: skip
    bag = case / "evidence"
    bagit.Bag(str(bag)).validate()
    texts = {
        folder: (bag / folder / "conversations/c1.jsonl").read_text()
        for folder in ("data/former/2", "data/former/4", "data")
    }
    assert '"text":"whàt"' in texts["data/former/2"]
    assert '"text":"what"' in texts["data/former/4"]
    assert '"text":"what?"' in texts["data"]
    assert all('"replaced":{"text":"whàt"}' in texts[f] for f in ("data/former/4", "data"))
    assert (bag / "data/originals/pasted text").read_bytes() == CHAT
    for number in range(1, 6):
        check_edition(bag, number)


def check_edition(bag: Path, number: int) -> None:
    """The bag before the `number`th time that it went on, put together by the rule of docs/evidence.md."""
    for line in (bag / f"earlier/{number}/manifest-sha256.txt").read_text().splitlines():
        digest, name = line.split("  ", 1)
        if name == "data/custody.jsonl":
            continue
        later = [bag / f"data/former/{n}" / name.removeprefix("data/") for n in range(number, 9)]
        place = next((path for path in later if path.exists()), bag / name)
        assert hashlib.sha256(place.read_bytes()).hexdigest() == digest


def test_a_zip_goes_on_as_well(held: Held, tmp_path: Path) -> None:
    changed = put_right(reopened(sealed(held)), "what", AT + timedelta(hours=2))
    (tmp_path / "case.zip").write_bytes(zipped_case(*changed))
    subprocess.run(["python3", "-m", "zipfile", "-e", "case.zip", "."], cwd=tmp_path, check=True)
    assert verify(tmp_path / "case").holds
    assert done(tmp_path / "case")[-1] == ("Bo", "bagged")
    assert verify(tmp_path / "case").chain[-1].at == "2026-03-03T11:00:00Z"


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("data/former/2/conversations/c1.jsonl", 4),
        ("data/former/2/case.json", 4),
        ("data/conversations/c1.jsonl", None),
    ],
)
def test_tampered_afterwards(held: Held, tmp_path: Path, name: str, entry: int | None) -> None:
    changed = put_right(reopened(sealed(held)), "what", AT + timedelta(hours=2))
    bag = on_disk(sealed(changed, AT + timedelta(hours=3)), tmp_path) / "evidence"
    edit(bag, name)
    assert verify(bag).changed == (name,)
    remanifest(bag)
    faults = " ".join(verify(bag).faults)
    assert "The custody chain speaks of other files" in faults
    assert entry is None or f"Entry {entry} of the custody chain does not fit" in faults


def test_what_a_helper_sealed_and_signed_is_opened(held: Held, tmp_path: Path, keys: Path) -> None:
    case = on_disk(sealed(held), tmp_path)
    sign(case, keys / "helper")
    (case / "note.txt").write_bytes(b"call on Monday")
    seal(case, tmp_path / "to.age", who="Ana", at=AT, passphrase=PASSPHRASE)
    again = reopened((tmp_path / "to.age").read_bytes())
    assert again[2] is not None
    (signature,) = again[2].found.signatures
    (tmp_path / "second").mkdir()
    case = on_disk(sealed(again, AT + timedelta(hours=2)), tmp_path / "second")
    assert (case / "note.txt").read_bytes() == b"call on Monday"
    verification = verify(case, allowed_signers=keys / "allowed_signers")
    assert verification.holds, verification.faults
    assert verification.signatures[0].signer == "helper@example.org"
    assert verification.signatures[0].key == signature.key


def test_nothing_is_put_on_a_disk(
    held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sealed(put_right(reopened(sealed(held)), "what", AT + timedelta(hours=2)))
    assert list(tmp_path.iterdir()) == []


def test_another_passphrase(held: Held) -> None:
    with pytest.raises(PassphraseError, match="not the passphrase"):
        reopened_case(sealed(held), "case.age", who="Bo", at=AT, passphrase="four plain words")


@pytest.mark.parametrize("at", [300, 5000, -1])
def test_a_file_that_was_changed(held: Held, at: int) -> None:
    content = bytearray(sealed(held))
    content[at] ^= 1
    with pytest.raises(SpoiltError):
        reopened(bytes(content))


def test_half_a_file(held: Held) -> None:
    with pytest.raises(SpoiltError):
        reopened(sealed(held)[:-70_000])


def test_evidence_that_was_changed_before_it_was_sealed(held: Held, tmp_path: Path) -> None:
    case = on_disk(sealed(held), tmp_path)
    edit(case / "evidence", "data/originals/pasted text")
    with pytest.raises(SpoiltError, match="not as it was"):
        reopened(packed(case))
    remanifest(case / "evidence")
    with pytest.raises(SpoiltError, match="not as it was"):
        reopened(packed(case))
    (case / "evidence/manifest-sha256.txt").write_text("nonsense\n")
    with pytest.raises(SpoiltError, match="not as it was"):
        reopened(packed(case))


def packed(case: Path) -> bytes:
    """The folder sealed by other tools."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.add(case, "case")
    return age(archive.getvalue())


def age(content: bytes) -> bytes:
    target = io.BytesIO()
    age_file.encrypt(io.BytesIO(content), target, PASSPHRASE)
    return target.getvalue()


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04"])
def test_what_is_no_sealed_case(content: bytes) -> None:
    with pytest.raises(NoCaseError):
        reopened(content)
    with pytest.raises(NoCaseError):
        reopened(age(content))


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    """The files of a case that was sealed, opened again, corrected and sealed again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(age_file, "_WORK", 10)
        intake = read_given("pasted text", CHAT, Hints())
        held = make_case(intake, Answers(), AT - timedelta(hours=1)), intake, None
        content = sealed(put_right(reopened(sealed(held)), "what", AT + timedelta(hours=2)))
        plain = io.BytesIO()
        age_file.decrypt(io.BytesIO(content), plain, PASSPHRASE, "case.age")
    with tarfile.open(fileobj=io.BytesIO(plain.getvalue())) as tar:
        return {m.name: (tar.extractfile(m) or io.BytesIO()).read() for m in tar}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_was_done_to_it_is_one_sentence(parts: dict[str, bytes], data: st.DataObject) -> None:  # fmt: skip
    """By somebody who has the passphrase, and may make the manifests fit."""
    files = dict(parts)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(files)))
        content = files.pop(name)
        what = data.draw(st.sampled_from(("gone", "cut", "changed", "json")))
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        if what == "cut":
            files[name] = content[:at]
        elif what == "changed":
            files[name] = content[:at] + data.draw(st.binary(max_size=3)) + content[at + 1 :]
        elif what == "json":
            files[name] = data.draw(st.sampled_from((b"{}", b"[]", b"null", b"1\n", b"{}\n{}\n")))
    if data.draw(st.booleans()):
        refit(files)
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    with suppress(NoCaseError, SpoiltError, CaseError):
        reopened(age(archive.getvalue()))


def refit(files: dict[str, bytes]) -> None:
    """Both manifests made to fit what is there."""
    for manifest, inside in (("manifest", True), ("tagmanifest", False)):
        name = f"case/evidence/{manifest}-sha256.txt"
        files.pop(name, None)
        names = [
            path.removeprefix("case/evidence/")
            for path in files
            if path.startswith("case/evidence/")
            and path.startswith("case/evidence/data/") == inside
        ]
        files[name] = "".join(
            f"{hashlib.sha256(files[f'case/evidence/{each}']).hexdigest()}  {each}\n"
            for each in sorted(names)
            if not each.startswith("tagmanifest")
        ).encode()


def test_what_is_sealed_to_a_key() -> None:
    key = pyrage.x25519.Identity.generate().to_public()
    with pytest.raises(NoCaseError):
        reopened(pyrage.encrypt(b"hello", [key]))


def test_an_archive_that_leads_elsewhere() -> None:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("case/../../evil"))
    with pytest.raises(NoCaseError):
        reopened(age(archive.getvalue()))


def test_a_newer_program_made_it(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    from throwline.case import _case

    monkeypatch.setattr(_case, "VERSION", _case.VERSION + 1)
    content = sealed(held)
    monkeypatch.undo()
    with pytest.raises(CaseError, match="newer one"):
        reopened(content)


def test_too_short_a_passphrase(held: Held) -> None:
    with pytest.raises(EvidenceError, match="12 characters"):
        sealed_case(*held, who="Ana", at=AT, passphrase="short")
