"""Source of the vectors: FIPS 180-2, appendix B (SHA-256) and RFC 1321, appendix A.5 (MD5)."""

from __future__ import annotations

import hashlib
import io

import pytest

from throwline.fingerprint import digests

VECTORS = [
    (
        b"",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "d41d8cd98f00b204e9800998ecf8427e",
    ),
    (
        b"abc",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "900150983cd24fb0d6963f7d28e17f72",
    ),
]


@pytest.mark.parametrize(("content", "sha256", "md5"), VECTORS)
def test_published_digests(content, sha256, md5):
    found = digests(io.BytesIO(content))
    assert (found.sha256, found.md5, found.size) == (sha256, md5, len(content))


def test_a_file_longer_than_one_read():
    content = bytes(range(256)) * 12_345
    found = digests(io.BytesIO(content))
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size == len(content)
