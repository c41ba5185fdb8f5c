"""Reads, saves, opens, corrects and saves a case as the local page does, and ends with 1 where any file is opened for writing
or made. Run by itself: what watches over a Python cannot be taken off again."""

from __future__ import annotations

import os
import sys

from tests.pages.forms import form
from throwline.pages import Pages

PASSPHRASE = "four plain words"
TALK = "Kim: i have your pics\nSam: no\nKim: pay me 300 or i post it"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
MAKING = ("os.mkdir", "os.rename", "os.link", "os.symlink", "tempfile.mkstemp", "tempfile.mkdtemp")
written: list[str] = []


def watch(event: str, given: tuple[object, ...]) -> None:
    if event == "open" and isinstance(given[2], int) and given[2] & WRITING:
        written.append(str(given[0]))
    elif event in MAKING:
        written.append(f"{event} {given[0]}")


def main() -> None:
    pages = Pages(locks=True)
    sys.addaudithook(watch)
    place = pages.handle(form("/case", ("pasted", TALK))).headers["Location"]
    fields = (("passphrase", PASSPHRASE), ("again", PASSPHRASE))
    sealed = pages.handle(form(f"{place}/locked", *fields)).body
    file = ("sealed", ("case.age", sealed))
    place = pages.handle(form("/open", file, ("passphrase", PASSPHRASE))).headers["Location"]
    pages.handle(form(f"{place}/answers", ("i_am", "helper")))
    assert pages.handle(form(f"{place}/locked", *fields)).body.startswith(b"age-encryption.org/v1")
    sys.exit("\n".join(written) or None)


if __name__ == "__main__":
    main()
