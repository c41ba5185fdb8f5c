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
    """Make everything fit whatever lies there, as somebody would who wants to hide an edit."""
    manifest, info = bag / "manifest-sha256.txt", bag / "bag-info.txt"
    _relist(manifest)
    sizes = [(bag / name).stat().st_size for name in _listed(manifest)]
    lines = [line for line in info.read_text().splitlines() if not line.startswith("Payload-Oxum")]
    info.write_text("\n".join((*lines, f"Payload-Oxum: {sum(sizes)}.{len(sizes)}", "")))
    _relist(bag / "tagmanifest-sha256.txt")


def _listed(manifest: Path) -> list[str]:
    return [line.split("  ", 1)[1] for line in manifest.read_text().splitlines()]


def _relist(manifest: Path) -> None:
    files = {name: manifest.parent / name for name in _listed(manifest)}
    lines = [f"{sha256(file)}  {name}\n" for name, file in files.items() if file.exists()]
    manifest.write_text("".join(lines))
