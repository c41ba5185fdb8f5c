"""What both formats of imessage-exporter share."""

from __future__ import annotations

import re
from datetime import datetime

from throwline.conversation._message import Participant
from throwline.conversation.readers._assembly import person
from throwline.conversation.readers._moment import Moment, local, unusable
from throwline.language import Note

PLATFORM = "imessage"
PEOPLE = "By phone number or e-mail address, or by name where the program was told one. The owner's own messages are marked."
TIMES = "Clock time of the exporting computer, to the second. The database itself is exact."
LEAVES_OUT = (
    Note(
        "Times are clock times of the computer that made the export; chat.db, from which it was made, has exact ones."
    ),
    Note("Messages that were deleted are missing."),
)
EXPORT_STEPS = (
    "If you can, give chat.db itself, as it has exact times.",
    "Otherwise install imessage-exporter on the Mac, and run it with the format txt or html.",
    "Give the folder that it makes here.",
)
OWNER = "Me"
_TIME = r"[A-Z][a-z]{2} \d{2}, \d{4} [ \d]\d:\d{2}:\d{2} [AP]M"
HEADER = re.compile(rf"({_TIME})(?: \((Read by .+)\))?")
"""The line that begins a message: its time, and when it was read."""
EVENT = re.compile(rf"({_TIME}) (\S.*)")
"""A line of the app: its time and its words."""
_ADDRESS = re.compile(r"\+?[\d\s().-]{4,}|\S+@\S+\.\S+")


def moment(written: str) -> Moment:
    """The clock time in "May 17, 2022  5:29:42 PM"; these are always in English."""
    try:
        return local(datetime.strptime(written, "%b %d, %Y %I:%M:%S %p"))
    except ValueError:
        return unusable(written)


def sender(name: str, is_owner: bool) -> Participant | None:
    """Who wrote a message; a name that is a phone number or an e-mail address identifies them."""
    return person(name, name if _ADDRESS.fullmatch(name) else None, is_owner)
