from __future__ import annotations

from collections.abc import Iterator
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


_PSEUDO = Pseudo()
"""One for all tests: what is made of texts is cached by language."""


@pytest.fixture
def pseudo() -> Iterator[Pseudo]:
    """Spoken for as long as a test lasts."""
    real, there = _catalogue._catalogue, _catalogue.languages()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            _catalogue, "_catalogue", lambda code: _PSEUDO if code == "qps" else real(code)
        )
        patch.setattr(_catalogue, "languages", lambda: (*there, PSEUDO))
        with speaking(PSEUDO):
            yield _PSEUDO
