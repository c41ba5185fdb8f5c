"""Whether a bag is as it was: its files, the custody chain, and whatever vouches for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from throwline.evidence._custody import (
    BAGGED,
    SEALED,
    Chain,
    chain_bytes,
    chain_faults,
    clock_notes,
    read_chain,
)
from throwline.evidence._error import EvidenceError, PackageError
from throwline.evidence._found import Found, digest_of, earlier, find_bag
from throwline.evidence._manifest import (
    CUSTODY,
    MANIFEST,
    TAG_FILES,
    TAG_MANIFEST,
    content_digest,
    read_manifest,
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
        found = Found.at(bag)
        faults = [*_misplaced(found), *_unlike(case, found)]
        notes: list[str] = []
        chain: Chain = ()
        with _noted_in(faults):
            chain = _chain(found)
            faults += _custody_faults(chain, found)
        signatures = _signatures(found, allowed_signers, faults)
        stamps = _stamps(found, trusted, now or datetime.now(UTC), faults, notes)
    except OSError as error:
        raise EvidenceError(f"{error.filename or bag} cannot be read: {error.strerror}.") from error
    if allowed_signers and not any(signature.signer for signature in signatures):
        faults.append(f"None of the signers in {allowed_signers} signed it.")
    if roots and not stamps:
        faults.append(f"It has no time stamp by an authority in {roots}.")
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


def _unlike(case: Path, found: Found) -> Iterator[str]:
    """Where a file of the case folder, which people read first, is another than the one in the bag."""
    if case == found.bag:
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
    bagged = [entry.subject for entry in chain if entry.what == BAGGED]
    if bagged != [content_digest(found.payload)]:
        yield "The custody chain speaks of other files than the manifest lists."
    seals = [at for at, entry in enumerate(chain) if entry.what == SEALED]
    folders = found.editions[1:]
    if len(seals) != len(folders):
        yield "What the bag was before it was sealed does not fit the custody chain."
    for at, folder in zip(seals, folders, strict=False):
        if not _continued(chain, at, found, folder):
            yield f"Entry {chain[at].n} of the custody chain does not fit what lies in {folder}"


def _continued(chain: Chain, at: int, found: Found, folder: str) -> bool:
    """Whether the bag was, before entry `at` (from 0) was written, what the tag files in `folder` say."""
    tags = read_manifest(found.bag / folder / TAG_MANIFEST)
    payload = read_manifest(found.bag / folder / MANIFEST)
    custody = hashlib.sha256(chain_bytes(chain[:at])).hexdigest()
    return (
        found.digests.get(folder + TAG_MANIFEST) == chain[at].subject
        and {**found.payload, CUSTODY: custody} == payload
        and all(
            found.digests.get(name if name.startswith("earlier/") else folder + name) == digest
            for name, digest in tags.items()
        )
    )


def _signatures(found: Found, allowed_signers: Path | None, faults: list[str]) -> list[Signature]:
    signatures = []
    for folder in found.editions:
        name = folder + SIGNATURE
        if found.plain(name):
            with _noted_in(faults):
                content = found.content(folder + TAG_MANIFEST)
                signatures.append(check_signature(content, found.bag / name, name, allowed_signers))
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
    seals = [at for at, entry in enumerate(chain) if entry.what == SEALED]
    ends = {"": len(chain), **{earlier(n): at for n, at in enumerate(seals, 1)}}
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
