"""What both formats of Snapchat's download share."""

from __future__ import annotations

from throwline.conversation._message import Medium
from throwline.language import Note

PLATFORM = "snapchat"
MEDIA = {
    "IMAGE": Medium.IMAGE,
    "VIDEO": Medium.VIDEO,
    "NOTE": Medium.VOICE,
    "STICKER": Medium.STICKER,
    "SHARE": Medium.LINK,
    "MEDIA": Medium.UNKNOWN,
}
BY_APP = "STATUS"
"""What a kind begins with where the app itself wrote the entry."""
LEAVES_OUT = (
    Note("Chats and snaps that were not saved by either side are mostly missing."),
    Note("Of snaps only the time and the kind are known, never what they showed."),
    Note("Which file belongs to which message is not always told."),
)
EXPORT_STEPS = (
    "Open accounts.snapchat.com, sign in and choose My Data.",
    "Switch on Export JSON Files, choose Chat History, and request the download.",
    "Wait for the e-mail, download the zip and give it here as it is.",
)
