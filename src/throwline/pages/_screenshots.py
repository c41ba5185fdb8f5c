"""Screenshots: chosen, and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from throwline.conversation import Hints, Intake, ReadError
from throwline.language import Note
from throwline.pages._form import File, Form
from throwline.pages._job import Progress

ScreenshotReader = Callable[[Sequence[tuple[str, bytes]], Hints, Progress], Intake]
"""Reads pictures, by name and content, in order, and tells how many of them are done. Raises ReadError where it cannot."""


def chosen(form: Form) -> list[tuple[str, bytes]]:
    """Name and content of the pictures of a form, ordered by name, numbers in it as numbers: phones put the time or a
    count there. Raises ReadError where there are none."""
    if files := form.files("pictures"):
        return [(file.name, file.content) for file in sorted(files, key=_place)]
    raise ReadError(Note("No picture was chosen. Choose the screenshots of the chat."))


def _place(file: File) -> list[tuple[int, str]]:
    pieces = re.findall(r"\d+|\D+", file.name.casefold())
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]
