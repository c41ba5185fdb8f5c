"""A case that was written is read back equal, and a damaged one is named in one sentence."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throwline.case import (
    Age,
    Answers,
    Case,
    CaseError,
    PaidBy,
    Reply,
    Role,
    load_case,
    make_case,
)
from throwline.conversation import Hints, Intake, MediaFile, Medium, Refused, read_given
from throwline.evidence import write_case
from throwline.fingerprint import FULL_SIZE, PictureFingerprint
from throwline.language import Note

NOON = datetime(2026, 3, 2, 12, 0, 0, 250, tzinfo=UTC)
SAMPLE = (files("throwline") / "sample" / "WhatsApp Chat with Dana.txt").read_bytes()
ANSWERS = Answers(
    age_in_picture=Age.ADULT,
    i_am=Role.HELPER,
    country="GB",
    timezone="Europe/London",
    language="en-GB",
    paid=Reply.YES,
    paid_by=frozenset({PaidBy.CASHAPP, PaidBy.BANK}),
)


def made(content: bytes, answers: Answers = ANSWERS) -> tuple[Case, Intake]:
    intake = read_given("chat.txt", content, Hints())
    intake = Intake(
        intake.conversations,
        (MediaFile("IMG-1.jpg", 12, "ab" * 32, Medium.IMAGE),),
        intake.documents,
        (Refused("odd.bin", Note("{name} is empty.", name="odd.bin")),),
    )
    print_ = PictureFingerprint("0f" * 32, 77, FULL_SIZE, "cd" * 32, "ef" * 16, 345)
    return make_case(intake, answers, NOON, [print_]), intake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_case(*made(SAMPLE), tmp_path / "case")
    return tmp_path / "case"


def test_what_was_written_is_read_back_equal(folder: Path) -> None:
    case = load_case(folder)
    assert case == made(SAMPLE)[0]
    assert case.alarms
    assert case.reads[0].indicators
    assert load_case(folder).reads[0].cited() == case.reads[0].cited()


# Names and lines of every script; what a chat cannot hold (line ends, lone surrogates) is the readers' business.
_LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60)


@given(lines=st.lists(st.tuples(_LINE, _LINE), min_size=1, max_size=8))
def test_every_script_comes_back(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]]
) -> None:
    chat = "".join(f"17/01/2026, 22:{i:02} - {n}: {t}\n" for i, (n, t) in enumerate(lines))
    case, intake = made(SAMPLE + chat.encode())
    target = tmp_path_factory.mktemp("cases") / "case"
    write_case(case, intake, target)
    assert load_case(target) == case
    shutil.rmtree(target.parent)


@pytest.mark.parametrize(
    "answers", [Answers(), Answers(age_in_picture=Age.UNDER_18, i_am=Role.PARENT)]
)
def test_answers_left_open_stay_open(tmp_path: Path, answers: Answers) -> None:
    case, intake = made(b"Kim: hello\nSam: hi\n", answers)
    write_case(case, intake, tmp_path / "case")
    assert load_case(tmp_path / "case") == case


def test_no_case_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(CaseError, match=r"is no case folder: it has no case\.json"):
            load_case(place)


def rewrite(folder: Path, change: Callable[[Any], Any]) -> None:
    path = folder / "case.json"
    form = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(change(form) or form), "utf-8")


def test_a_case_of_version_1_has_whole_sentences(folder: Path) -> None:
    """As the program wrote them until 23 November 2026."""

    def sentences(form: Any) -> None:
        form["version"] = 1
        form["unread"][0]["reason"] = "odd.bin is empty."
        for conversation in form["conversations"]:
            conversation["gaps"] = [gap["text"] for gap in conversation["gaps"]]

    rewrite(folder, sentences)
    path = folder / "evidence" / "data" / "conversations" / "c1.jsonl"
    header, *messages = path.read_text("utf-8").splitlines(keepends=True)
    form = json.loads(header)
    form["gaps"] = [gap["text"] for gap in form["gaps"]]
    path.write_text("".join([json.dumps(form) + "\n", *messages]), "utf-8")
    assert load_case(folder) == made(SAMPLE)[0]


def test_what_was_noted_knows_what_it_was_made_of(folder: Path) -> None:
    (refused,) = load_case(folder).refused
    assert (refused.reason.text, refused.reason.values) == ("{name} is empty.", {"name": "odd.bin"})


def test_a_newer_version_is_not_guessed_at(folder: Path) -> None:
    rewrite(folder, lambda form: form.update(version=3))
    with pytest.raises(CaseError, match="version 3, and this program reads versions up to 2"):
        load_case(folder)


def test_other_json_is_no_case(folder: Path) -> None:
    rewrite(folder, lambda _form: [1])
    with pytest.raises(CaseError, match=r"is no case\."):
        load_case(folder)


@pytest.mark.parametrize(
    "key", ["made_at", "answers", "conversations", "media", "fingerprints", "unread"]
)
def test_a_missing_part_is_damage(folder: Path, key: str) -> None:
    rewrite(folder, lambda form: form.pop(key) and None)
    with pytest.raises(CaseError, match=f"case.json is damaged .*{key}"):
        load_case(folder)


def test_an_identifier_never_leads_out_of_the_folder(folder: Path) -> None:
    rewrite(folder, lambda form: form["conversations"][0].update(identifier="../../../c1"))
    with pytest.raises(CaseError, match="names no conversation"):
        load_case(folder)


def test_a_conversation_that_is_gone_or_cut_short(folder: Path) -> None:
    path = folder / "evidence/data/conversations/c1.jsonl"
    whole = path.read_bytes()
    path.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    with pytest.raises(CaseError, match="21 messages instead of 22"):
        load_case(folder)
    path.write_bytes(whole[:-20])
    with pytest.raises(CaseError, match=r"c1\.jsonl is damaged"):
        load_case(folder)
    path.write_bytes(b"")
    with pytest.raises(CaseError, match=r"c1\.jsonl is damaged"):
        load_case(folder)
    path.unlink()
    with pytest.raises(CaseError, match=r"c1\.jsonl cannot be opened"):
        load_case(folder)


def test_a_conversation_of_another_case(folder: Path) -> None:
    rewrite(folder, lambda form: form["conversations"][0].update(title="Somebody else"))
    with pytest.raises(CaseError, match=r"it is not the conversation of case\.json"):
        load_case(folder)


@given(data=st.data())
def test_a_torn_case_json_is_never_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    target = tmp_path_factory.getbasetemp() / "torn"
    if not target.exists():
        write_case(*made(SAMPLE), target)
        shutil.copy(target / "case.json", target / "whole")
    content = bytearray((target / "whole").read_bytes())
    for place, octet in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=3)
    ):
        content[place] = octet
    (target / "case.json").write_bytes(content[: data.draw(st.integers(0, len(content)))])
    with contextlib.suppress(CaseError):
        load_case(target)
