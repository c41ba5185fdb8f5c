"""The fields of a form, as a browser sends them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import PurePosixPath

from multipart import MultipartError, MultipartParser, parse_options_header

from throwline.pages._exchange import Request

_MOST = 1024**3


@dataclass(frozen=True)
class File:
    """A file that was chosen: its name without folders, and its bytes."""

    name: str
    content: bytes


class FormError(ValueError):
    """What arrived is no form."""


class Form:
    """The form in a request, all of it in memory. Raises FormError where there is none."""

    def __init__(self, request: Request) -> None:
        kind, options = parse_options_header(request.content_type)
        if kind != "multipart/form-data" or "boundary" not in options:
            raise FormError
        # Spooling would write to disk what the person has not asked to save.
        parser = MultipartParser(
            io.BytesIO(request.body),
            options["boundary"],
            spool_limit=_MOST,
            memory_limit=_MOST,
            disk_limit=0,
        )
        try:
            self._parts = list(parser)
        except MultipartError as error:
            raise FormError from error

    def has(self, name: str) -> bool:
        """Whether there is such a field, empty or not."""
        return any(part.name == name for part in self._parts)

    def text(self, name: str) -> str:
        """What stands in a field, without blanks around it; "" where it was left empty."""
        return self.bytes(name).decode(errors="replace").strip()

    def bytes(self, name: str) -> bytes:
        """The same, as it came."""
        return next((part.raw for part in self._parts if part.name == name), b"")

    def files(self, name: str) -> list[File]:
        """The files that were chosen; none that are empty."""
        return [
            File(PurePosixPath((part.filename or "").replace("\\", "/")).name, part.raw)
            for part in self._parts
            if part.name == name and part.raw
        ]
