from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations

import pytest

from throwline.language import Language, _catalogue, speaking

PSEUDO = Language("qps", "Pseudo", "rtl", reviewed=False)
"""A language in which every text is its English in brackets, so that whatever was not translated stands outside."""


class Pseudo(NullTranslations):
    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add(msgid1)
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


BLANK = Language("qpb", "Blank", "ltr", reviewed=False)
"""A language in which no text has a letter, so that every letter shown comes from elsewhere."""


class Blank(NullTranslations):
    _letter = re.compile(r"(\{\w+\}|%\(\w+\)s)|[^\W\d_]")

    def gettext(self, message: str) -> str:
        return self._letter.sub(lambda found: found[1] or "·", message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


_PSEUDO, _BLANK = Pseudo(), Blank()
"""One of each for all tests: what is made of texts is cached by language."""


@pytest.fixture
def pseudo() -> Iterator[Pseudo]:
    """Spoken for as long as a test lasts."""
    with _there(PSEUDO, _PSEUDO):
        yield _PSEUDO


@pytest.fixture
def blank() -> Iterator[Blank]:
    """Spoken for as long as a test lasts."""
    with _there(BLANK, _BLANK):
        yield _BLANK


@contextmanager
def _there(language: Language, texts: NullTranslations) -> Iterator[None]:
    real, there = _catalogue._catalogue, _catalogue.languages()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            _catalogue, "_catalogue", lambda code: texts if code == language.code else real(code)
        )
        patch.setattr(_catalogue, "languages", lambda: (*there, language))
        with speaking(language):
            yield
