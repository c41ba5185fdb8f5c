"""One table of bags that are as they were, and of bags that are not: what `verify` says of each, and which of the
standard tools see it too."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bagit
import pyrage
import pytest

from tests.evidence.authority import Authority, openssl_agrees, serving
from tests.evidence.bags import AT, CHAT, FILES, ORIGIN, edit, make_bag, remanifest, sha256
from throwline.evidence import EvidenceError, Origin, seal, sign, stamp, unseal, verify
from throwline.evidence._custody import appended, chain_bytes, read_chain
from throwline.evidence._manifest import content_digest, read_manifest

TAG = "tagmanifest-sha256.txt"
SIG = f"{TAG}.sig"
TSR = f"{SIG}.1.tsr"
CUSTODY = "data/custody.jsonl"
NOT_SIGNED = "None of the signers in"
OTHER_FILES = "The custody chain speaks of other files than the manifest lists."


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, keys: Path, authority: Authority) -> Path:
    """Bags to copy: plain, signed, full (signed and stamped), sealed (a copy of that), stranger (signed by one)."""
    shelf = tmp_path_factory.mktemp("shelf")
    for name in ("plain", "signed", "full", "stranger"):
        make_bag(shelf / name)
    sign(shelf / "signed", keys / "helper")
    sign(shelf / "full", keys / "helper")
    sign(shelf / "stranger", keys / "stranger")
    with serving(authority.answer) as url:
        stamp(shelf / "full", [url])
    me = pyrage.x25519.Identity.generate()
    (shelf / "identity").write_text(str(me))
    seal(shelf / "full", shelf / "it.age", who="x", at=AT, recipients=[str(me.to_public())])
    unseal(shelf / "it.age", shelf / "opened", identities=shelf / "identity")
    (shelf / "opened" / "evidence").rename(shelf / "sealed")
    return shelf


@pytest.fixture(scope="session")
def others(tmp_path_factory: pytest.TempPathFactory, keys: Path, authority: Authority) -> Path:
    """Another bag, signed and stamped by the same people."""
    bag = make_bag(tmp_path_factory.mktemp("others") / "evidence", {"a.txt": b"a"})
    sign(bag, keys / "helper")
    with serving(authority.answer) as url:
        stamp(bag, [url])
    return bag


@dataclass(frozen=True)
class Tools:
    """What the standard tools say: whether each has nothing to object. None: it has nothing to look at."""

    bagit: bool
    sha256sum: bool
    ssh_keygen: bool | None = None
    openssl: bool | None = None


def ask_tools(bag: Path, keys: Path, authority: Authority) -> Tools:
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bagit.Bag(str(bag)).validate()
        valid = True
    except bagit.BagError:
        valid = False
    sums = all(
        subprocess.run(
            ["sha256sum", "--check", "--strict", "--status", name], cwd=bag, capture_output=True
        ).returncode
        == 0
        for name in ("manifest-sha256.txt", TAG)
    )
    signed = stamped = None
    if (bag / SIG).exists():
        command = ["ssh-keygen", "-Y", "verify", "-n", "file", "-s", bag / SIG]
        with (bag / TAG).open("rb") as content:
            signed = not subprocess.run(
                [*command, "-f", keys / "allowed_signers", "-I", "helper@example.org"],
                stdin=content,
                capture_output=True,
            ).returncode
    if (bag / TSR).exists():
        chain = authority.folder / "chain.pem"
        stamped = openssl_agrees(bag / TSR, bag / SIG, authority.roots, chain)
    return Tools(valid, sums, signed, stamped)


def check(bag: Path, kind: str, keys: Path, authority: Authority):  # type: ignore[no-untyped-def]
    """As police would who know the helper and the authority, where the bag was signed and stamped at all."""
    return verify(
        bag,
        allowed_signers=None if kind == "plain" else keys / "allowed_signers",
        roots=authority.roots if kind in ("full", "sealed") else None,
    )


VALID = {
    "plain": Tools(True, True),
    "signed": Tools(True, True, True),
    "full": Tools(True, True, True, True),
    "sealed": Tools(True, True),
}


@pytest.mark.parametrize("kind", VALID)
def test_valid(shelf: Path, kind: str, keys: Path, authority: Authority) -> None:
    verification = check(shelf / kind, kind, keys, authority)
    assert verification.faults == ()
    assert verification.holds
    assert verification.files == len(FILES) + 1
    assert ask_tools(shelf / kind, keys, authority) == VALID[kind]


def test_what_a_sealed_copy_still_proves(shelf: Path, keys: Path, authority: Authority) -> None:
    verification = check(shelf / "sealed", "sealed", keys, authority)
    assert [s.name for s in verification.signatures] == [f"earlier/1/{SIG}"]
    assert [(s.name, s.checked) for s in verification.stamps] == [(f"earlier/1/{TSR}", True)]


Change = Callable[[Path], object]


def append(name: str, content: bytes) -> Change:
    def change(bag: Path) -> None:
        (bag / name).parent.mkdir(exist_ok=True)
        with (bag / name).open("ab") as file:
            file.write(content)

    return change


def truncate(name: str, size: int = 5) -> Change:
    return lambda bag: (bag / name).write_bytes((bag / name).read_bytes()[:size])


def delete(name: str) -> Change:
    return lambda bag: (bag / name).unlink()


def reorder(name: str) -> Change:
    return lambda bag: (bag / name).write_bytes(
        b"".join(reversed((bag / name).read_bytes().splitlines(keepends=True)))
    )


def cut_last_line(name: str) -> Change:
    return lambda bag: (bag / name).write_bytes(
        b"".join((bag / name).read_bytes().splitlines(keepends=True)[:-1])
    )


def link(bag: Path) -> None:
    (bag / CHAT).rename(bag.parent / "kept")
    (bag / CHAT).symlink_to(bag.parent / "kept")


def link_folder(bag: Path) -> None:
    (bag.parent / "else").mkdir()
    (bag / "data" / "more").symlink_to(bag.parent / "else")


def listed_elsewhere(bag: Path) -> None:
    append("data/new.txt", b"x")(bag)
    append(TAG, f"{sha256(bag / 'data/new.txt')}  data/new.txt\n".encode())(bag)


def edit_entries(bag: Path) -> None:
    (bag / CUSTODY).write_bytes((bag / CUSTODY).read_bytes().replace(b'"helper"', b'"nobody"'))


def forge_entry(bag: Path) -> None:
    """An entry put in after the fact, with its own digest right."""
    chain = read_chain((bag / CUSTODY).read_bytes())
    forged = appended(chain[:1], AT, "somebody else", "read more.txt", "b" * 64)
    (bag / CUSTODY).write_bytes(chain_bytes((*forged, *chain[1:])))


def from_genesis(bag: Path) -> None:
    """An edit, and everything made anew from the first entry on, as only who knows this program well would do."""
    edit(bag)
    remanifest(bag)
    origin = replace(ORIGIN, who="somebody else")
    chain = origin.chain(
        content_digest(
            read_manifest("manifest-sha256.txt", (bag / "manifest-sha256.txt").read_bytes())
        )
    )
    (bag / CUSTODY).write_bytes(chain_bytes(chain))


def strip_earlier(bag: Path) -> None:
    """What came before the seal taken away, and the chain cut back to before it."""
    shutil.rmtree(bag / "earlier")
    cut_last_line(CUSTODY)(bag)


def anew(change: Change) -> Change:
    """The same, and the manifests made to fit."""

    def both(bag: Path) -> None:
        change(bag)
        remanifest(bag)

    return both


def from_other(name: str) -> Change:
    """The file of another bag, which the test lays beside this one, put in here."""
    return lambda bag: shutil.copy(bag.parent / "others" / name, bag / name)


@dataclass(frozen=True)
class Tampered:
    """A kind of bag, what is done to it, and what is said: in `changed`, `missing` and `added` all of it, in `faults`
    how each begins."""

    kind: str
    change: Change
    tools: Tools
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


NO_SIGNATURE = f"{SIG} is not a signature over {TAG} as it is now."
NOTHING_SEEN = Tools(True, True)
SEEN_BY_SUMS = Tools(False, False)
SIGNED_AND_SEEN = Tools(False, False, True)
ONLY_THE_SIGNATURE = Tools(True, True, False)
MANIFEST = "manifest-sha256.txt"

TAMPERED = {
    "edited": Tampered("full", edit, Tools(False, False, True, True), changed=(CHAT,)),
    "truncated": Tampered("plain", truncate(CHAT), SEEN_BY_SUMS, changed=(CHAT,)),
    "emptied": Tampered("plain", truncate(CHAT, 0), SEEN_BY_SUMS, changed=(CHAT,)),
    "appended to": Tampered("plain", append(CHAT, b"x"), SEEN_BY_SUMS, changed=(CHAT,)),
    "a file gone": Tampered("plain", delete(CHAT), SEEN_BY_SUMS, missing=(CHAT,)),
    "a file more": Tampered(
        "plain", append("data/new.txt", b"x"), Tools(False, True), added=("data/new.txt",)
    ),
    "a file more beside data": Tampered(
        "plain", append("notes.txt", b"x"), NOTHING_SEEN, added=("notes.txt",)
    ),
    "a file replaced by a link": Tampered("plain", link, Tools(False, True), changed=(CHAT,)),
    "a linked folder": Tampered("plain", link_folder, NOTHING_SEEN, added=("data/more",)),
    "bagit.txt gone": Tampered("plain", delete("bagit.txt"), SEEN_BY_SUMS, missing=("bagit.txt",)),
    "a file of data in the other manifest": Tampered(
        "plain",
        listed_elsewhere,
        Tools(False, True),
        faults=(f"{TAG} lists data/new.txt, which is not for it",),
    ),
    "bag-info edited": Tampered(
        "plain", append("bag-info.txt", b"A: b\n"), SEEN_BY_SUMS, changed=("bag-info.txt",)
    ),
    "manifest reordered": Tampered("plain", reorder(MANIFEST), SEEN_BY_SUMS, changed=(MANIFEST,)),
    "manifest cut": Tampered(
        "plain",
        cut_last_line(MANIFEST),
        SEEN_BY_SUMS,
        changed=(MANIFEST,),
        added=(CHAT,),
        faults=(OTHER_FILES,),
    ),
    "tag manifest gone": Tampered("plain", delete(TAG), Tools(True, False), missing=(TAG,)),
    "tag manifest reordered": Tampered(
        "signed", reorder(TAG), ONLY_THE_SIGNATURE, faults=(NO_SIGNATURE, NOT_SIGNED)
    ),
    "re-manifested": Tampered("plain", anew(edit), NOTHING_SEEN, faults=(OTHER_FILES,)),
    "re-manifested, signed": Tampered(
        "signed",
        anew(edit),
        ONLY_THE_SIGNATURE,
        faults=(OTHER_FILES, NO_SIGNATURE, NOT_SIGNED),
    ),
    "made anew from the beginning, signed": Tampered(
        "signed", anew(from_genesis), ONLY_THE_SIGNATURE, faults=(NO_SIGNATURE, NOT_SIGNED)
    ),
    "chain edited": Tampered(
        "plain",
        anew(edit_entries),
        NOTHING_SEEN,
        faults=("Entry 1 of the custody chain was ch", "Entry 2 of the custody chain was ch"),
    ),
    "chain reordered": Tampered(
        "plain",
        anew(reorder(CUSTODY)),
        NOTHING_SEEN,
        faults=("The beginning of the custody chain", "Entry 1 of the custody chain does not"),
    ),
    "chain with an entry put in": Tampered(
        "plain", anew(forge_entry), NOTHING_SEEN, faults=("Entry 2 of the custody chain does not",)
    ),
    "chain cut": Tampered(
        "plain", anew(cut_last_line(CUSTODY)), NOTHING_SEEN, faults=(OTHER_FILES,)
    ),
    "chain emptied": Tampered(
        "plain",
        anew(truncate(CUSTODY, 0)),
        NOTHING_SEEN,
        faults=("The custody chain is empty.", OTHER_FILES),
    ),
    "chain gone": Tampered(
        "plain", anew(delete(CUSTODY)), NOTHING_SEEN, faults=("It has no custody chain",)
    ),
    "chain that is none": Tampered(
        "plain",
        anew(append(CUSTODY, b"x\n")),
        NOTHING_SEEN,
        faults=("Line 3 of the custody chain",),
    ),
    "signed by a stranger": Tampered(
        "stranger", lambda _bag: None, ONLY_THE_SIGNATURE, faults=(NOT_SIGNED,)
    ),
    "signature of another bag": Tampered(
        "signed", from_other(SIG), ONLY_THE_SIGNATURE, faults=(NO_SIGNATURE, NOT_SIGNED)
    ),
    "signature cut": Tampered(
        "signed", truncate(SIG, 100), ONLY_THE_SIGNATURE, faults=(NO_SIGNATURE, NOT_SIGNED)
    ),
    "signature gone": Tampered("signed", delete(SIG), NOTHING_SEEN, faults=(NOT_SIGNED,)),
    "signature gone, stamp left": Tampered(
        "full",
        delete(SIG),
        Tools(True, True, None, False),
        faults=(
            f"{TSR} is a time stamp over {SIG}, which is missing",
            NOT_SIGNED,
            "It has no time",
        ),
    ),
    "stamp of another bag": Tampered(
        "full",
        from_other(TSR),
        Tools(True, True, True, False),
        faults=(f"{TSR} is a time stamp over something else", "It has no time stamp"),
    ),
    "stamp cut": Tampered(
        "full",
        truncate(TSR, 500),
        Tools(True, True, True, False),
        faults=(f"{TSR} is not a time stamp that can be read", "It has no time stamp"),
    ),
    "stamp edited": Tampered(
        "full",
        lambda bag: edit(bag, TSR),
        Tools(True, True, True, False),
        faults=(f"{TSR} was not made by any of the authorities given", "It has no time stamp"),
    ),
    "sealed, and edited": Tampered("sealed", edit, SEEN_BY_SUMS, changed=(CHAT,)),
    "sealed, and re-manifested": Tampered(
        "sealed",
        anew(edit),
        NOTHING_SEEN,
        faults=(OTHER_FILES, "Entry 3 of the custody chain does"),
    ),
    "sealed, and what was before edited": Tampered(
        "sealed",
        anew(lambda bag: edit(bag, "earlier/1/bag-info.txt")),
        NOTHING_SEEN,
        faults=("Entry 3 of the custody chain does not fit what lies in earlier/1/",),
    ),
    "sealed, and the signature from before taken away": Tampered(
        "sealed",
        anew(delete(f"earlier/1/{SIG}")),
        NOTHING_SEEN,
        faults=(f"earlier/1/{TSR} is a time stamp over", NOT_SIGNED, "It has no time stamp"),
    ),
    "sealed, and all from before taken away": Tampered(
        "sealed", anew(strip_earlier), NOTHING_SEEN, faults=(NOT_SIGNED, "It has no time stamp")
    ),
    "sealed, and the last entry cut": Tampered(
        "sealed",
        anew(cut_last_line(CUSTODY)),
        NOTHING_SEEN,
        faults=("What the bag was before it was sealed or opened does not fit",),
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampered(
    shelf: Path, others: Path, tmp_path: Path, what: str, keys: Path, authority: Authority
) -> None:
    case = TAMPERED[what]
    bag = tmp_path / "evidence"
    shutil.copytree(shelf / case.kind, bag)
    (tmp_path / "others").symlink_to(others)
    case.change(bag)
    verification = check(bag, case.kind, keys, authority)
    assert not verification.holds
    assert verification.changed == case.changed
    assert verification.missing == case.missing
    assert verification.added == case.added
    assert len(verification.faults) == len(case.faults), verification.faults
    for fault, begins in zip(verification.faults, case.faults, strict=True):
        assert fault.startswith(begins)
    assert ask_tools(bag, keys, authority) == case.tools


def test_dated_in_the_future(shelf: Path) -> None:
    verification = verify(shelf / "full", now=datetime.now(UTC) - timedelta(days=400))
    assert not verification.holds
    assert verification.faults[0].startswith(f"{TSR} is dated in the future")


def test_what_nobody_can_see(shelf: Path, tmp_path: Path) -> None:
    """Somebody who makes everything anew, where nothing was signed: only the digest tells, to who has the first one."""
    bag = tmp_path / "evidence"
    shutil.copytree(shelf / "plain", bag)
    anew(from_genesis)(bag)
    assert verify(bag).holds
    assert verify(bag).digest != verify(shelf / "plain").digest


def test_a_clock_that_was_set_back_is_noted(tmp_path: Path) -> None:
    first = Origin("helper", AT, (("chat.txt", "a" * 64),))
    bag = make_bag(tmp_path / "evidence", origin=first)
    file, identity = tmp_path / "it.age", pyrage.x25519.Identity.generate()
    (tmp_path / "identity").write_text(str(identity))
    earlier = AT - timedelta(days=1)
    seal(bag, file, who="x", at=earlier, recipients=[str(identity.to_public())])
    unseal(file, tmp_path / "opened", identities=tmp_path / "identity")
    verification = verify(tmp_path / "opened")
    assert verification.holds
    assert verification.notes == (
        "Entry 3 of the custody chain is dated before entry 2: a clock was wrong.",
    )


@pytest.mark.parametrize("name", ["fifo", "folder"])
def test_what_is_no_file_is_never_opened(bag: Path, name: str) -> None:
    (bag / CHAT).unlink()
    os.mkfifo(bag / CHAT) if name == "fifo" else (bag / CHAT).mkdir()
    verification = verify(bag)
    assert CHAT in (verification.changed if name == "fifo" else verification.missing)


def test_a_folder_that_cannot_be_read(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(EvidenceError, match="cannot be read: Permission denied"):
        verify(bag)


def test_the_case_folder_will_do(bag: Path) -> None:
    assert bag.name == "evidence"
    assert verify(bag.parent).digest == verify(bag).digest


def test_the_files_beside_the_evidence_are_those_in_it(tmp_path: Path) -> None:
    """People read the report beside it first."""
    case = tmp_path / "case"
    make_bag(case / "evidence", {"case.json": b"{}", "reports/report.html": b"<p>"})
    (case / "case.json").write_text("{}")
    (case / "report.html").write_text("<p>")
    (case / "police.txt").write_text("made later")
    assert verify(case).holds
    (case / "report.html").write_text("<b>")
    assert verify(case).faults == (f"{case / 'report.html'} is not the one in the evidence.",)
    assert verify(case / "evidence").holds


def test_a_stamp_older_than_what_it_is_over_is_noted(tmp_path: Path, authority: Authority) -> None:
    ahead = replace(ORIGIN, at=datetime.now(UTC) + timedelta(days=1))
    bag = make_bag(tmp_path / "evidence", origin=ahead)
    with serving(authority.answer) as url:
        stamp(bag, [url])
    verification = verify(bag)
    assert verification.holds
    assert verification.notes == (
        f"{TAG}.1.tsr is dated before entry 2 of the custody chain: a clock was wrong.",
    )
