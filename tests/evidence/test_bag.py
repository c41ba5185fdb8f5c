"""The bag against its standard (RFC 8493), the reference tool, and somebody who tampers with it."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import subprocess
from pathlib import Path

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.bags import FILES, INFO, ORIGIN, make_bag
from throwline.evidence import EvidenceError, Payload, verify, whole_or_absent, write_bag


def test_the_reference_tool_validates_it(bag: Path) -> None:
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    bagit.Bag(str(bag)).validate()


def test_sha256sum_checks_it(bag: Path) -> None:
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(
            ["sha256sum", "--check", "--strict", manifest],
            cwd=bag,
            check=True,
            capture_output=True,
        )


def test_what_was_put_in_comes_out(bag: Path) -> None:
    for name, content in FILES.items():
        assert (bag / "data" / name).read_bytes() == content


def test_verify_holds(bag: Path) -> None:
    verification = verify(bag)
    assert verification.holds
    assert verification.files == len(FILES) + 1


def test_same_content_same_bytes(tmp_path: Path) -> None:
    one, two = make_bag(tmp_path / "one"), make_bag(tmp_path / "two")
    for file in sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file()):
        assert (one / file).read_bytes() == (two / file).read_bytes()


@pytest.mark.parametrize(
    "name", ["data/originals/chat.txt", "bagit.txt", "bag-info.txt", "manifest-sha256.txt"]
)
def test_one_flipped_bit_is_named(bag: Path, name: str) -> None:
    path = bag / name
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(content)
    verification = verify(bag)
    assert not verification.holds
    assert name in verification.changed


def test_a_missing_file_is_named(bag: Path) -> None:
    (bag / "data/originals/chat.txt").unlink()
    assert verify(bag).missing == ("data/originals/chat.txt",)


def test_an_added_file_is_named(bag: Path) -> None:
    (bag / "data/new.txt").write_text("new")
    assert verify(bag).added == ("data/new.txt",)


def test_rewriting_the_manifest_after_an_edit_is_seen(bag: Path) -> None:
    path = bag / "data/originals/chat.txt"
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(b"edited")
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text().replace(old, hashlib.sha256(b"edited").hexdigest()))
    assert "manifest-sha256.txt" in verify(bag).changed


def test_deleting_the_tag_manifest_is_seen(bag: Path) -> None:
    """The reference tool calls such a bag valid; an edit could hide behind it."""
    (bag / "tagmanifest-sha256.txt").unlink()
    assert "tagmanifest-sha256.txt" in verify(bag).missing


def test_an_existing_place_is_left_alone(bag: Path) -> None:
    before = (bag / "manifest-sha256.txt").read_bytes()
    with pytest.raises(EvidenceError, match="exists already"):
        make_bag(bag)
    assert (bag / "manifest-sha256.txt").read_bytes() == before


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> object:
        yield b"half"
        raise OSError(28, "No space left on device")

    with (
        pytest.raises(EvidenceError, match="No space left"),
        whole_or_absent(tmp_path / "evidence") as folder,
    ):
        write_bag(folder, [Payload("a.txt", broken())], INFO, ORIGIN)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["../a.txt", "/a.txt", "a/../../b.txt", ""])
def test_a_path_never_leaves_the_bag(tmp_path: Path, path: str) -> None:
    with pytest.raises(EvidenceError, match="outside"), whole_or_absent(tmp_path / "e") as folder:
        write_bag(folder, [Payload(path, [b""])], INFO, ORIGIN)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_bag(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="not a bag"):
        verify(tmp_path)


@given(st.binary(max_size=300))
def test_foreign_manifests_never_crash_it(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        bag = make_bag(Path(folder) / "evidence", {"a.txt": b"a"})
        (bag / "manifest-sha256.txt").write_bytes(content)
        with contextlib.suppress(EvidenceError):
            assert not verify(bag).holds
