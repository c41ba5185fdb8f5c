"""Who did what to the evidence, and when: a chain in which every entry holds the digest of the one before it.

It lies in the bag as data/custody.jsonl, one entry a line, and is only ever added to, in a new bag. An entry's `hash`
is the SHA-256 of its other fields as JSON with sorted keys, no blanks and UTF-8 (RFC 8785, for what stands here).
Anybody who can rewrite the whole bag can also rewrite the whole chain: the signature and the time stamps over the tag
manifest, which covers the chain, are what stands against that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Protocol

from throwline.evidence._error import EvidenceError

_BEFORE_THE_FIRST = "0" * 64
BAGGED = "bagged"
"""Its subject is the content digest of the bag (`content_digest`)."""
SEALED = "sealed"
"""Its subject is the SHA-256 of the tag manifest of the bag that was sealed."""
REOPENED = "reopened"
"""A sealed bag was opened, to go on with it. Its subject is the SHA-256 of that bag's tag manifest; what became of the
bag is told by the entry after it, which is another BAGGED."""
GONE_ON = (SEALED, REOPENED)
"""With each of these a bag goes on as another one, which keeps the tag files of the first."""


@dataclass(frozen=True)
class Entry:
    """One thing that was done. `at` is in UTC by the clock of the device (RFC 3339); `subject` is the SHA-256 of what
    it was done to; `previous` and `hash` are the digests of the entry before and of this one."""

    n: int
    at: str
    who: str
    what: str
    subject: str
    previous: str
    hash: str

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return _canonical(asdict(self))

    @property
    def holds(self) -> bool:
        """Whether the entry is the one that its digest was made of."""
        return self.hash == _hash(asdict(self))


Chain = tuple[Entry, ...]


class History(Protocol):
    """What was done before a bag is written."""

    @property
    def earlier(self) -> Mapping[str, bytes]:
        """The tag files of the bags before it, by the names that they have in this one."""

    def chain(self, content: str) -> Chain:
        """The entries up to the one that says that all of it, with this content digest, was put into the bag."""


@dataclass(frozen=True)
class Origin:
    """How a bag came about: who took in which files, and when. `sources` are their names and SHA-256 digests."""

    who: str
    at: datetime
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def earlier(self) -> Mapping[str, bytes]:
        """As History has it: there was no bag before."""
        return {}

    def chain(self, content: str) -> Chain:
        """The first entries: what was read, and that all of it, with this content digest, was put into a bag."""
        chain: Chain = ()
        for name, sha256 in self.sources:
            chain = appended(chain, self.at, self.who, f"read {name}", sha256)
        return appended(chain, self.at, self.who, BAGGED, content)


def appended(chain: Chain, at: datetime, who: str, what: str, subject: str) -> Chain:
    """`chain` with one entry more."""
    form: dict[str, Any] = {
        "n": len(chain) + 1,
        "at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "who": who,
        "what": what,
        "subject": subject,
        "previous": chain[-1].hash if chain else _BEFORE_THE_FIRST,
    }
    return (*chain, Entry(**form, hash=_hash(form)))


def chain_bytes(chain: Sequence[Entry]) -> bytes:
    """The chain as it lies in the bag."""
    return "".join(f"{entry.line}\n" for entry in chain).encode()


def read_chain(content: bytes) -> Chain:
    """The chain in a custody.jsonl. Whether it holds is for `chain_faults` to say.

    Raises EvidenceError, with the number of the line, where a line is no entry as `chain_bytes` writes them.
    """
    return tuple(
        _entry(number, line) for number, line in enumerate(content.splitlines(keepends=True), 1)
    )


def chain_faults(chain: Chain) -> list[str]:
    """What shows that the chain is not as it was, each a sentence."""
    if not chain:
        return ["The custody chain is empty."]
    faults = [
        f"Entry {entry.n} of the custody chain was changed." for entry in chain if not entry.holds
    ]
    if chain[0].n != 1 or chain[0].previous != _BEFORE_THE_FIRST:
        faults.append("The beginning of the custody chain is missing.")
    faults += [
        f"Entry {after.n} of the custody chain does not follow the one before it: "
        "something was taken out, put in or moved."
        for before, after in pairwise(chain)
        if after.n != before.n + 1 or after.previous != before.hash
    ]
    return faults


def clock_notes(chain: Chain) -> list[str]:
    """Where the clocks of the devices cannot all have been right. That alone shows no tampering."""
    return [
        f"Entry {after.n} of the custody chain is dated before entry {before.n}: a clock was wrong."
        for before, after in pairwise(chain)
        if after.at < before.at
    ]


def _entry(number: int, line: bytes) -> Entry:
    try:
        form = json.loads(line)
        entry = Entry(**form)
        if f"{entry.line}\n".encode() == line and _well_formed(entry):
            return entry
    except (ValueError, TypeError, RecursionError):
        pass
    raise EvidenceError(f"Line {number} of the custody chain is not an entry of one.")


def _well_formed(entry: Entry) -> bool:
    texts = (entry.at, entry.who, entry.what, entry.subject, entry.previous, entry.hash)
    return type(entry.n) is int and all(isinstance(text, str) for text in texts)


def _hash(form: dict[str, Any]) -> str:
    content = {name: value for name, value in form.items() if name != "hash"}
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(form: dict[str, Any]) -> str:
    return json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
