"""Strangers' words in every place of a document, in text, page and PDF: shown as they are, and nothing more."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings

from tests.reports.making import HOSTILE, document_of, words
from throwline.pdf import PdfError, document_pdf
from throwline.reports import (
    Document,
    Paragraph,
    Section,
    Table,
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


def test_a_page_runs_and_fetches_nothing() -> None:
    html = document_html(document_of("plain"))
    assert "<script" not in html
    assert not re.search(r"(?:src|href|action)=", html)
    assert "default-src 'none'" in html
    assert 'lang="en"' in html
    assert 'translate="no"' in html


def test_the_title_bar_tells_an_onlooker_nothing() -> None:
    assert "<title>Notes</title>" in document_html(document_of("threats"))


def pdf_text(document: Document) -> str:
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(document_pdf(document)))
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("word", HOSTILE, ids=ascii)
def test_a_pdf_holds_the_words_and_none_is_markup(word: str) -> None:
    text = "".join(pdf_text(document_of(word)).split())
    latin = "".join(re.findall(r"[!-~]", harmless(word)))
    assert latin in re.sub(r"[^!-~]", "", text)
    assert "⟨U+202E⟩" in text or "\u202e" not in word


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(word=words)
def test_a_pdf_can_be_made_of_anything(word: str) -> None:
    assert document_pdf(document_of(word)).startswith(b"%PDF-")


def test_a_pdf_is_tagged_and_says_its_language_and_title() -> None:
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(document_pdf(document_of("plain"))))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Report plain"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    roles = str(tree(root["/StructTreeRoot"]))
    for role in ("/H1", "/Table", "/TH", "/TD", "/LI", "/P"):
        assert role in roles


def tree(node: object) -> list[object]:
    """The roles of a structure tree, nested."""
    node = getattr(node, "get_object", lambda: node)()
    if isinstance(node, list):
        return [tree(child) for child in node]
    if not isinstance(node, dict):
        return []
    return [str(node.get("/S", "")), tree(node["/K"])] if "/K" in node else [str(node.get("/S"))]


def test_letters_without_a_font_are_written_as_numbers_and_a_note_says_so() -> None:
    never_assigned = "\u0378"
    text = " ".join(pdf_text(document_of(f"a{never_assigned}b")).split())
    assert "a⟨U+0378⟩b" in text.replace(" ", "")
    assert "Some letters have no font" in text
    assert "Some letters have no font" not in pdf_text(document_of("plain"))


def test_the_same_document_gives_the_same_bytes() -> None:
    document = document_of("plain")
    assert document_pdf(document) == document_pdf(document)


def test_without_typst_a_pdf_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(PdfError, match="A PDF needs the package typst"):
        document_pdf(document_of("plain"))


def test_a_long_value_stays_on_the_page() -> None:
    digest = "0123456789abcdef" * 8
    document = Document("t", "m", (Section("s", (Table("c", ("a", "b", "c"), ((digest,) * 3,)),)),))
    text = pdf_text(document)
    assert "".join(text.split()).count("0123456789abcdef") >= 3 * 8 - 3
    assert all(len(line) < 120 for line in text.splitlines())


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
