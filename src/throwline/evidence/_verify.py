"""Whether a bag is as it was: its files, the custody chain, and whatever vouches for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from throwline.evidence._custody import (
    BAGGED,
    GONE_ON,
    REOPENED,
    Chain,
    chain_bytes,
    chain_faults,
    clock_notes,
    read_chain,
)
from throwline.evidence._error import EvidenceError, PackageError
from throwline.evidence._files import OnDisk, digest_of
from throwline.evidence._found import Found, earlier, find_bag, former
from throwline.evidence._manifest import (
    CUSTODY,
    MANIFEST,
    TAG_FILES,
    TAG_MANIFEST,
    content_digest,
)
from throwline.evidence._signature import SIGNATURE, Signature, check_signature
from throwline.evidence._stamp import STAMP, Stamp, check_stamp, read_roots

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


@dataclass(frozen=True)
class Verification:
    """Whether a bag is as it was: the names of files that changed, are missing or were added, and what else is wrong
    (`faults`) or worth knowing (`notes`), each a sentence.

    `digest` is the SHA-256 of the tag manifest: two bags with the same one are the same bag. `signatures` and `stamps`
    are those that hold, those made before the bag was sealed included.
    """

    digest: str
    files: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    chain: Chain
    signatures: tuple[Signature, ...]
    stamps: tuple[Stamp, ...]

    @property
    def holds(self) -> bool:
        """Whether every byte is as it was, and everything that vouches for it holds."""
        return not (self.changed or self.missing or self.added or self.faults)


def verify(
    bag: Path,
    *,
    allowed_signers: Path | None = None,
    roots: Path | None = None,
    now: datetime | None = None,
) -> Verification:
    """Compare every file of `bag` with its manifests, and check its custody chain, signatures and time stamps.

    With `allowed_signers` (a file as ssh-keygen reads it), one of those must have signed it; with `roots` (certificates
    as PEM), every stamp must lead to one of them, and there must be one. `now` is the time by this device's clock.
    Raises EvidenceError where `bag` is no bag at all, or it or one of these files cannot be read.
    """
    if allowed_signers and not allowed_signers.is_file():
        raise EvidenceError(f"{allowed_signers} is not there: name a file of allowed signers.")
    trusted = read_roots(roots) if roots else None
    case, bag = bag, find_bag(bag)
    try:
        found = Found.at(OnDisk(bag))
        verification = verified(
            found, allowed_signers=allowed_signers, roots=trusted, now=now or datetime.now(UTC)
        )
        faults = [*_unlike(case, bag, found), *verification.faults]
    except OSError as error:
        raise EvidenceError(f"{error.filename or bag} cannot be read: {error.strerror}.") from error
    if allowed_signers and not any(signature.signer for signature in verification.signatures):
        faults.append(f"None of the signers in {allowed_signers} signed it.")
    if roots and not verification.stamps:
        faults.append(f"It has no time stamp by an authority in {roots}.")
    return replace(verification, faults=tuple(faults))


def verified(
    found: Found,
    *,
    allowed_signers: Path | None = None,
    roots: list[Certificate] | None = None,
    now: datetime,
) -> Verification:
    """What `verify` says of a bag by itself, wherever it lies. Raises OSError where a file cannot be read."""
    faults = [*_misplaced(found)]
    notes: list[str] = []
    chain: Chain = ()
    with _noted_in(faults):
        chain = _chain(found)
        faults += _custody_faults(chain, found)
    signatures = _signatures(found, allowed_signers, faults)
    stamps = _stamps(found, roots, now, faults, notes)
    return Verification(
        digest=found.digests.get(TAG_MANIFEST, ""),
        files=len(found.payload),
        changed=tuple(sorted(found.changed)),
        missing=tuple(sorted({*found.listed, TAG_MANIFEST} - found.digests.keys())),
        added=tuple(sorted(n for n in found.digests.keys() - found.listed.keys() if not _loose(n))),
        faults=tuple(faults),
        notes=(*notes, *clock_notes(chain), *_early_stamps(stamps, chain)),
        chain=chain,
        signatures=tuple(signatures),
        stamps=tuple(stamps),
    )


def _misplaced(found: Found) -> Iterator[str]:
    for name in TAG_FILES:
        if found.tags and name not in found.tags:
            yield f"{name} is not protected by {TAG_MANIFEST}."
    if not found.payload:
        yield f"{MANIFEST} lists no file."
    for manifest, names, in_data in (
        (MANIFEST, found.payload, True),
        (TAG_MANIFEST, found.tags, False),
    ):
        for name in names:
            if name.startswith("data/") != in_data:
                yield f"{manifest} lists {name}, which is not for it to list."


def _unlike(case: Path, bag: Path, found: Found) -> Iterator[str]:
    """Where a file of the case folder, which people read first, is another than the one in the bag."""
    if case == bag:
        return
    for name, digest in found.digests.items():
        if name == "data/case.json" or name.startswith("data/reports/"):
            twin = case / name.removeprefix("data/").removeprefix("reports/")
            if twin.exists() and digest_of(twin) != digest:
                yield f"{twin} is not the one in the evidence."


def _chain(found: Found) -> Chain:
    if not found.plain(CUSTODY):
        raise EvidenceError("It has no custody chain: who handled it is not written down.")
    return read_chain(found.content(CUSTODY))


def _custody_faults(chain: Chain, found: Found) -> Iterator[str]:
    yield from chain_faults(chain)
    bagged = sum(entry.what == BAGGED for entry in chain)
    reopened = sum(entry.what == REOPENED for entry in chain)
    if bagged != 1 + reopened or not _bagged_last(chain, found.payload):
        yield "The custody chain speaks of other files than the manifest lists."
    places = [at for at, entry in enumerate(chain) if entry.what in GONE_ON]
    folders = found.editions[1:]
    if len(places) != len(folders):
        yield "What the bag was before it was sealed or opened does not fit the custody chain."
    for number, (at, folder) in enumerate(zip(places, folders, strict=False), 1):
        if not _continued(chain, at, found, number, folder):
            yield f"Entry {chain[at].n} of the custody chain does not fit what lies in {folder}"


def _bagged_last(chain: Chain, payload: Mapping[str, str]) -> bool:
    """Whether these are the files that were put into a bag the last time in this chain."""
    bagged = [entry.subject for entry in chain if entry.what == BAGGED]
    return bagged[-1:] == [content_digest(payload)]


def _continued(chain: Chain, at: int, found: Found, number: int, folder: str) -> bool:
    """Whether the bag was, before entry `at` (from 0) was written, what the tag files in `folder` say, and all its files
    are still there: it is the `number`th entry with which the bag went on as another."""
    tags, payload = found.manifest(folder + TAG_MANIFEST), found.manifest(folder + MANIFEST)
    custody = hashlib.sha256(chain_bytes(chain[:at])).hexdigest()
    return (
        found.digests.get(folder + TAG_MANIFEST) == chain[at].subject
        and payload.pop(CUSTODY, None) == custody
        and _bagged_last(chain[:at], payload)
        and all(
            found.payload.get(_place_of(name, number, found)) == digest
            for name, digest in payload.items()
        )
        and all(
            found.digests.get(name if name.startswith("earlier/") else folder + name) == digest
            for name, digest in tags.items()
        )
    )


def _place_of(name: str, number: int, found: Found) -> str:
    """Where a file of the bag as it was before it went on for the `number`th time lies now."""
    within = name.removeprefix("data/")
    places = (former(later) + within for later in range(number, len(found.editions)))
    return next((place for place in places if place in found.payload), name)


def _signatures(found: Found, allowed_signers: Path | None, faults: list[str]) -> list[Signature]:
    signatures = []
    for folder in found.editions:
        name = folder + SIGNATURE
        if found.plain(name):
            with _noted_in(faults):
                content = found.content(folder + TAG_MANIFEST)
                with found.files.on_disk(name) as path:
                    signatures.append(check_signature(content, path, name, allowed_signers))
    return signatures


def _stamps(
    found: Found,
    roots: list[Certificate] | None,
    now: datetime,
    faults: list[str],
    notes: list[str],
) -> list[Stamp]:
    stamps = []
    for name in sorted(filter(found.plain, found.digests)):
        folder, _, file = name.rpartition("/")
        match = STAMP.fullmatch(file)
        if match and (folder + "/" if folder else "") in found.editions:
            over = name.replace(file, match["over"])
            with _noted_in(faults):
                if not found.plain(over):
                    raise EvidenceError(f"{name} is a time stamp over {over}, which is missing.")
                raw, content = found.content(name), found.content(over)
                try:
                    stamps.append(check_stamp(raw, content, name, roots, now))
                except PackageError as error:
                    notes.append(f"{name} was not checked. {error}")
    return stamps


def _early_stamps(stamps: list[Stamp], chain: Chain) -> Iterator[str]:
    """Stamps that are older than what they are over, by the clocks of the authority and of the device."""
    places = [at for at, entry in enumerate(chain) if entry.what in GONE_ON]
    ends = {"": len(chain), **{earlier(n): at for n, at in enumerate(places, 1)}}
    for stamp in stamps:
        entries = chain[: ends.get(stamp.name.rpartition(TAG_MANIFEST)[0], 0)]
        if entries and f"{stamp.at:%Y-%m-%dT%H:%M:%SZ}" < entries[-1].at:
            yield (
                f"{stamp.name} is dated before entry {entries[-1].n} of the custody chain: a clock was wrong."
            )


def _loose(name: str) -> bool:
    """Whether the file may lie in a bag though no manifest lists it: it vouches for the tag manifest itself."""
    return name in (TAG_MANIFEST, SIGNATURE, *TAG_FILES) or bool(STAMP.fullmatch(name))


@contextmanager
def _noted_in(faults: list[str]) -> Iterator[None]:
    try:
        yield
    except EvidenceError as error:
        faults.append(str(error))
