"""What the formats of Instagram and Messenger share: one company makes both downloads, by the same rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from throwline.language import Note

PLATFORM = "meta"
UNKNOWN = "unknown"
UNKNOWN_GAP = Note("The file does not say whether this chat is from Instagram or from Messenger.")
LEAVES_OUT = (
    Note(
        "Messages that somebody unsent are missing (Instagram) or left as empty stubs (Messenger)."
    ),
    Note(
        "Encrypted chats, vanishing messages and pictures set to be seen once are not in this download."
    ),
    Note("People are known by display name only, which anyone can choose or change."),
)
EXPORT_STEPS = (
    "Open Accounts Centre, then Your information and permissions.",
    "Choose Download your information, then Some of your information, then Messages.",
    "Choose the format JSON, and All time as the date range.",
    "Wait for the e-mail, download the zip, and give it here as it is.",
)
_MARKS = {
    "instagram": re.compile(
        # Folders of the download; the number ranges of Instagram's thread ids.
        r"(^|/)(your_instagram_activity/|instagram-)|_(1784\d{13}|3402823\d{32})$"
    ),
    "facebook": re.compile(
        r"(^|/)(your_facebook_activity/|your_activity_across_facebook/|facebook-|e2ee_cutover/|stickers_used/)"
    ),
}
_NUMBERED = re.compile(r"(^|/)message_(\d{1,6})\.(json|html)$")


def apps_named(addresses: Iterable[str]) -> set[str]:
    """The apps that these paths of an export belong to."""
    return {app for address in addresses for app, mark in _MARKS.items() if mark.search(address)}


def platform_of(apps: set[str]) -> str:
    """The app, "unknown" where the signs name none or both."""
    return next(iter(apps)) if len(apps) == 1 else UNKNOWN


def part_number(name: str) -> int | None:
    """N of a file called message_N. The highest holds the oldest messages."""
    found = _NUMBERED.search(name)
    return int(found[2]) if found else None


def missing_parts(names: Iterable[str]) -> Iterator[Note]:
    """The gap of a thread of which not every file is there."""
    found = {number for name in names if (number := part_number(name))}
    missing = sorted(set(range(1, max(found, default=0))) - found)
    if missing:
        parts = ", ".join(f"message_{n}" for n in missing[:5])
        yield Note("A part of this chat is missing. Not given: {files}.", files=parts)


def owner_by_title(names: Sequence[str], title: str) -> str | None:
    """The owner in a chat of two, whose title is the name of the other."""
    others = [name for name in names if name != title]
    return others[0] if len(names) == 2 and len(others) == 1 else None
