"""A case that was saved sealed, opened again to go on with it: all of it in memory, and nothing on a disk.

Nothing that was in its bag is lost. What becomes another file lies under data/former/, the tag files under earlier/, so
that every bag that there was can be put together again.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from throwline.case import Case, case_in
from throwline.conversation import Intake
from throwline.evidence._age import decrypt, is_passphrase_sealed
from throwline.evidence._archive import unpacked
from throwline.evidence._bag import Payload
from throwline.evidence._carry import earlier_files, is_medium
from throwline.evidence._custody import BAGGED, GONE_ON, REOPENED, Chain, appended
from throwline.evidence._error import EvidenceError, SpoiltError
from throwline.evidence._files import InMemory
from throwline.evidence._found import Found, former
from throwline.evidence._manifest import CUSTODY, TAG_FILES, TAG_MANIFEST
from throwline.evidence._verify import Verification, verified

BAG = "evidence/"
_REPLACED = ("case.json", "report.html")
"""Beside the bag: both are made anew with it."""
_STAYS = ("data/originals/", "data/former/")


class NoCaseError(EvidenceError):
    """What was given to be opened is no case that was saved sealed with a passphrase."""


@dataclass(frozen=True)
class Reopened:
    """The `bag` as it was when `who` opened it at `at`, the files that lay `beside` it, and when the bag that comes after
    it was put together."""

    bag: Mapping[str, bytes]
    beside: Mapping[str, bytes]
    found: Verification
    who: str
    at: datetime
    bagged_at: datetime

    def until(self, changed_at: datetime) -> Reopened:
        """The same for a case that was changed last at that time."""
        return replace(self, bagged_at=max(self.at, changed_at))

    @property
    def earlier(self) -> Mapping[str, bytes]:
        """As History has it."""
        return earlier_files(InMemory(self.bag), self.found)

    def chain(self, content: str) -> Chain:
        """As History has it: the chain goes on."""
        chain = appended(self.found.chain, self.at, self.who, REOPENED, self.found.digest)
        return appended(chain, self.bagged_at, self.who, BAGGED, content)

    def and_now(self, payloads: Iterable[Payload]) -> Iterator[Payload]:
        """What goes into the bag that comes after it: what `payloads` are now, and all that was in this one."""
        now = {f"data/{payload.path}": b"".join(payload.pieces) for payload in payloads}
        times = sum(entry.what in GONE_ON for entry in self.found.chain)
        for name, content in self.bag.items():
            if not name.startswith("data/") or name == CUSTODY or now.get(name) == content:
                continue
            place = name if name.startswith(_STAYS) else former(times + 1) + name[len("data/") :]
            yield Payload(place.removeprefix("data/"), [content])
        for name, content in now.items():
            yield Payload(name.removeprefix("data/"), [content])


def reopened_case(
    content: bytes, name: str, *, who: str, at: datetime, passphrase: str
) -> tuple[Case, Intake, Reopened]:
    """Open a sealed case: the case as it was, what it can be made of anew, and what there was.

    Raises NoCaseError for a file, called `name`, that is no such case; PassphraseError where that is another one;
    SpoiltError where the file or the evidence in it is not as it was; and CaseError where a newer program made it.
    """
    if not is_passphrase_sealed(content):
        raise NoCaseError(f"{name} is not sealed with a passphrase.")
    plain = io.BytesIO()
    decrypt(io.BytesIO(content), plain, passphrase, name)
    plain.seek(0)
    files = _unpacked(plain, name)
    bag = bag_in(files)
    if not bag.keys() & {*TAG_FILES, TAG_MANIFEST}:
        raise NoCaseError(f"What is sealed in {name} is no case.")
    found = _verified(bag, name, at)
    case = case_in({**files, "case.json": bag.get("data/case.json", b"")})
    talks = tuple(read.conversation for read in case.reads)
    beside = {
        path: held
        for path, held in files.items()
        if not (path.startswith(BAG) or path in _REPLACED or is_medium(held))
    }
    intake = Intake(talks, case.media, (), case.refused)
    return case, intake, Reopened(bag, beside, found, who, at, at)


def bag_in(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the bag in a case folder, by their names in the bag."""
    return {p.removeprefix(BAG): held for p, held in files.items() if p.startswith(BAG)}


def _unpacked(plain: io.BytesIO, name: str) -> dict[str, bytes]:
    try:
        return {path: file.read() for path, file in unpacked(plain)}
    except EvidenceError as error:
        raise NoCaseError(f"What is sealed in {name} is no case.") from error


def _verified(bag: Mapping[str, bytes], name: str, at: datetime) -> Verification:
    try:
        found = verified(Found.at(InMemory(bag)), now=at)
    except (EvidenceError, OSError) as error:
        raise SpoiltError(f"The evidence in {name} is not as it was.") from error
    if not found.holds:
        raise SpoiltError(f"The evidence in {name} is not as it was.")
    return found
