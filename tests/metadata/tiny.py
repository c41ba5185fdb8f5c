"""The smallest files that hold together as pictures, and what programs put into them."""

from __future__ import annotations

import zlib


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2) + data


def with_segments(picture: bytes, *segments: bytes) -> bytes:
    return picture[:2] + b"".join(segments) + picture[2:]


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def with_chunks(picture: bytes, *chunks: bytes) -> bytes:
    return picture[:33] + b"".join(chunks) + picture[33:]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        kind + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)
        for kind, data in chunks
    )
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
JPEG = b"\xff\xd8" + JFIF + segment(0xDA, b"scan") + b"data\xff\0data\xff\xd0data\xff\xd9"
PNG = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IDAT", b"data") + chunk(b"IEND", b"")
)
WEBP = riff((b"VP8L", b"data!"))
