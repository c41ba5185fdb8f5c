"""Pictures, videos and recordings, told by their first bytes so that nothing ever reads them as a chat."""

from __future__ import annotations

from throwline.conversation._message import Medium

_IMAGE_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
_VOICE_BRANDS = (b"M4A ", b"M4B ")
_SIGNATURES = (
    (b"\xff\xd8\xff", Medium.IMAGE),
    (b"\x89PNG\r\n\x1a\n", Medium.IMAGE),
    (b"GIF87a", Medium.IMAGE),
    (b"GIF89a", Medium.IMAGE),
    (b"BM", Medium.IMAGE),
    (b"\x1aE\xdf\xa3", Medium.VIDEO),
    (b"OggS", Medium.VOICE),
    (b"ID3", Medium.VOICE),
    (b"\xff\xf1", Medium.VOICE),
    (b"\xff\xf9", Medium.VOICE),
    (b"#!AMR", Medium.VOICE),
    (b"%PDF-", Medium.FILE),
)
_RIFF = {b"WEBP": Medium.IMAGE, b"AVI ": Medium.VIDEO, b"WAVE": Medium.VOICE}


def medium_of(head: bytes) -> Medium | None:
    """What kind of media begins with `head`, or None for anything else. Signatures: the formats' own specifications."""
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], Medium.UNKNOWN)
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in _IMAGE_BRANDS:
            return Medium.IMAGE
        return Medium.VOICE if brand in _VOICE_BRANDS else Medium.VIDEO
    for signature, medium in _SIGNATURES:
        if head.startswith(signature):
            # "BM" alone could begin a chat: a bitmap's header has four zero bytes at offset 6.
            return medium if signature != b"BM" or head[6:10] == bytes(4) else None
    return None
