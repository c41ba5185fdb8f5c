"""A copy of a bag, or of the case folder around it, whose custody chain goes on.

A bag is never edited in place, so the copy is a new bag. The tag files of the bag as it was lie in it under earlier/,
with its signature and time stamps, and go on proving what they proved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from throwline.conversation import Medium, medium_of
from throwline.evidence._archive import Member
from throwline.evidence._custody import GONE_ON, SEALED, appended, chain_bytes
from throwline.evidence._files import Files, OnDisk
from throwline.evidence._found import earlier
from throwline.evidence._manifest import (
    CUSTODY,
    MANIFEST,
    TAG_FILES,
    TAG_MANIFEST,
    read_manifest,
    tag_files,
)
from throwline.evidence._verify import Verification

_HEAD = 64 * 1024


def carried_on(bag: Files, found: Verification, who: str, at: datetime) -> Iterator[Member]:
    """The bag again, with one entry more in its chain, and its tag files as they were under earlier/."""
    payload = read_manifest(MANIFEST, bag.content(MANIFEST))
    for name in payload:
        if name != CUSTODY:
            yield Member.among(bag, name, f"evidence/{name}")
    custody = chain_bytes(appended(found.chain, at, who, SEALED, found.digest))
    digests = {**payload, CUSTODY: hashlib.sha256(custody).hexdigest()}
    octets = sum(bag.size(name) for name in payload if name != CUSTODY)
    info = {**_info(bag), "Payload-Oxum": f"{octets + len(custody)}.{len(digests)}"}
    tags = tag_files(digests, info, earlier_files(bag, found))
    for name, content in {CUSTODY: custody, **tags}.items():
        yield Member.holding(f"evidence/{name}", content)


def beside(bag: Path, case: Path) -> tuple[list[Member], tuple[str, ...]]:
    """The other files of the case folder, and the names of those that no copy is made of."""
    members, left_out = [], []
    for path in sorted(case.rglob("*")):
        if path.is_relative_to(bag) or (path.is_dir() and not path.is_symlink()):
            continue
        name = path.relative_to(case).as_posix()
        if path.is_symlink() or not path.is_file() or is_medium(_head(path)):
            left_out.append(name)
        else:
            members.append(Member.among(OnDisk(case), name, name))
    return members, tuple(left_out)


def is_medium(head: bytes) -> bool:
    """Whether a file that begins with `head` is a picture, a video or a recording."""
    # A PDF can be one of the reports.
    return medium_of(head) not in (None, Medium.FILE)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def earlier_files(bag: Files, found: Verification) -> dict[str, bytes]:
    """What goes under earlier/: what lies there already, and the tag files of the bag as it is, with what vouches for
    them."""
    tags = read_manifest(TAG_MANIFEST, bag.content(TAG_MANIFEST))
    kept = [name for name in tags if name.startswith("earlier/")]
    times = sum(entry.what in GONE_ON for entry in found.chain)
    vouchers = [
        *(signature.name for signature in found.signatures),
        *(stamp.name for stamp in found.stamps),
    ]
    added = [*TAG_FILES, TAG_MANIFEST, *(name for name in vouchers if name not in kept)]
    return {
        **{name: bag.content(name) for name in kept},
        **{earlier(times + 1) + name: bag.content(name) for name in added},
    }


def _info(bag: Files) -> dict[str, str]:
    lines = bag.content("bag-info.txt").decode().splitlines()
    return {key: value for key, _, value in (line.partition(": ") for line in lines)}
