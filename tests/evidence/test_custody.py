"""The custody chain by itself: what is added holds, and what is done to it shows."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throwline.evidence import EvidenceError, Origin
from throwline.evidence._custody import (
    Chain,
    appended,
    chain_bytes,
    chain_faults,
    clock_notes,
    read_chain,
)

AT = datetime(2026, 3, 2, 21, 14, tzinfo=UTC)
CHAIN = appended(
    appended(
        Origin("person", AT, (("chät\n.txt", "a" * 64),)).chain("b" * 64), AT, "helper", "x", ""
    ),
    AT + timedelta(hours=1),
    "Officer Ng",
    "sealed",
    "c" * 64,
)


def test_it_holds_and_comes_back() -> None:
    assert [entry.what for entry in CHAIN] == ["read chät\n.txt", "bagged", "x", "sealed"]
    assert chain_faults(CHAIN) == []
    assert read_chain(chain_bytes(CHAIN)) == CHAIN


def test_the_digest_can_be_made_by_hand() -> None:
    """As docs/evidence.md says: an entry without its hash, keys sorted, no blanks."""
    for line in chain_bytes(CHAIN).decode().splitlines():
        form = json.loads(line)
        claimed = form.pop("hash")
        text = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(text.encode()).hexdigest() == claimed


def test_sha256sum_agrees() -> None:
    first = chain_bytes(CHAIN[:1]).decode().strip()
    without = first.replace(f'"hash":"{CHAIN[0].hash}",', "")
    said = subprocess.run(["sha256sum"], input=without.encode(), capture_output=True, check=True)
    assert said.stdout.decode().split()[0] == CHAIN[0].hash


TAMPERED: dict[str, tuple[Callable[[Chain], Chain], str]] = {
    "an entry edited": (
        lambda c: (c[0], replace(c[1], who="somebody"), *c[2:]),
        "Entry 2 of the custody chain was changed",
    ),
    "an entry edited, its digest made anew": (
        lambda c: (*appended(c[:1], AT, "somebody", "bagged", "b" * 64), *c[2:]),
        "Entry 3 of the custody chain does not follow",
    ),
    "two swapped": (lambda c: (c[0], c[2], c[1], c[3]), "does not follow"),
    "one taken out": (lambda c: (*c[:1], *c[2:]), "Entry 3 of the custody chain does not follow"),
    "one twice": (lambda c: (*c[:2], *c[1:]), "does not follow"),
    "the beginning cut off": (lambda c: c[1:], "The beginning of the custody chain is missing"),
    "all of it cut off": (lambda _c: (), "The custody chain is empty"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_shows(what: str) -> None:
    change, fault = TAMPERED[what]
    assert any(fault in sentence for sentence in chain_faults(change(CHAIN)))


def test_a_cut_end_does_not_show_in_the_chain_alone() -> None:
    """Which is why the tag manifest, that a signature and time stamps cover, holds the digest of the whole chain."""
    assert chain_faults(CHAIN[:-1]) == []


def test_a_clock_set_back_is_noted() -> None:
    chain = appended(CHAIN, AT - timedelta(days=1), "helper", "sealed", "")
    assert chain_faults(chain) == []
    assert clock_notes(chain) == [
        "Entry 5 of the custody chain is dated before entry 4: a clock was wrong."
    ]


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"[]\n",
        b'{"n":1}\n',
        b"\xff\n",
        b'{"a":' * 10_000 + b"\n",
        chain_bytes(CHAIN[:1]).replace(b'"n":1', b'"n": 1'),
        chain_bytes(CHAIN[:1]).replace(b'"n":1', b'"n":true'),
        chain_bytes(CHAIN[:1]).replace(b'"n":1', b'"m":1'),
        chain_bytes(CHAIN[:1]).removesuffix(b"\n"),
    ],
)
def test_a_line_that_is_no_entry_is_named(line: bytes) -> None:
    with pytest.raises(EvidenceError, match="Line 2 "):
        read_chain(chain_bytes(CHAIN[:1]) + line)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_foreign_bytes_never_crash_it(content: bytes) -> None:
    try:
        chain = read_chain(content)
    except EvidenceError:
        return
    assert chain_faults(chain)
