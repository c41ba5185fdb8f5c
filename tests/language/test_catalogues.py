"""The catalogues as they lie in the package: up to date, and whole where they are on offer."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po
from tools import catalogues

from tests.guidance.test_readability import BLAME
from throwline.language import SOURCE, languages

OFFERED = [language.code for language in languages() if language.code != SOURCE]
AGAIN = "run `python -m tools.catalogues`"


def test_the_template_holds_every_text_of_today() -> None:
    assert catalogues.TEMPLATE.read_bytes() == catalogues.written(catalogues.extracted()), AGAIN


@pytest.mark.parametrize("code", catalogues.CODES)
def test_every_language_has_the_texts_of_the_template(code: str) -> None:
    with catalogues.TEMPLATE.open("rb") as file:
        wanted = [message.id for message in read_po(file)]
    assert [message.id for message in catalogues.translations(code)] == wanted, AGAIN


@pytest.mark.parametrize("code", OFFERED)
def test_a_language_on_offer_has_nothing_missing_or_wrong(code: str) -> None:
    assert list(catalogues.problems(catalogues.translations(code))) == []


@pytest.mark.parametrize("code", OFFERED)
def test_what_ships_is_what_was_translated(code: str) -> None:
    shipped = catalogues.po_file(code).with_suffix(".mo").read_bytes()
    assert shipped == catalogues.compiled(catalogues.translations(code)), AGAIN


@pytest.mark.parametrize("code", OFFERED)
def test_a_language_on_offer_says_which_words_blame(code: str) -> None:
    assert (catalogues.BLAME / f"{code}.toml").exists()


def test_no_english_text_blames() -> None:
    """Those of every room. What stands in quotation marks is the name of a service, or somebody else's word."""
    with catalogues.TEMPLATE.open("rb") as file:
        messages = [message.id for message in read_po(file) if message.id]
    texts = [form for said in messages for form in ((said,) if isinstance(said, str) else said)]
    assert len(texts) > 1000
    for text in texts:
        for pattern in BLAME:
            assert not re.search(pattern, re.sub("“[^”]*”", "", text), re.IGNORECASE), text
