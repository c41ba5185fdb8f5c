"""A signature over the tag manifest, in the format of OpenSSH (SSHSIG), made and checked by ssh-keygen itself.

A private key and its passphrase are never seen here, and whatever holds keys for OpenSSH works: files, agents, security
keys. The format is in openssh-portable, PROTOCOL.sshsig.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from throwline.evidence._error import EvidenceError
from throwline.evidence._manifest import TAG_MANIFEST

SIGNATURE = f"{TAG_MANIFEST}.sig"
"""Beside the tag manifest; where `ssh-keygen -Y sign` puts it too."""
_NAMESPACE = "file"
"""What ssh-keygen's manual recommends for files."""
_KEY = re.compile(r"with (\S+) key (SHA256:\S+)")


@dataclass(frozen=True)
class Signature:
    """A signature that holds. `name` is that of its file in the bag, `key` the kind and fingerprint of the key as
    ssh-keygen shows them, and None where there is no ssh-keygen to check it; `signer` is the name that the list of
    allowed signers has for the key, None where it has none."""

    name: str
    key: str | None = None
    signer: str | None = None


def make_signature(content: bytes, key: Path) -> bytes:
    """The signature over `content` with the private key (or, with an agent, the public key) in the file `key`.

    ssh-keygen asks for the key's passphrase on the terminal. Raises EvidenceError where it does not sign.
    """
    try:
        done = _ssh_keygen("sign", "-f", str(key), content=content)
    except FileNotFoundError as error:
        raise EvidenceError("Signing needs ssh-keygen: install OpenSSH.") from error
    if done.returncode or not done.stdout:
        raise EvidenceError(f"{key} cannot be used to sign: {_last_line(done.stderr)}.")
    return done.stdout


def check_signature(
    content: bytes, signature: Path, name: str, allowed_signers: Path | None
) -> Signature:
    """What the file `signature` says of `content`. Raises EvidenceError where it does not hold."""
    try:
        done = _ssh_keygen("check-novalidate", "-s", str(signature), content=content)
    except FileNotFoundError as error:
        if allowed_signers:
            raise EvidenceError("Checking who signed needs ssh-keygen: install OpenSSH.") from error
        return Signature(name)
    found = _KEY.search(done.stdout.decode(errors="replace"))
    if done.returncode or not found:
        raise EvidenceError(f"{name} is not a signature over {Path(name).stem} as it is now.")
    signer = _signer(content, signature, allowed_signers) if allowed_signers else None
    return Signature(name, " ".join(found.groups()), signer)


def _signer(content: bytes, signature: Path, allowed_signers: Path) -> str | None:
    trusted = ["-f", str(allowed_signers), "-s", str(signature)]
    known = _ssh_keygen("find-principals", *trusted)
    for principal in known.stdout.decode(errors="replace").splitlines():
        if _ssh_keygen("verify", "-I", principal, *trusted, content=content).returncode == 0:
            return principal
    return None


def _ssh_keygen(
    what: str, *options: str, content: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["ssh-keygen", "-Y", what, "-n", _NAMESPACE, *options],
        input=content,
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1].rstrip(". ") if lines else "ssh-keygen does not say why"
