"""Screenshots whose lines the page itself has read: each comes with its lines and its pixels."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from throwline.case import Progress
from throwline.conversation import (
    Hints,
    Intake,
    MediaFile,
    Medium,
    ReadError,
    Rectangle,
    Source,
)
from throwline.language import Note
from throwline.pages._form import Form, FormError
from throwline.pages._screenshots import ScreenshotReader
from throwline.screenshots import Pixels, Screen, Text, conversation_of, line_of, screen_of


def reader_in(form: Form) -> ScreenshotReader | None:
    """A reader for the pictures of the form that looks up what the form says of each; None where it says nothing.

    `lines-N` is the JSON list of the lines of the Nth picture, as letters.js of the site gives them; `pixels-N` are its
    pixels, three bytes each, and `columns-N` and `rows-N` its size.
    """
    if not form.has("lines-0"):
        return None
    numbers = {_digest(file.content): n for n, file in enumerate(form.files("pictures"))}

    def read(pictures: Sequence[tuple[str, bytes]], hints: Hints, progress: Progress) -> Intake:
        screens, media = [], []
        for done, (name, content) in enumerate(pictures):
            progress(done, len(pictures))
            digest = _digest(content)
            screens.append(_screen(form, numbers[digest], Source(name, digest)))
            media.append(MediaFile(name, len(content), digest, Medium.IMAGE))
        conversation = replace(conversation_of(screens, hints), identifier="c1")
        if not conversation.messages:
            raise ReadError(Note("No message was found on them. Choose screenshots of a chat."))
        return Intake((conversation,), tuple(media), (), ())

    return read


def _screen(form: Form, number: int, source: Source) -> Screen:
    try:
        size = int(form.text(f"columns-{number}")), int(form.text(f"rows-{number}"))
        pixels = Pixels(*size, form.bytes(f"pixels-{number}"))
        lines = [_line(line) for line in json.loads(form.bytes(f"lines-{number}"))]
    except (ValueError, TypeError, LookupError) as error:
        raise FormError from error
    return screen_of(pixels, filter(None, lines), source)


def _line(line: Mapping[str, Any]) -> Text | None:
    readings = [
        [(str(text), float(confidence)) for text, confidence in reading]
        for reading in line["readings"]
    ]
    sides = (int(line["area"][side]) for side in Rectangle._fields)
    return line_of(readings, int(line["dotted"]), Rectangle(*sides))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
