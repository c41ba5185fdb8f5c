"""Cases and documents for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

from hypothesis import strategies as st

from throwline.case import Answers, Case, make_case
from throwline.conversation import Hints, read_given
from throwline.recognition import Act, CitedAct
from throwline.reports import Document, Field, Fields, Paragraph, Points, Section, Table

SAMPLE = (files("throwline") / "sample" / "WhatsApp Chat with Dana.txt").read_text("utf-8")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

# Words in many scripts, markup of every kind that a report could pass through, and characters that steer a display.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %}",
    '#panic("x") #import "/etc/passwd"',
    "$ 1 + 1 $ *b* _i_ `c` <label> @ref // c",
    "\\u{41} ] [ \\",
    "李小龙 发给 你",
    "محمد أحمد، السلام عليكم",
    "דנה שולחת",
    "नमस्ते दुनिया",
    "한국어 ไทย ქართული",
    "👩🏻\u200d🦰 🇵🇭 🏴",
    "e\u0301 o\u0308\u0323",
    "\u202egnp.exe\u202c \u2066x\u2069 \u2068y",
    "\x1b[31mred\x1b[0m \x00 \x07 \x9b",
    "a\u2028b\u2029c\x85d",
    "\ud83d lone",
    "x" * 400,
)
words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(min_size=1, max_size=30),
    st.text(st.characters(exclude_categories=()), min_size=1, max_size=12),
)


def case_of(chat: str, answers: Answers | None = None) -> Case:
    """The case of a WhatsApp chat, or of pasted text."""
    intake = read_given("chat.txt", chat.encode(), Hints())
    return make_case(intake, answers or Answers(), NOON)


def sample_case(answers: Answers | None = None) -> Case:
    """The case of the sample that ships with the package."""
    return case_of(SAMPLE, answers)


def document_of(word: str) -> Document:
    """A document with `word` in every place that can hold a stranger's words."""
    blocks = (
        Paragraph(word),
        Points((word, word), numbered=True),
        Points((word,)),
        Fields((Field(word, word, word), Field(word, None))),
        Table(word, (word, word), ((word, ""), (word, word))),
    )
    sections = (Section(f"Part {word}", blocks), Section(f"Slip {word}", blocks[:1], slip=True))
    return Document(f"Report {word}", word, sections)


def strings(document: Document) -> list[str]:
    """Everything a document says."""
    found = [document.title, document.made]
    for section in document.sections:
        found.append(section.title)
        for block in section.blocks:
            match block:
                case Paragraph():
                    found.append(block.text)
                case Points():
                    found += block.items
                case Fields():
                    for field in block.fields:
                        found += [field.name, field.value or "", field.note]
                case Table():
                    found += [block.caption, *block.head]
                    found += [cell for row in block.rows for cell in row]
    return found


def fields(document: Document) -> dict[str, Field]:
    """The fields of a document by name; the last of equal names."""
    return {
        field.name: field
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Fields)
        for field in block.fields
    }


def endless_case() -> Case:
    """More than ten thousand cited messages. Recognition itself stops citing the same act after some hundreds."""
    case = case_of(
        SAMPLE
        + "".join(
            f"18/01/2026, {i // 60 % 24:02}:{i % 60:02} - Dana: send $500 or your mom sees the pics {i}\n"
            for i in range(10_000)
        )
    )
    acts = tuple(CitedAct(n, Act.DEMAND_PAYMENT, "Dana", (0, 4), "test") for n in range(23, 10_023))
    (read,) = case.reads
    return replace(case, reads=(replace(read, finding=replace(read.finding, acts=acts)),))
