"""The lists of a bag: one line a file, its SHA-256 and its name (RFC 8493, 2.1.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from throwline.evidence._error import EvidenceError

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
CUSTODY = "data/custody.jsonl"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAG_FILES = ("bagit.txt", "bag-info.txt", MANIFEST)


def manifest_text(digests: Mapping[str, str]) -> str:
    """The lines of a manifest, from names to digests, sorted by name."""
    return "".join(f"{digest}  {_encoded(name)}\n" for name, digest in sorted(digests.items()))


def tag_files(
    digests: Mapping[str, str], info: Mapping[str, str], more: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The files beside data/, by name: `digests` are those of all the files in it, `info` the lines of bag-info.txt,
    `more` are further tag files. The tag manifest comes last, as it lists the others."""
    texts = {
        "bagit.txt": DECLARATION.encode(),
        "bag-info.txt": "".join(f"{k}: {_one_line(v)}\n" for k, v in info.items()).encode(),
        MANIFEST: manifest_text(digests).encode(),
        **more,
    }
    tags = {name: hashlib.sha256(text).hexdigest() for name, text in texts.items()}
    return {**texts, TAG_MANIFEST: manifest_text(tags).encode()}


def content_digest(digests: Mapping[str, str]) -> str:
    """One SHA-256 for all that is in data/ but the custody chain, which names it.

    By hand: grep -v ' data/custody.jsonl$' manifest-sha256.txt | sha256sum
    """
    others = {name: digest for name, digest in digests.items() if name != CUSTODY}
    return hashlib.sha256(manifest_text(others).encode()).hexdigest()


def read_manifest(manifest: str, content: bytes) -> dict[str, str]:
    """From names to digests, as the `content` of the file `manifest` lists them.

    Raises EvidenceError for a line that is none of a manifest's, or a name that leaves the bag or stands twice.
    """
    text = content.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    listed: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        digest, _, name = line.partition(" ")
        name = _decoded(name.strip().removeprefix("*"))
        parts = PurePosixPath(name).parts
        if len(digest) != 64 or not parts or ".." in parts or name.startswith("/"):
            raise EvidenceError(f"{manifest} line {number} is not a line of a manifest.")
        if name in listed:
            raise EvidenceError(f"{manifest} line {number} names a file a second time.")
        listed[name] = digest.lower()
    return listed


def _encoded(name: str) -> str:
    """RFC 8493, 2.1.3: only CR, LF and the percent sign itself are percent-encoded."""
    return name.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _decoded(name: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%0d", "\r"), ("%0a", "\n")):
        name = name.replace(code, character)
    return name.replace("%25", "%")


def _one_line(value: str) -> str:
    return " ".join(value.split())
