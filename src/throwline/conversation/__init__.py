"""Reading what the person already has: conversations with the place each message was read from."""

from throwline.conversation._batches import BATCH, Spread, batched
from throwline.conversation._correction import corrected, doubts
from throwline.conversation._export import Document, ReadError, Refused
from throwline.conversation._form import (
    conversation_form,
    conversation_from,
    header_form,
    message_forms,
    note_form,
    note_from,
    time_form,
)
from throwline.conversation._intake import Intake, MediaFile, read_given, read_paths
from throwline.conversation._media import medium_of
from throwline.conversation._message import (
    Attachment,
    Certainty,
    Conversation,
    Correction,
    Kind,
    Medium,
    Message,
    Participant,
    Reading,
    Rectangle,
    Source,
)
from throwline.conversation.readers import READERS, Columns, DateOrder, Facts, Hints, Reader
from throwline.conversation.readers._clock import clock_time
from throwline.conversation.readers._dates import order_doubt
from throwline.conversation.readers._written import WrittenTimes

__all__ = [
    "BATCH",
    "READERS",
    "Attachment",
    "Certainty",
    "Columns",
    "Conversation",
    "Correction",
    "DateOrder",
    "Document",
    "Facts",
    "Hints",
    "Intake",
    "Kind",
    "MediaFile",
    "Medium",
    "Message",
    "Participant",
    "ReadError",
    "Reader",
    "Reading",
    "Rectangle",
    "Refused",
    "Source",
    "Spread",
    "WrittenTimes",
    "batched",
    "clock_time",
    "conversation_form",
    "conversation_from",
    "corrected",
    "doubts",
    "header_form",
    "medium_of",
    "message_forms",
    "note_form",
    "note_from",
    "order_doubt",
    "read_given",
    "read_paths",
    "time_form",
]
