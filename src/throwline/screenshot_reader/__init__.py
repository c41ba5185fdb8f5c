"""Reading screenshots on a computer. In a browser the page itself recognises the text.

A screenshot is opened, read and forgotten: its text is kept, its name, size and SHA-256, never the picture. The text is
recognised by RapidOCR, whose models lie in its package; no server is asked. This needs the optional packages
`throwline[screenshots]`.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from PIL import Image

from throwline.conversation import (
    Hints,
    Intake,
    MediaFile,
    Medium,
    ReadError,
    Refused,
    Source,
)
from throwline.language import Note, together
from throwline.pictures import PictureError, is_heif, opened
from throwline.screenshots import Screen, conversation_of

__all__ = ["read_pictures", "read_screenshots", "screen_from"]

Progress = Callable[[int, int], None]
"""Is told how many screenshots are read, of how many."""

_MAX_BYTES = 200 * 1024**2
_MAX_PIXELS = 60_000_000
"""A scrolling screenshot of 40 screens has as many."""


def read_screenshots(
    paths: Sequence[Path], hints: Hints, progress: Progress = lambda _done, _total: None
) -> Intake:
    """The one conversation that PNG, JPEG, WebP and HEIC screenshots show, in the order in which they are named.

    Raises ReadError where the optional packages are missing, or where no screenshot shows a message; one of several
    that cannot be read is listed as refused.
    """
    return _intake(
        [(str(path), path.name, partial(_content, path)) for path in paths], hints, progress
    )


def read_pictures(
    pictures: Sequence[tuple[str, bytes]],
    hints: Hints,
    progress: Progress = lambda _done, _total: None,
) -> Intake:
    """The same from names and contents, of which nothing is written anywhere."""
    return _intake(
        [(name, name, partial(bytes, content)) for name, content in pictures], hints, progress
    )


def _intake(
    pictures: Sequence[tuple[str, str, Callable[[], bytes]]], hints: Hints, progress: Progress
) -> Intake:
    """From how each is named to the person, its file name, and what gives its content."""
    screens: list[Screen] = []
    media: list[MediaFile] = []
    refused: list[Refused] = []
    for done, (told, name, content) in enumerate(pictures):
        progress(done, len(pictures))
        try:
            screen, file = _read(name, content())
        except PictureError as error:
            refused.append(Refused(told, error.sentence))
        else:
            screens.append(screen)
            media.append(file)
    conversation = replace(conversation_of(screens, hints), identifier="c1")
    if not conversation.messages:
        names = _names([name for _, name, _ in pictures])
        none = Note("No message was found on {names}: name screenshots of a chat.", names=names)
        raise ReadError(together([refusal.reason for refusal in refused]) if refused else none)
    return Intake((conversation,), tuple(media), (), tuple(refused))


def screen_from(picture: Image.Image, source: Source) -> Screen:
    """A screenshot in red, green and blue as `throwline.screenshots` takes it.

    Raises ReadError where the optional packages are missing.
    """
    try:
        from throwline.screenshot_reader._recogniser import recognised
    except ImportError as error:
        raise ReadError(
            Note(
                "Reading screenshots needs a few more packages: "
                "run “pip install throwline[screenshots]” and try again."
            )
        ) from error
    return recognised(picture, source)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise PictureError(
                Note(
                    "{name} is larger than a screenshot can be: name another file.", name=str(path)
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise PictureError(
            Note("{name} cannot be opened: {why}.", name=str(path), why=error.strerror or "")
        ) from error


def _read(name: str, content: bytes) -> tuple[Screen, MediaFile]:
    stream = io.BytesIO(content)
    knows_heif = _knows_heif()
    if is_heif(stream) and not knows_heif:
        raise PictureError(
            Note(
                "{name} is a HEIC picture, which cannot be read here: save it as PNG or JPEG and name that.",
                name=name,
            )
        )
    picture = opened(name, stream, heif=knows_heif)
    if picture.width * picture.height > _MAX_PIXELS:
        raise PictureError(
            Note("{name} has more pixels than can be read: cut it into several.", name=name)
        )
    digest = hashlib.sha256(content).hexdigest()
    file = MediaFile(name, len(content), digest, Medium.IMAGE)
    return screen_from(picture, Source(name, digest)), file


@cache
def _knows_heif() -> bool:
    """Whether Pillow can read HEIC, which it is taught by a package that not every machine can have."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener()
    return True


def _names(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return Note("{names} and {count} more", names=names[0], count=len(names) - 1)
