"""Strangers' words in every place of a document, in text, page and PDF: shown as they are, and nothing more."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from hypothesis import example, given

from tests.reports.making import document_of, words
from throwline.reports import (
    Document,
    Paragraph,
    Section,
    document_html,
    document_text,
    harmless,
)
from throwline.reports._strangers import inline

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066\u2067\ud800-\udfff]")


class Page(HTMLParser):
    """The tags with their attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@example(word="ends in a carriage return\r")
@given(word=words)
def test_text_holds_the_words_and_steers_nothing(word: str) -> None:
    text = document_text(document_of(word))
    assert not STEERING.search(text)
    assert text.count(harmless(word)) >= 10
    assert text.encode()


@given(word=words)
def test_a_page_holds_the_words_and_no_markup_of_theirs(word: str) -> None:
    page = Page(document_html(document_of(word)))
    assert page.tags == Page(document_html(document_of("plain"))).tags
    assert page.words.count(harmless(word)) >= 10
    assert not STEERING.search(page.words)


def test_a_page_fetches_nothing_and_runs_only_what_its_policy_names() -> None:
    html = document_html(document_of("plain"))
    (code,) = re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in html
    assert not re.search(r"(?:src|href|action)=", html)
    assert "default-src 'none'" in html
    assert 'lang="en"' in html
    assert 'translate="no"' in html


def test_the_title_bar_tells_an_onlooker_nothing() -> None:
    assert "<title>Notes</title>" in document_html(document_of("threats"))


@given(word=words)
def test_words_in_a_sentence_are_one_line_that_leaves_the_rest_alone(word: str) -> None:
    line = inline(word)
    assert len(line.splitlines()) <= 1
    assert not STEERING.search(line)
    assert line.count("\u2068") == line.count("\u2069")
    assert len(line) <= 200 * len("⟨U+10FFFF⟩")


def test_only_words_that_run_from_right_to_left_are_isolated() -> None:
    assert inline("Dana") == "Dana"
    assert inline("דנה") == "\u2068דנה\u2069"
    assert inline("דנה\u2069\u2069") == "\u2068דנה\u2069"


def test_long_paragraphs_are_kept_whole() -> None:
    long = "word " * 5000
    document = Document("t", "m", (Section("s", (Paragraph(long),)),))
    assert long.strip() in document_text(document)
