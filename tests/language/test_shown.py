"""What a person reads in another language: nothing in it is English but names, addresses and what was written to them."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import click
import pytest
from rich.console import Console
from tools.catalogues import extracted

from tests.language.conftest import Blank, Pseudo
from tests.reports.making import NOON, SAMPLE
from throwline.case import Age, Answers, Case, PaidBy, Pictures, Reply, Role, make_case
from throwline.cli import _ask
from throwline.cli._summary import summary
from throwline.conversation import Hints, ReadError, read_given
from throwline.guidance import plan_for
from throwline.language import Language, Note, language_for, languages, said, speaking
from throwline.reports import KINDS, document_text, report, report_html, words
from throwline.reports._texts import is_spoken

_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_KEPT = {
    "SHA": "the name of a checksum",
    "pasted text": "what the evidence calls a file that is none, and its checksum stands beside it",
    "hstoday.us, reprint of FBI guidance on cryptocurrency fraud reports": "the title of a source",
    "swgfl.org.uk, pages on the chatbot Reiya": "the title of a source",
    "whether it shows a number to keep": "stands in place of a source, where none was found yet",
}
"""English that stays, with the reason."""
_VOID = ("meta", "link", "br", "input", "hr", "img", "rect", "line", "path")


class _Texts(HTMLParser):
    """The text of a page, without its looks and without what strangers wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.said += [given[name] or "" for name in ("alt", "aria-label", "title") if name in given]
        written_by_them = tag == "blockquote" and given.get("class") != "ready"
        if tag not in _VOID:
            self._open.append(tag == "style" or written_by_them)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open):
            self.said.append(data)


def _texts(html: str) -> str:
    page = _Texts()
    page.feed(html)
    return " ".join(page.said)


def _left(text: str, case: Case) -> set[str]:
    """Words that come neither from the catalogue nor from the case, and are no names."""
    text = _without_addresses(text)
    for name in sorted(map(_without_addresses, _names(case)), key=len, reverse=True):
        text = text.replace(name, " ") if name else text
    return set(_WORD.findall(text))


def _without_addresses(text: str) -> str:
    return " ".join(_ADDRESS.sub(" ", text).split())


def _names(case: Case) -> Iterator[str]:
    yield from _KEPT
    with speaking(language_for("en")):
        apps = words()["platforms"].values()
        plan = plan_for(case)
    yield from (app for app in apps if app[0].isupper() and len(app) > 1)
    for file in (files("throwline") / "guidance" / "steps").iterdir():
        for adviser in tomllib.loads(file.read_text("utf-8")).get("advised_by", ()):
            yield from filter(None, (adviser["who"], adviser.get("through")))
    for step in plan.steps:
        yield from (adviser.provenance.source for adviser in step.advised_by)
        for contact in plan.contacts(step):
            yield from (contact.name, contact.provenance.source)
            yield from filter(None, (contact.sms_word,))
    yield from (file.name for file in (*case.media, *case.refused))
    yield from (file.name.removeprefix("export.zip/") for file in case.refused)
    for read in case.reads:
        chat = read.conversation
        yield from (chat.title, *(person.name for person in chat.participants))
        yield from (" ".join(message.text.split()) for message in chat.messages if message.text)
        yield from (indicator.as_written for indicator in read.indicators)
        yield from (indicator.label for indicator in read.indicators if indicator.label)
        for source in chat.sources:
            yield from filter(None, (source.file, source.member, source.sha256))
    yield from (media.sha256 for media in case.media)


def _case(name: str, content: bytes, **told: Any) -> Case:
    return make_case(read_given(name, content, Hints()), Answers(**told), NOON)


def _sample(**told: Any) -> Callable[[], Case]:
    return lambda: _case("WhatsApp Chat with Dana.txt", SAMPLE.encode(), **told)


