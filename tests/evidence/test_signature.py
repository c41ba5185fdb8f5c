"""Signing with OpenSSH keys: `ssh-keygen -Y verify` is the other verifier."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.evidence.bags import CHAT, edit, sha256
from throwline.evidence import EvidenceError, sign, verify

NAME = "tagmanifest-sha256.txt.sig"


def accepted_by_openssh(bag: Path, keys: Path) -> bool:
    command = ["ssh-keygen", "-Y", "verify", "-f", keys / "allowed_signers", "-n", "file"]
    done = subprocess.run(
        [*command, "-I", "helper@example.org", "-s", bag / NAME],
        input=(bag / "tagmanifest-sha256.txt").read_bytes(),
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_openssh_accepts_it_and_so_do_we(bag: Path, keys: Path) -> None:
    before = {path: sha256(path) for path in bag.rglob("*") if path.is_file()}
    signature = sign(bag, keys / "helper")
    assert signature.key is not None
    fingerprint = subprocess.run(
        ["ssh-keygen", "-l", "-f", keys / "helper.pub"], capture_output=True, check=True, text=True
    )
    assert signature.key.split()[1] in fingerprint.stdout
    assert accepted_by_openssh(bag, keys)
    verification = verify(bag, allowed_signers=keys / "allowed_signers")
    assert verification.holds
    assert [s.signer for s in verification.signatures] == ["helper@example.org"]
    assert {path: sha256(path) for path in before} == before
    assert sorted(p.name for p in bag.parent.iterdir()) == [bag.name]


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_keys_of_every_kind(bag: Path, tmp_path: Path, kind: str, keys: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", key], check=True)
    sign(bag, key)
    assert verify(bag).signatures[0].key.startswith(kind.upper())  # type: ignore[union-attr]


def test_a_signature_made_by_hand(bag: Path, keys: Path) -> None:
    """As docs/evidence.md says."""
    subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-n", "file", "-f", keys / "helper", "tagmanifest-sha256.txt"],
        cwd=bag,
        check=True,
        capture_output=True,
    )
    assert verify(bag, allowed_signers=keys / "allowed_signers").holds


def test_a_key_nobody_lists(bag: Path, keys: Path) -> None:
    sign(bag, keys / "stranger")
    assert verify(bag).holds
    verification = verify(bag, allowed_signers=keys / "allowed_signers")
    assert verification.faults == (f"None of the signers in {keys / 'allowed_signers'} signed it.",)


def test_a_key_that_is_no_longer_allowed(bag: Path, keys: Path, tmp_path: Path) -> None:
    """The list is read by ssh-keygen, its options included."""
    sign(bag, keys / "helper")
    listed = tmp_path / "allowed"
    public = (keys / "helper.pub").read_text()
    listed.write_text(f'helper@example.org valid-before="20200101" {public}')
    assert not verify(bag, allowed_signers=listed).holds


def test_not_signed_where_a_signer_is_asked_for(bag: Path, keys: Path) -> None:
    assert not verify(bag, allowed_signers=keys / "allowed_signers").holds


@pytest.mark.parametrize(
    "content", [b"", b"no signature", b"-----BEGIN SSH SIGNATURE-----\nAAAA\n"]
)
def test_what_is_no_signature(bag: Path, keys: Path, content: bytes) -> None:
    (bag / NAME).write_bytes(content)
    assert verify(bag).faults == (
        f"{NAME} is not a signature over tagmanifest-sha256.txt as it is now.",
    )


def test_a_signature_for_another_purpose(bag: Path, keys: Path) -> None:
    """One made for, say, a git commit must not pass for one over evidence."""
    command = ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", keys / "helper"]
    subprocess.run([*command, "tagmanifest-sha256.txt"], cwd=bag, check=True, capture_output=True)
    assert not verify(bag).holds


def test_a_bag_that_was_changed_is_not_signed(bag: Path, keys: Path) -> None:
    edit(bag, CHAT)
    with pytest.raises(EvidenceError, match="not as it was"):
        sign(bag, keys / "helper")
    assert not (bag / NAME).exists()


def test_a_signature_is_never_replaced(bag: Path, keys: Path) -> None:
    sign(bag, keys / "helper")
    before = sha256(bag / NAME)
    with pytest.raises(EvidenceError, match="signed already"):
        sign(bag, keys / "stranger")
    assert sha256(bag / NAME) == before


def test_a_key_that_is_not_there(bag: Path, tmp_path: Path, keys: Path) -> None:
    with pytest.raises(EvidenceError, match=r"none cannot be used to sign: .*No such file"):
        sign(bag, tmp_path / "none")
    assert not (bag / NAME).exists()


def test_without_ssh_keygen(
    bag: Path, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(bag, keys / "helper")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("ssh-keygen") is None
    verification = verify(bag)
    assert verification.holds
    assert verification.signatures[0].key is None
    assert not verify(bag, allowed_signers=keys / "allowed_signers").holds
    (bag / NAME).unlink()
    with pytest.raises(EvidenceError, match="install OpenSSH"):
        sign(bag, keys / "helper")
