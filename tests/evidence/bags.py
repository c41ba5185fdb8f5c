"""Small bags to test on, and what somebody who tampers with one would do."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from throwline.evidence import Origin, Payload, whole_or_absent, write_bag

AT = datetime(2026, 3, 2, 21, 20, tzinfo=UTC)
ORIGIN = Origin("helper", AT, (("chat.txt", "a" * 64),))
INFO = {"Bagging-Date": "2026-03-02", "Bag-Software-Agent": "a test"}
FILES = {
    "originals/chat.txt": b"02/03/2026, 21:14 - Kim: hello\n",
    "conversations/c1.jsonl": b"{}\n",
    "originals/Zoë’s chat 👩🏻.txt": b"odd name",
}
CHAT = "data/originals/chat.txt"


def make_bag(target: Path, files: Mapping[str, bytes] = FILES, origin: Origin = ORIGIN) -> Path:
    with whole_or_absent(target) as folder:
        payloads = (Payload(name, [content]) for name, content in files.items())
        write_bag(folder, payloads, INFO, origin)
    return target


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def edit(bag: Path, name: str = CHAT) -> None:
    """Change one bit."""
    content = bytearray((bag / name).read_bytes())
    content[-2] ^= 1
    (bag / name).write_bytes(content)


def remanifest(bag: Path) -> None:
    """Make both manifests fit whatever lies there, as somebody would who wants to hide an edit."""
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        names = [line.split("  ", 1)[1] for line in (bag / manifest).read_text().splitlines()]
        lines = [f"{sha256(bag / name)}  {name}\n" for name in names if (bag / name).exists()]
        (bag / manifest).write_text("".join(lines))
