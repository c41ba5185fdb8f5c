"""The PDF: strangers' words are shown and never markup, a screen reader can follow it, and it is as long as it should be."""

from __future__ import annotations

import io
import re
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.reports.making import (
    HOSTILE,
    SAMPLE,
    case_of,
    document_of,
    endless_case,
    words,
)
from throwline.case import Answers, Reply, Role
from throwline.pdf import PdfError, document_pdf
from throwline.reports import Document, Section, Table, harmless, report

pytest.importorskip("typst", reason="the package typst is not installed")
PdfReader = pytest.importorskip("pypdf", reason="the package pypdf is not installed").PdfReader


def opened(document: Document) -> Any:
    return PdfReader(io.BytesIO(document_pdf(document)))


def pdf_text(document: Document) -> str:
    return "\n".join(page.extract_text() for page in opened(document).pages)


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
    reader = opened(document_of("plain"))
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
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PdfError, match="A PDF needs the package typst"):
        document_pdf(document_of("plain"))


def test_a_long_value_stays_on_the_page() -> None:
    digest = "0123456789abcdef" * 8
    document = Document("t", "m", (Section("s", (Table("c", ("a", "b", "c"), ((digest,) * 3,)),)),))
    text = pdf_text(document)
    assert "".join(text.split()).count("0123456789abcdef") >= 3 * 8 - 3
    assert all(len(line) < 120 for line in text.splitlines())


def test_the_hand_over_sheet_is_one_page_however_much_there_is() -> None:
    chat = SAMPLE + "".join(
        f"17/01/2026, 23:{40 + i} - Dana: pay $name{i}{'x' * 80} on cashapp or your mom sees it, {'word ' * 60}\n"
        f"17/01/2026, 23:{40 + i} - Robin: i sent you $1{i}\n"
        for i in range(18)
    )
    answers = Answers(country="US", i_am=Role.HELPER, paid=Reply.YES, self_harm=Reply.YES)
    assert len(opened(report("handover", case_of(chat, answers))).pages) == 1


def test_ten_thousand_cited_messages() -> None:
    assert len(opened(report("police", endless_case())).pages) > 100
