"""The small tools: what a text gives away, a picture without its hidden data, the code that stands for a picture."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from throwline.exposure import Exposure, exposures, kinds
from throwline.fingerprint import (
    DOWNSCALED,
    FULL_SIZE,
    LARGEST_SIDE,
    PictureFingerprint,
    digests,
    fingerprint_of,
)
from throwline.language import gettext
from throwline.metadata import Cleaned, MetadataError, cleaned, trace_words
from throwline.pages._exchange import Response
from throwline.pages._form import File, Form
from throwline.pages._shown import page

Fingerprinting = Callable[[File], PictureFingerprint]
"""From a picture's file, where a door can open pictures itself. Raises ToolError where it is none."""


class ToolError(ValueError):
    """A tool cannot do what it was asked; the message says why, and what to do."""


def exposed(form: Form) -> Response:
    """What the text gives away, kind by kind."""
    text = form.text("written")
    if not text:
        raise ToolError(gettext("There is no text yet. Paste your bio or a post."))
    found = exposures(text)
    told = {what: _said(found, what) for what in dict.fromkeys(one.what for one in found)}
    return page("exposed.html", told=[(kinds()[what], said) for what, said in told.items()])


def _said(found: tuple[Exposure, ...], what: str) -> list[str]:
    return list(dict.fromkeys(" ".join(one.said.split()) for one in found if one.what == what))


@dataclass(frozen=True)
class Copy:
    """A picture without its hidden data, until it is fetched."""

    name: str
    cleaned: Cleaned


def cleaned_copy(form: Form) -> Copy:
    """The copy of the picture that was chosen."""
    file = _chosen(form)
    try:
        return Copy(file.name, cleaned(file.content))
    except MetadataError as error:
        raise ToolError(gettext("The picture was left alone: {why}").format(why=error)) from error


def shown_copy(copy: Copy, name: str) -> Response:
    """What the original told. The copy can be fetched under `name`."""
    told = [trace_words(trace) for trace in copy.cleaned.removed]
    return page("cleaned.html", name=name, told=told)


def fingerprinted(form: Form, fingerprinting: Fingerprinting | None) -> Response:
    """The codes of the picture that was chosen: opened by the door, or given by its pixels as well."""
    file = _chosen(form)
    code = fingerprinting(file) if fingerprinting else _of_pixels(file, form)
    return page("fingerprinted.html", code=code)


def _of_pixels(file: File, form: Form) -> PictureFingerprint:
    """A browser gives the pixels beside the file: four bytes each, at most 512 x 512, scaled as the form says."""
    try:
        columns, rows = int(form.text("columns")), int(form.text("rows"))
        downscale = DOWNSCALED if form.text("scaled") else FULL_SIZE
        if max(columns, rows) > LARGEST_SIDE:
            raise ValueError
        return fingerprint_of(
            digests(io.BytesIO(file.content)), form.bytes("pixels"), rows, columns, downscale
        )
    except ValueError as error:
        raise ToolError(gettext("The picture could not be opened. Choose it once more.")) from error


def _chosen(form: Form) -> File:
    files = form.files("picture")
    if not files:
        raise ToolError(gettext("There is no picture yet. Choose one."))
    return files[0]
