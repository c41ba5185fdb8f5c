"""Age files sealed with a passphrase, written and read piece by piece.

pyrage, which does the rest, holds such files in memory as a whole, and evidence can be larger than that. The format is
age-encryption.org/v1 (C2SP, age.md): the header wraps a random key with scrypt, the payload is ChaCha20-Poly1305 in
chunks of 64 KiB that are numbered, the last one marked.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, BinaryIO

from throwline.evidence._error import EvidenceError, PassphraseError, SpoiltError
from throwline.evidence._optional import library

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_HEADER = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---)"
    rb" ([A-Za-z0-9+/]{43})\n"
)
_LONGEST_HEADER = 200
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_WORK = 18
"""Of scrypt, as a power of two: about a second and 256 MiB, as the age tool takes."""
_MOST_WORK = 20
_CHUNK = 64 * 1024
_TAG = 16


def is_passphrase_sealed(head: bytes) -> bool:
    """Whether a file that begins with `head` is an age file that a passphrase opens."""
    return head.startswith(b"age-encryption.org/v1\n-> scrypt ")


def encrypt(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Write to `target` the age file that holds what `source` holds."""
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapped = _cipher(_stretched(passphrase, salt, _WORK)).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt %s %d\n%s" % (_encoded(salt), _WORK, _encoded(wrapped))
    header = b"age-encryption.org/v1\n%s\n---" % stanza
    target.write(b"%s %s\n%s" % (header, _encoded(_header_mac(file_key, header)), nonce))
    cipher = _payload_cipher(file_key, nonce)
    for nonce, chunk in _chunks(source, _CHUNK):
        target.write(cipher.encrypt(nonce, chunk, None))


def decrypt(source: BinaryIO, target: BinaryIO, passphrase: str, name: str) -> None:
    """Write to `target` what the age file `source`, to be called `name`, holds: nothing that is not authentic.

    Raises EvidenceError where the passphrase is another one, and, after what comes before it was written, where the
    file was changed or cut off.
    """
    file_key, length = _opened(source.read(_LONGEST_HEADER), passphrase, name)
    source.seek(length)
    cipher = _payload_cipher(file_key, source.read(16))
    for nonce, chunk in _chunks(source, _CHUNK + _TAG):
        piece = _decrypted(cipher, nonce, chunk)
        # Only a file that holds nothing at all may end in an empty chunk.
        if piece is None or (not piece and nonce[:11] != bytes(11)):
            raise spoilt(name)
        target.write(piece)


def spoilt(name: str) -> SpoiltError:
    """What to raise for a sealed file that does not hold what was put into it."""
    return SpoiltError(f"{name} was changed, or is only half there: ask for it again.")


def _opened(head: bytes, passphrase: str, name: str) -> tuple[bytes, int]:
    """The file's key, and how long its header is."""
    match = _HEADER.match(head)
    if not match:
        raise spoilt(name)
    header, salt, work, wrapped, mac = match.groups()
    if any(_encoded(_decoded(text)) != text for text in (salt, wrapped, mac)):
        raise spoilt(name)
    if int(work) > _MOST_WORK:
        raise EvidenceError(f"{name} needs more memory than is given to it here: use `age -d`.")
    key = _stretched(passphrase, _decoded(salt), int(work))
    file_key = _decrypted(_cipher(key), bytes(12), _decoded(wrapped))
    if file_key is None:
        raise PassphraseError(f"This is not the passphrase that {name} was sealed with.")
    if not hmac.compare_digest(_header_mac(file_key, header), _decoded(mac)):
        raise spoilt(name)
    return file_key, match.end()


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of `source`, each after its nonce: its number, and whether it is the last."""
    chunk = source.read(size)
    for number in count():
        following = source.read(size)
        yield number.to_bytes(11) + (b"\x00" if following else b"\x01"), chunk
        if not following:
            return
        chunk = following


def _cipher(key: bytes) -> ChaCha20Poly1305:
    aead = library("cryptography.hazmat.primitives.ciphers.aead", "seal")
    cipher: ChaCha20Poly1305 = aead.ChaCha20Poly1305(key)
    return cipher


def _payload_cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return _cipher(_derived(file_key, nonce, b"payload"))


def _decrypted(cipher: ChaCha20Poly1305, nonce: bytes, content: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(nonce, content, None)
    except InvalidTag:
        return None


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    cost = {"n": 2**work, "r": 8, "p": 1, "maxmem": 2 ** (work + 10) + 2**24}
    return hashlib.scrypt(passphrase.encode(), salt=_SCRYPT_LABEL + salt, dklen=32, **cost)


def _header_mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


def _derived(key: bytes, salt: bytes, label: bytes) -> bytes:
    """HKDF with SHA-256 (RFC 5869), 32 bytes: one block of it."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, label + b"\x01", "sha256")


def _encoded(content: bytes) -> bytes:
    return b64encode(content).rstrip(b"=")


def _decoded(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4))