def _zip() -> Case:
    """A chat between files that cannot be read, and a picture."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("_chat.txt", SAMPLE)
        made.writestr("settings.bin", b"\0\1\2")
        made.writestr("empty.txt", b"")
        made.writestr("../outside.txt", b"x")
        made.writestr("IMG-1.jpg", b"\xff\xd8\xff\xe0" + bytes(50))
    return _case("export.zip", archive.getvalue())


def _pasted() -> Case:
    return _case("pasted text", b"i have your pics. pay 300 dollars by bitcoin or i post them\n")


CASES = {
    "sample": _sample(country="US", age_in_picture=Age.UNDER_18),
    "parent": _sample(i_am=Role.PARENT, country="DE", pictures_state=Pictures.SHARED),
    "paid": _sample(country="BR", paid=Reply.YES, sent_more=Reply.YES, self_harm=Reply.YES),
    "archive": _zip,
    "pasted": _pasted,
}


@pytest.mark.parametrize("name", CASES)
def test_the_report_leaves_no_word_in_english(blank: Blank, name: str) -> None:
    case = CASES[name]()
    assert _left(_texts(report_html(case, plan_for(case))), case) == set()


@pytest.mark.parametrize("name", CASES)
def test_the_terminal_leaves_no_word_in_english(blank: Blank, name: str) -> None:
    case = CASES[name]()
    console = Console(file=io.StringIO(), width=2000)
    summary(case, plan_for(case), None, console)
    assert _left(console.file.getvalue(), case) == set()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", CASES)
def test_the_statement_leaves_no_word_in_english(blank: Blank, name: str) -> None:
    case = CASES[name]()
    told = document_text(report("police", case))
    with speaking(language_for("en")):
        copy = report("police", case).title
    own, found, _ = told.partition(f"\n{copy}\n")
    assert found
    assert _left(own, case) == set()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if is_spoken(kind) and kind != "police"])
@pytest.mark.parametrize("name", CASES)
def test_a_guide_leaves_no_word_in_english(blank: Blank, name: str, kind: str) -> None:
    case = CASES[name]()
    if why_not := KINDS[kind].unfit(case):
        assert _left(why_not, case) == set()
    else:
        assert _left(document_text(report(kind, case)), case) == set()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chat.txt", b""),
        ("chat.bin", b"\0\1\2"),
        ("chat.json", b'{"messages": [{"text": '),
        ("chat.zip", b"PK\3\4" + bytes(40)),
    ],
)
def test_why_nothing_could_be_read_is_told_in_the_language(
    blank: Blank, name: str, content: bytes
) -> None:
    with pytest.raises(ReadError) as caught:
        read_given(name, content, Hints())
    assert name in str(caught.value)
    assert _WORD.search(str(caught.value).replace(name, " "))
    told = said(caught.value.sentence)
    assert name in told
    assert not _WORD.findall(told.replace(name, " "))


def test_what_readers_leave_out_stands_in_the_template() -> None:
    from throwline.conversation import READERS

    there = {message.id for message in extracted()}
    for reader in READERS:
        assert {note.text for note in reader.facts.leaves_out} <= there


# -- what is typed ------------------------------------------------------------------------------------------------------

QUESTIONS = {
    **{kind.__name__: [one.value for one in kind] for kind in (Age, PaidBy, Pictures, Reply, Role)},
    "dates": ["day-first", "month-first", "unknown"],
}


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_that_can_be_typed_differ(language: Language, question: str) -> None:
    values = QUESTIONS[question]
    with speaking(language):
        assert len({_ask.word(value).casefold() for value in values}) == len(values)


def test_an_answer_is_typed_in_the_language(
    pseudo: Pseudo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed(question: str, **asked: Any) -> str:
        assert question == "Well?"
        assert asked["default"] == "⟦no⟧"
        return str(asked["type"].convert("⟦yes⟧", None, None))

    monkeypatch.setattr(click, "prompt", typed)
    assert _ask.choice("Well?", ["yes", "no", "cashapp"], "no") == "yes"


# -- notes ---------------------------------------------------------------------------------------------------------------


def test_a_note_is_its_english_sentence() -> None:
    note = Note("{count} of {name}", count=3, name=Note("its {thing}", thing="start"))
    assert note == "3 of its start"
    assert note.text == "{count} of {name}"


def test_a_note_is_said_with_the_notes_in_it(pseudo: Pseudo) -> None:
    inner = Note("its {thing}", thing="start")
    assert said(Note("{count} of {name}", count=3, name=inner), str) == "⟦3 of ⟦its start⟧⟧"


def test_a_field_that_leads_into_a_value_stays_as_it_is() -> None:
    hostile = "{a.__class__} {a!r:>999999999} {0} {missing} {a}"
    assert Note(hostile, a="x") == "{a.__class__} {a!r:>999999999} {0} {missing} x"
