"""The JSON form of a conversation. It round-trips: reading what was written gives an equal conversation.

A conversation is one header object followed by one object a message, so that a long one can be written and read
line by line (`header`, `message_form`). `conversation_form` nests them for small ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

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
from throwline.language import Note

Form = dict[str, Any]


def participant_form(participant: Participant) -> Form:
    """{"name": str, "identifier": str or null, "is_owner": bool or null}"""
    return {
        "name": participant.name,
        "identifier": participant.identifier,
        "is_owner": participant.is_owner,
    }


def source_form(source: Source) -> Form:
    """{"file": str, "sha256": 64 hex digits, "member": str or null}"""
    return {"file": source.file, "sha256": source.sha256, "member": source.member}


def note_form(note: Note) -> Form:
    """{"text": a sentence in English with {fields}, "values": {field: str, int, or such an object}}"""
    return {
        "text": note.text,
        "values": {
            name: note_form(value) if isinstance(value, Note) else value
            for name, value in note.values.items()
        },
    }


def note_from(form: Form | str) -> Note:
    """Read what `note_form` wrote, or a whole sentence, as case.json had it before version 2.

    Raises KeyError, ValueError, TypeError or AttributeError where the form is not of this shape.
    """
    if isinstance(form, str):
        return Note(form)
    return Note(form["text"], **{name: _value(value) for name, value in form["values"].items()})


def _value(form: Form | str | int) -> str | int:
    return note_from(form) if isinstance(form, dict) else form


def header_form(conversation: Conversation) -> Form:
    """Everything about a conversation but its messages: participants and sources are listed once, and messages refer
    to them by index. A source that no message refers to is a copy."""
    return {
        "identifier": conversation.identifier,
        "platform": conversation.platform,
        "title": conversation.title,
        "participants": [participant_form(p) for p in conversation.participants],
        "sources": [source_form(s) for s in conversation.sources],
        "thread": conversation.thread,
        "gaps": [note_form(gap) for gap in conversation.gaps],
    }


def time_form(at: datetime | None) -> str | None:
    """ISO 8601; an instant ends in Z, a clock time without a zone has no suffix."""
    if at is None:
        return None
    text = at.isoformat()
    return text.removesuffix("+00:00") + "Z" if at.tzinfo is UTC else text


def message_form(
    message: Message,
    participants: Mapping[Participant, int],
    sources: Mapping[Source, int],
) -> Form:
    """{"n", "sender" (index into participants, or null), "at" (ISO 8601 or null), "certainty", "text", "source"
    (index into sources), "place" (line number or JSON pointer), and, only where there are any, "attachments", "kind"
    ("notice"), "notes", "reading", "correction"}"""
    form: Form = {
        "n": message.number,
        "sender": None if message.sender is None else participants[message.sender],
        "at": time_form(message.at),
        "certainty": message.certainty.value,
        "text": message.text,
        "source": sources[message.source],
        "place": message.place,
    }
    if message.attachments:
        form["attachments"] = [
            {"name": a.name, "medium": a.medium.value} for a in message.attachments
        ]
    if message.kind is not Kind.WRITTEN:
        form["kind"] = message.kind.value
    if message.notes:
        form["notes"] = list(message.notes)
    if message.reading is not None:
        form["reading"] = reading_form(message.reading)
    if message.correction is not None:
        form["correction"] = correction_form(message.correction)
    return form


def reading_form(reading: Reading) -> Form:
    """{"confidence": 0 to 1, "rectangle": [left, top, right, bottom]}"""
    return {"confidence": reading.confidence, "rectangle": list(reading.rectangle)}


def correction_form(correction: Correction) -> Form:
    """{"replaced": {"sender", "at" or "text": what had been read, or null}, "by": who put it right}"""
    return {"replaced": dict(correction.replaced), "by": correction.by}


def message_forms(
    conversation: Conversation, messages: Iterable[Message] | None = None
) -> Iterable[Form]:
    """The forms of `messages`, which are some of the conversation's, or of all of them, in order."""
    participants = {p: i for i, p in enumerate(conversation.participants)}
    sources = {s: i for i, s in enumerate(conversation.sources)}
    chosen = conversation.messages if messages is None else messages
    return (message_form(m, participants, sources) for m in chosen)


def conversation_form(conversation: Conversation) -> Form:
    """The header with a list "messages"."""
    return {**header_form(conversation), "messages": list(message_forms(conversation))}


def conversation_from(header: Form, messages: Iterable[Form]) -> Conversation:
    """Read what `header_form` and `message_forms` wrote.

    Raises KeyError, ValueError, TypeError, IndexError or AttributeError where the form is not of this shape.
    """
    participants = tuple(
        Participant(p["name"], p["identifier"], p["is_owner"]) for p in header["participants"]
    )
    sources = [Source(s["file"], s["sha256"], s["member"]) for s in header["sources"]]
    read = tuple(_message_from(m, participants, sources) for m in messages)
    used = {message.source for message in read}
    return Conversation(
        identifier=header["identifier"],
        platform=header["platform"],
        title=header["title"],
        participants=participants,
        messages=read,
        thread=header["thread"],
        gaps=tuple(note_from(gap) for gap in header["gaps"]),
        copies=tuple(source for source in sources if source not in used),
    )


def _message_from(
    form: Form, participants: tuple[Participant, ...], sources: list[Source]
) -> Message:
    return Message(
        number=form["n"],
        sender=None if form["sender"] is None else participants[form["sender"]],
        at=None if form["at"] is None else datetime.fromisoformat(form["at"]),
        certainty=Certainty(form["certainty"]),
        text=form["text"],
        source=sources[form["source"]],
        place=form["place"],
        attachments=tuple(
            Attachment(a["name"], Medium(a["medium"])) for a in form.get("attachments", ())
        ),
        kind=Kind(form.get("kind", Kind.WRITTEN)),
        notes=tuple(form.get("notes", ())),
        reading=_reading_from(form["reading"]) if "reading" in form else None,
        correction=_correction_from(form),
    )


def _reading_from(form: Form) -> Reading:
    return Reading(form["confidence"], Rectangle(*form["rectangle"]))


def _correction_from(form: Form) -> Correction | None:
    """Of the form of a message. A case of version 1 has it in what was read off a picture."""
    reading = form.get("reading", {})
    told = form.get("correction", reading if "replaced" in reading else None)
    return Correction(tuple(told["replaced"].items()), told["by"]) if told else None
