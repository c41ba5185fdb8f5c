"""Vouching for a bag: a signature and time stamps, laid beside the tag manifest. What they speak of stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from throwline.evidence._error import EvidenceError
from throwline.evidence._found import find_bag
from throwline.evidence._manifest import TAG_MANIFEST
from throwline.evidence._place import whole_file
from throwline.evidence._signature import SIGNATURE, Signature, check_signature, make_signature
from throwline.evidence._stamp import Stamp, check_stamp, new_request, read_roots
from throwline.evidence._verify import verify

MOST_AUTHORITIES = 2


def sign(bag: Path, key: Path) -> Signature:
    """Sign the tag manifest of `bag` with an OpenSSH private key; ssh-keygen asks for its passphrase.

    Raises EvidenceError where the bag is not as it was, is signed already, or the key does not sign.
    """
    bag = _sound(bag)
    target = bag / SIGNATURE
    if target.exists():
        raise EvidenceError(f"{bag} is signed already.")
    content = (bag / TAG_MANIFEST).read_bytes()
    signature = make_signature(content, key)
    with whole_file(target, beside=bag.parent) as file:
        file.write(signature)
    return check_signature(content, target, SIGNATURE, None)


def stamp(
    bag: Path, authorities: Sequence[str], roots: Path | None = None, *, patience: float = 30
) -> tuple[Stamp, ...]:
    """Have one or two authorities stamp the signature of `bag`, or its tag manifest where it is not signed.

    Only a SHA-256 is sent. `patience` is in seconds, for each. Raises EvidenceError, with the bag as it was, where the
    bag is not sound, or one of the authorities does not answer, or does not answer the request.
    """
    # Here and not at the top: nothing else in this room loads what speaks to the network.
    from throwline.evidence._authority import ask

    if not 1 <= len(authorities) <= MOST_AUTHORITIES:
        raise EvidenceError("Name one authority, or two that have nothing to do with each other.")
    bag = _sound(bag)
    trusted = read_roots(roots) if roots else None
    over = SIGNATURE if (bag / SIGNATURE).exists() else TAG_MANIFEST
    content = (bag / over).read_bytes()
    answers: list[tuple[bytes, Stamp]] = []
    for url in authorities:
        request = new_request(content)
        raw = ask(url, request.as_bytes(), patience)
        name, now = f"The answer of {url}", datetime.now(UTC)
        answers.append((raw, check_stamp(raw, content, name, trusted, now, request)))
    return tuple(_kept(bag, over, raw, said) for raw, said in answers)


def _kept(bag: Path, over: str, raw: bytes, said: Stamp) -> Stamp:
    names = (f"{over}.{number}.tsr" for number in count(1))
    name = next(name for name in names if not (bag / name).exists())
    with whole_file(bag / name, beside=bag.parent) as file:
        file.write(raw)
    return replace(said, name=name)


def _sound(path: Path) -> Path:
    bag = find_bag(path)
    if not verify(bag).holds:
        raise EvidenceError(
            f"{bag} is not as it was, see `throwline verify`: nobody vouches for it."
        )
    return bag
