"""A case read back from the folder that `throwline open` made."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from errno import ENOENT
from pathlib import Path
from typing import Any, BinaryIO

from throwline.case._answers import answers_from
from throwline.case._case import VERSION, Case, Read
from throwline.conversation import (
    Conversation,
    MediaFile,
    Medium,
    Refused,
    conversation_from,
    note_from,
)
from throwline.fingerprint import picture_from
from throwline.indicators import indicator_from
from throwline.language import gettext
from throwline.recognition import Act, Alarm, CitedAct, Finding, Pattern, Speaker

Form = dict[str, Any]
Opener = Callable[[str], BinaryIO]
"""Opens a file of a case folder by its path in it. Raises OSError where it cannot be read."""

_DAMAGE = (KeyError, ValueError, TypeError, IndexError, AttributeError, RecursionError)
"""What reading a form of another shape raises."""
_READ = range(1, VERSION + 1)
"""In version 1, gaps and reasons were whole sentences, which `note_from` reads too."""
# A conversation's identifier names its file: nothing in it may lead out of the folder.
_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]+")


class CaseError(Exception):
    """A case folder that cannot be read; the message says what is wrong and what to do."""


def load_case(folder: Path) -> Case:
    """The case that `throwline open` wrote to `folder`, as it was then: nothing is recognised anew.

    Whether the bytes of the evidence are as they were is for `throwline verify` to say. Raises CaseError where
    `folder` is no case folder, was written by a newer version, or is damaged.
    """
    return _loaded(folder, lambda path: (folder / path).open("rb"))


def case_in(files: Mapping[str, bytes]) -> Case:
    """The same from the files of a case folder, by their paths in it, none of them on a disk. Raises CaseError likewise."""

    def opened(path: str) -> BinaryIO:
        if path not in files:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), path)
        return io.BytesIO(files[path])

    return _loaded(Path(), opened)


def _loaded(folder: Path, opened: Opener) -> Case:
    path = folder / "case.json"
    try:
        with opened("case.json") as file:
            form = json.loads(file.read())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CaseError(
            gettext(
                "{name} is no case folder: it has no case.json. Name a folder that `throwline open` made."
            ).format(name=folder)
        ) from error
    except OSError as error:
        raise CaseError(_unreadable(path, error)) from error
    except (ValueError, RecursionError) as error:
        raise CaseError(_damaged(path, gettext("it is not JSON"))) from error
    if not isinstance(form, dict) or form.get("format") != "throwline-case":
        raise CaseError(
            gettext("{name} is no case. Name a folder that `throwline open` made.").format(
                name=path
            )
        )
    if form.get("version") not in _READ:
        raise CaseError(
            gettext(
                "{name} has version {number}, and this program reads versions up to {known}: use the program that made "
                "it, or a newer one."
            ).format(name=path, number=repr(form.get("version")), known=VERSION)
        )
    try:
        return _case(form, folder, opened)
    except _DAMAGE as error:
        raise CaseError(_damaged(path, f"{type(error).__name__}: {error}")) from error


def _unreadable(path: Path, error: OSError) -> str:
    return gettext("{name} cannot be opened: {why}.").format(name=path, why=error.strerror)


def _damaged(path: Path, what: str) -> str:
    # Translators: {what} says more, such as “it is not JSON”.
    damaged = gettext(
        "{name} is damaged ({what}). Open the export again, or use a copy of the folder."
    )
    return damaged.format(name=path, what=what)


def _case(form: Form, folder: Path, opened: Opener) -> Case:
    return Case(
        made_at=datetime.fromisoformat(form["made_at"]),
        answers=answers_from(form["answers"]),
        reads=tuple(_read(entry, folder, opened) for entry in form["conversations"]),
        media=tuple(
            MediaFile(m["name"], m["size"], m["sha256"], Medium(m["medium"])) for m in form["media"]
        ),
        fingerprints=tuple(picture_from(f) for f in form["fingerprints"]),
        refused=tuple(Refused(r["name"], note_from(r["reason"])) for r in form["unread"]),
    )


def _read(form: Form, folder: Path, opened: Opener) -> Read:
    return Read(
        _conversation(form, folder, opened),
        _finding(form["finding"]),
        tuple(indicator_from(entry) for entry in form["indicators"]),
    )


def _conversation(form: Form, folder: Path, opened: Opener) -> Conversation:
    """The whole conversation from the evidence; it must be the one that case.json tells of."""
    if not _IDENTIFIER.fullmatch(form["identifier"]):
        raise ValueError(f"{form['identifier']!r} names no conversation")
    name = f"evidence/data/conversations/{form['identifier']}.jsonl"
    path = folder / name
    try:
        with opened(name) as lines:
            forms = _forms(lines)
            header = next(forms)
            conversation = conversation_from(header, forms)
    except OSError as error:
        raise CaseError(_unreadable(path, error)) from error
    except (*_DAMAGE, StopIteration) as error:
        raise CaseError(_damaged(path, f"{type(error).__name__}: {error}")) from error
    if any(form[key] != value for key, value in header.items()):
        raise CaseError(_damaged(path, gettext("it is not the conversation of case.json")))
    if len(conversation.messages) != form["count"]:
        raise CaseError(
            _damaged(
                path,
                gettext("{count} messages instead of {told}").format(
                    count=len(conversation.messages), told=form["count"]
                ),
            )
        )
    return conversation


def _forms(lines: Iterable[bytes]) -> Iterator[Form]:
    for line in lines:
        yield json.loads(line)


def _finding(form: Form) -> Finding:
    speaker = Speaker(form["speaker"])
    return Finding(
        conversation=form["id"],
        alarm=Alarm(form["alarm_at"], form["offender"], speaker) if form["alarm"] else None,
        warning_at=form["warning_at"],
        pattern=Pattern(form["pattern"]),
        speaker=speaker,
        acts=tuple(
            CitedAct(a["n"], Act(a["act"]), a["sender"], _span(*a["span"]), a["why"])
            for a in form["acts"]
        ),
    )


def _span(start: int, end: int) -> tuple[int, int]:
    return start, end
