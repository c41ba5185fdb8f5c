"""Sealing a case for somebody: encrypted with age, to a passphrase or to keys, so that `age -d | tar x` opens it too."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from throwline.evidence._age import is_passphrase_sealed
from throwline.evidence._archive import packed, unpack
from throwline.evidence._carry import beside, carried_on
from throwline.evidence._error import EvidenceError
from throwline.evidence._files import OnDisk
from throwline.evidence._found import find_bag
from throwline.evidence._lock import lock, unlock
from throwline.evidence._place import whole_file, whole_or_absent
from throwline.evidence._stream import Pieces, streamed
from throwline.evidence._verify import verify

_HEAD = 100
_BUFFER = 1024**2


def seal(
    case: Path,
    target: Path,
    *,
    who: str,
    at: datetime,
    passphrase: str | None = None,
    recipients: Sequence[str] = (),
) -> tuple[str, ...]:
    """Seal a case folder, or a bag by itself, in the new file `target`: for `recipients` ("age1..."), or else for
    whoever has the `passphrase`. `who` seals it goes into the custody chain.

    Returns the names of what was left out: pictures, videos and recordings that somebody put into the case folder, and
    links. Memory does not grow with the case. Raises EvidenceError, and leaves nothing behind, where the bag is not as
    it was, a recipient is none, the passphrase is too short, or `target` exists or cannot be written.
    """
    bag = find_bag(case)
    verification = verify(bag)
    if not verification.holds:
        raise EvidenceError(f"{bag} is not as it was, see `throwline verify`: it is not sealed.")
    if not who.isprintable() or not who.strip():
        raise EvidenceError("Who seals it is a name or a role in one line.")
    try:
        loose, left_out = beside(bag, case) if bag != case else ([], ())
    except OSError as error:
        raise EvidenceError(f"{case} cannot be read: {error.strerror}.") from error
    copy = carried_on(OnDisk(bag), verification, who, at)
    source = Pieces(packed(chain(loose, copy), at))
    sealing = lock(passphrase, recipients)
    with whole_file(target) as file:
        sealing(io.BufferedReader(source, _BUFFER), file)
    return left_out


def unseal(
    sealed: Path, target: Path, *, passphrase: str | None = None, identities: Path | None = None
) -> None:
    """Open the sealed case in the file `sealed`, to the new folder `target`, with a passphrase or with a file of age
    identities.

    Raises EvidenceError, and leaves nothing behind, where they do not open it, it was changed or cut off, or what is
    in it is no case.
    """
    name = sealed.name
    try:
        source = sealed.open("rb")
    except OSError as error:
        raise EvidenceError(f"{sealed} cannot be opened: {error.strerror}.") from error
    with source:
        opening = unlock(name, passphrase, identities)
        with whole_or_absent(target) as folder, streamed(partial(opening, source)) as stream:
            unpack(stream, folder)


def needs_passphrase(sealed: Path) -> bool:
    """Whether a passphrase, and not an identity, opens `sealed`. Raises EvidenceError where that is no sealed file."""
    try:
        with sealed.open("rb") as source:
            head = source.read(_HEAD)
    except OSError as error:
        raise EvidenceError(f"{sealed} cannot be opened: {error.strerror}.") from error
    if not head.startswith(b"age-encryption.org/v1\n"):
        raise EvidenceError(f"{sealed} is not sealed with age.")
    return is_passphrase_sealed(head)
