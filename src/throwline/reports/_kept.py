"""What was kept as proof, and what had to be assumed while reading it."""

from __future__ import annotations

from throwline.case import Case, Read
from throwline.language import gettext
from throwline.reports._strangers import noted
from throwline.reports._words import words

_MOST = 200
"""The most files that are listed one by one; the evidence lists them all."""


def sources(reads: tuple[Read, ...]) -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 of each file that messages were read from."""
    found = dict.fromkeys(source for read in reads for source in read.conversation.sources)
    return tuple(
        (
            source.file if source.member is None else f"{source.file} › {source.member}",
            source.sha256,
        )
        for source in found
    )[:_MOST]


def media(case: Case) -> tuple[tuple[str, str, str, str], ...]:
    """Name, kind, size and SHA-256 of the pictures and other media in the exports. None was opened."""
    return tuple(
        (file.name, words()["media"][file.medium.value], in_bytes(file.size), file.sha256)
        for file in case.media
    )[:_MOST]


def assumptions(case: Case, reads: tuple[Read, ...]) -> tuple[str, ...]:
    """What the readers had to assume or leave out, in sentences."""
    gaps = dict.fromkeys(noted(gap) for read in reads for gap in read.conversation.gaps)
    unread = gettext("Left unread: {reason}")
    refused = (unread.format(reason=noted(one.reason)) for one in case.refused[:_MOST])
    return (*gaps, *refused)


def in_bytes(size: int) -> str:
    """The size of a file, in words."""
    return gettext("{count} bytes").format(count=size)
