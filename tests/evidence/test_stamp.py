"""Time stamps from an authority on this machine; `openssl ts -verify` is the other verifier."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.authority import Authority, openssl_agrees, serving
from tests.evidence.bags import edit, sha256
from throwline.evidence import EvidenceError, sign, stamp, verify
from throwline.evidence._stamp import check_stamp, new_request

OVER = "tagmanifest-sha256.txt"


def files(bag: Path) -> dict[Path, str]:
    return {path: sha256(path) for path in bag.parent.rglob("*") if path.is_file()}


def test_openssl_agrees(bag: Path, authority: Authority) -> None:
    before = files(bag)
    with serving(authority.answer) as url:
        (made,) = stamp(bag, [url], authority.roots)
    assert (made.name, made.authority, made.checked) == (f"{OVER}.1.tsr", "Test authority", True)
    raw = bag / made.name
    assert raw.read_bytes() == (authority.folder / "reply.tsr").read_bytes()
    chain = authority.folder / "chain.pem"
    assert openssl_agrees(raw, bag / OVER, authority.roots, chain)
    assert not openssl_agrees(raw, bag / "bagit.txt", authority.roots, chain)
    assert verify(bag, roots=authority.roots).stamps == (made,)
    assert {path: sha256(path) for path in before} == before


def test_two_authorities_stamp_the_signature(
    bag: Path, keys: Path, authority: Authority, other_authority: Authority, tmp_path: Path
) -> None:
    sign(bag, keys / "helper")
    with serving(authority.answer) as one, serving(other_authority.answer) as two:
        stamp(bag, [one, two])
    verification = verify(bag)
    assert verification.holds
    assert [(s.name, s.authority, s.checked) for s in verification.stamps] == [
        (f"{OVER}.sig.1.tsr", "Test authority", False),
        (f"{OVER}.sig.2.tsr", "Another authority", False),
    ]
    both = tmp_path / "roots.pem"
    both.write_bytes(authority.roots.read_bytes() + other_authority.roots.read_bytes())
    assert all(s.checked for s in verify(bag, roots=both).stamps)
    only_one = verify(bag, roots=authority.roots)
    assert only_one.faults == (
        f"{OVER}.sig.2.tsr was not made by any of the authorities given, or was changed.",
    )


def test_a_second_stamp_stands_beside_the_first(bag: Path, authority: Authority) -> None:
    with serving(authority.answer) as url:
        stamp(bag, [url])
        (second,) = stamp(bag, [url])
    assert second.name == f"{OVER}.2.tsr"
    assert len(verify(bag, roots=authority.roots).stamps) == 2


def replayed(authority: Authority) -> bytes:
    """An honest stamp over the same bytes, from another request."""
    return authority.answer(new_request(b"other bytes").as_bytes())


LIES: dict[str, tuple[Callable[[Authority, bytes], bytes | int], str]] = {
    "a page": (lambda _a, _r: b"<html>Hello</html>", "is not a time stamp that can be read"),
    "nothing": (lambda _a, _r: b"", "is not a time stamp that can be read"),
    "half": (lambda a, r: a.answer(r)[:-20], "is not a time stamp that can be read"),
    "too much": (lambda _a, _r: b"0" * 300_000, "sent more than a time stamp can be"),
    "an error": (lambda _a, _r: 503, "answered with 503"),
    "another place": (lambda _a, _r: 302, "answered with 302"),
    "other bytes": (lambda a, _r: replayed(a), "is a time stamp over something else"),
    "no trust": (lambda _a, _r: b"0\x030\x01\x00", "is not a time stamp that can be read"),
    "a refusal": (
        lambda _a, _r: bytes.fromhex("30 14 30 12 020102 30 0d 0c0b") + b"not today!!",
        "the authority refused and says: not today!!",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_leaves_the_bag_as_it_was(bag: Path, authority: Authority, lie: str) -> None:
    answer, sentence = LIES[lie]
    before = files(bag)
    with (
        serving(lambda request: answer(authority, request)) as url,
        pytest.raises(EvidenceError, match=re.escape(sentence)),
    ):
        stamp(bag, [url])
    assert files(bag) == before


def test_a_replayed_stamp_is_refused(bag: Path, authority: Authority) -> None:
    """The same bytes, honestly stamped, but for another request: its nonce differs."""
    old = authority.answer(new_request((bag / OVER).read_bytes()).as_bytes())
    before = files(bag)
    with serving(lambda _r: old) as url, pytest.raises(EvidenceError, match="nonce differs"):
        stamp(bag, [url])
    assert files(bag) == before


def test_when_the_second_fails_nothing_is_kept(bag: Path, authority: Authority) -> None:
    before = files(bag)
    with (
        serving(authority.answer) as one,
        serving(lambda _r: 500) as two,
        pytest.raises(EvidenceError, match=f"{two} answered with 500"),
    ):
        stamp(bag, [one, two])
    assert files(bag) == before


def test_silence(bag: Path, authority: Authority) -> None:
    with (
        serving(authority.answer, wait=60) as url,
        pytest.raises(EvidenceError, match=r"within 0\.2 seconds"),
    ):
        stamp(bag, [url], patience=0.2)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://127.0.0.1:1/", "cannot be asked: Connection refused"),
        ("file:///etc/passwd", "not the address of an authority"),
        ("http://[", "cannot be asked"),
    ],
)
def test_addresses_that_lead_nowhere(bag: Path, address: str, sentence: str) -> None:
    with pytest.raises(EvidenceError, match=sentence):
        stamp(bag, [address])


def test_another_root(bag: Path, authority: Authority, other_authority: Authority) -> None:
    with (
        serving(authority.answer) as url,
        pytest.raises(EvidenceError, match="not made by any of the authorities given"),
    ):
        stamp(bag, [url], other_authority.roots)


def test_roots_that_are_none(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "roots.pem").write_text("nothing")
    with pytest.raises(EvidenceError, match="holds no certificate in PEM form"):
        verify(bag, roots=tmp_path / "roots.pem")
    with pytest.raises(EvidenceError, match="cannot be read: No such file"):
        verify(bag, roots=tmp_path / "none.pem")


def test_no_stamp_where_one_is_asked_for(bag: Path, authority: Authority) -> None:
    assert verify(bag, roots=authority.roots).faults == (
        f"It has no time stamp by an authority in {authority.roots}.",
    )


def test_a_stamp_from_the_future_is_named(bag: Path, authority: Authority) -> None:
    with serving(authority.answer) as url:
        stamp(bag, [url])
    (fault,) = verify(bag, now=datetime.now(UTC) - timedelta(days=400)).faults
    assert re.match(rf"{OVER}\.1\.tsr is dated in the future: .* by the clock of Test auth", fault)


def test_a_changed_bag_is_not_stamped(bag: Path) -> None:
    edit(bag)
    with pytest.raises(EvidenceError, match="not as it was"):
        stamp(bag, ["http://127.0.0.1:1/"])


@pytest.fixture(scope="module")
def honest(authority: Authority) -> bytes:
    return authority.answer(new_request(b"content").as_bytes())


@given(data=st.data())
def test_damaged_stamps_never_crash_it(
    honest: bytes, authority: Authority, data: st.DataObject
) -> None:
    """Whatever an authority sends: a stamp over these bytes, or one sentence."""
    damaged = bytearray(honest)
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)) | st.just(len(damaged)))
    with contextlib.suppress(EvidenceError):
        check_stamp(bytes(damaged[:cut]), b"content", "it", None, datetime.now(UTC))


@given(st.binary(max_size=400))
def test_foreign_bytes_never_crash_it(content: bytes) -> None:
    with pytest.raises(EvidenceError):
        check_stamp(content, b"content", "it", None, datetime.now(UTC))
