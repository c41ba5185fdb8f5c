"""`throwline verify`."""

from __future__ import annotations

from pathlib import Path

from throwline.cli._say import say
from throwline.evidence import EvidenceError, Signature, Stamp, Verification, verify


def verify_bag(bag: Path, allowed_signers: Path | None, roots: Path | None) -> int:
    """Print what `verify` finds. Returns 0 where all holds, 1 where not, 2 where `bag` is no bag."""
    try:
        verification = verify(bag, allowed_signers=allowed_signers, roots=roots)
    except EvidenceError as error:
        say(str(error), wrong=True)
        return 2
    if verification.holds:
        _good(bag, verification)
        return 0
    for verb, names in (
        ("was changed", verification.changed),
        ("is missing", verification.missing),
        ("was added", verification.added),
    ):
        for name in names:
            say(f"{name} {verb}.", wrong=True)
    for fault in verification.faults:
        say(fault, wrong=True)
    say(f"The evidence in {bag} does not hold.", wrong=True)
    return 1


def _good(bag: Path, verification: Verification) -> None:
    say(f"{bag}: all {verification.files} files are as they were, byte for byte.")
    last = verification.chain[-1]
    say(f"Custody: {last.n} entries, unbroken. The last: {last.what} by {last.who}, {last.at}.")
    say("Its times are those of the devices it was done on.")
    for note in verification.notes:
        say(note)
    for signature in verification.signatures:
        say(f"{signature.name}: {_signed(signature)}")
    for stamp in verification.stamps:
        say(f"{stamp.name}: {_stamped(stamp)}")
    if not verification.signatures and not verification.stamps:
        say("It is neither signed nor stamped: who made all of it anew would leave no trace here.")
    say(f"Compare this digest with the one you were given, if any: {verification.digest}")


def _signed(signature: Signature) -> str:
    if signature.key is None:
        return "a signature, not checked: there is no ssh-keygen here."
    if signature.signer is None:
        return f"signed with {signature.key}; whose key that is was not checked."
    return f"signed by {signature.signer} with {signature.key}."


def _stamped(stamp: Stamp) -> str:
    by = stamp.authority if stamp.checked else f"{stamp.authority}, which was not checked"
    return f"it existed on {stamp.at:%Y-%m-%d at %H:%M:%S} UTC, says {by}."
