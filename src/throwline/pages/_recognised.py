"""Screenshots whose words the page itself has read: each comes with its words and its pixels."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

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
from throwline.screenshots import Pixels, Screen, Text, conversation_of, lines_of, screen_of


def reader_in(form: Form) -> ScreenshotReader | None:
    """A reader for the pictures of the form that looks up what the form says of each; None where it says nothing.

    `words-N` is the JSON list of the words of the Nth picture, [text, confidence 0 to 1, left, top, right, bottom] each;
    `pixels-N` are its pixels, three bytes each, and `columns-N` and `rows-N` its size.
    """
    if not form.has("words-0"):
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
        words = [
            Text(str(text).strip(), float(confidence), Rectangle(*map(int, area)))
            for text, confidence, *area in json.loads(form.bytes(f"words-{number}"))
        ]
    except (ValueError, TypeError) as error:
        raise FormError from error
    return screen_of(pixels, lines_of(words), source)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
