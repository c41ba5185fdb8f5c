"""What seals and opens: a passphrase, or keys of age (pyrage)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from throwline.evidence._age import decrypt, encrypt, spoilt
from throwline.evidence._error import EvidenceError
from throwline.evidence._optional import library
from throwline.evidence._stream import Remembering

SHORTEST_PASSPHRASE = 12

Work = Callable[[BinaryIO, BinaryIO], None]
"""Reads the first file to its end and writes what becomes of it to the second."""


def lock(passphrase: str | None, recipients: Sequence[str]) -> Work:
    """Seals to the keys of `recipients`, or, where there are none, to `passphrase`. Raises EvidenceError for what is no
    recipient, and for a passphrase that is too short."""
    if recipients:
        pyrage = library("pyrage", "seal")
        try:
            keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
        except pyrage.RecipientError as error:
            raise EvidenceError(
                "A recipient is written age1 and 58 letters and digits after it: one of these is not."
            ) from error
        return partial(_seal_to, pyrage, keys)
    if passphrase is None or len(passphrase) < SHORTEST_PASSPHRASE:
        raise EvidenceError(
            f"The passphrase needs {SHORTEST_PASSPHRASE} characters or more: four words are good."
        )
    return partial(encrypt, passphrase=passphrase)


def _seal_to(pyrage: Any, keys: list[Any], source: BinaryIO, target: BinaryIO) -> None:
    files = Remembering(source), Remembering(target)
    try:
        pyrage.encrypt_io(*files, keys)
    except pyrage.EncryptError as error:
        # What a file raises comes out of pyrage as an error of its own.
        raise next((file.failure for file in files if file.failure), error) from None


def unlock(name: str, passphrase: str | None, identities: Path | None) -> Work:
    """Opens the sealed file called `name` with a passphrase, or with the keys in the file `identities`. Raises
    EvidenceError where that holds none; what it returns does where they do not open it, or it was changed."""
    if identities is None:
        return partial(decrypt, passphrase=passphrase or "", name=name)
    pyrage = library("pyrage", "seal")
    try:
        lines = identities.read_text("utf-8", errors="replace").splitlines()
        texts = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        keys = [pyrage.x25519.Identity.from_str(text) for text in texts]
    except OSError as error:
        raise EvidenceError(f"{identities} cannot be read: {error.strerror}.") from error
    except pyrage.IdentityError as error:
        raise EvidenceError(f"{identities} is not a file of age identities.") from error

    def opened(source: BinaryIO, target: BinaryIO) -> None:
        try:
            pyrage.decrypt_io(source, target, keys)
        except pyrage.DecryptError as error:
            if "No matching keys" in str(error):
                raise EvidenceError(f"None of the keys in {identities} opens {name}.") from error
            raise spoilt(name) from error
        except OSError as error:
            # What shows in the middle comes out of pyrage like this; an error of the pipe has a number.
            raise error if error.errno else spoilt(name) from error

    return opened
