"""What goes into a bag, and under which names."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from throwline.case import Answers, make_case
from throwline.conversation import (
    Document,
    Hints,
    Intake,
    Source,
    header_form,
    message_forms,
    read_given,
    read_paths,
)
from throwline.evidence import (
    EvidenceError,
    bag_files,
    bag_info,
    origin,
    payloads,
    verify,
    whole_or_absent,
    write_bag,
)

AT = datetime(2026, 3, 2, 21, 14, tzinfo=UTC)
CHAT = "02/03/2026, 21:14 - Kim: send 300 or i post your pics\n02/03/2026, 21:15 - Sam: no\n"


def names(*originals: str) -> list[str]:
    documents = [
        Document(name, 0, Source("export.zip", "0" * 64, name), lambda: io.BytesIO(b""))
        for name in originals
    ]
    case = make_case(read_given_chat(), Answers(), AT)
    found = [payload.path for payload in payloads(case, b"{}", documents, {})]
    return [name.removeprefix("originals/") for name in found if name.startswith("originals/")]


def read_given_chat() -> Intake:
    return read_given("chat.txt", CHAT.encode(), Hints())


@pytest.mark.parametrize(
    ("given", "stands_as"),
    [
        (("a.txt", "a.txt"), ["export.zip/a.txt", "2/export.zip/a.txt"]),
        (("a.txt", "A.TXT"), ["export.zip/a.txt", "2/export.zip/A.TXT"]),
        (("a", "a/b"), ["export.zip/a", "2/export.zip/a/b"]),
        (("a/b", "a"), ["export.zip/a/b", "2/export.zip/a"]),
        (("a%b\n?.txt",), ["export.zip/a_b__.txt"]),
        (("caf\udce9.txt",), ["export.zip/caf_.txt"]),
        (("a./b ",), ["export.zip/a/b"]),
        (("x" * 300 + ".txt",), ["export.zip/" + "x" * 30 + "_" + "x" * 26 + ".txt"]),
    ],
)
def test_every_name_can_stand_on_every_disk(given: tuple[str, ...], stands_as: list[str]) -> None:
    assert names(*given) == stands_as


def test_two_exports_of_the_same_name(tmp_path: Path) -> None:
    """Every export from an iPhone holds a _chat.txt."""
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "_chat.txt").write_text(CHAT.replace("Kim", f"Kim {folder}"))
    intake = read_paths([tmp_path / f / "_chat.txt" for f in "ab"], Hints(), lambda _n: None)
    case = make_case(intake, Answers(), AT)
    with whole_or_absent(tmp_path / "evidence") as folder:
        write_bag(
            folder,
            payloads(case, b"{}", intake.documents, {}),
            bag_info(case),
            origin(case, intake.documents),
        )
    assert verify(tmp_path / "evidence").holds
    kept = sorted(p.read_text()[20:25] for p in tmp_path.glob("evidence/data/originals/**/*.txt"))
    assert kept == ["Kim a", "Kim b"]


def test_in_memory_and_on_disk_are_the_same_bag(tmp_path: Path) -> None:
    intake = read_given_chat()
    case = make_case(intake, Answers(), AT)
    made = [
        (
            payloads(case, b"{}", intake.documents, {"report.html": b"<p>"}),
            bag_info(case),
            origin(case, intake.documents),
        )
        for _ in "12"
    ]
    with whole_or_absent(tmp_path / "evidence") as folder:
        write_bag(folder, *made[0])
    for name, content in bag_files(*made[1]):
        assert (tmp_path / "evidence" / name).read_bytes() == content
    verification = verify(tmp_path / "evidence")
    assert verification.holds
    assert [(entry.who, entry.what) for entry in verification.chain] == [
        ("person", "read chat.txt"),
        ("person", "bagged"),
    ]


def test_a_source_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text(CHAT)
    intake = read_paths([chat], Hints(), lambda _n: None)
    chat.write_text(CHAT.replace("300", "900"))
    case = make_case(intake, Answers(), AT)
    with (
        pytest.raises(EvidenceError, match=r"chat\.txt was changed while it was being read"),
        whole_or_absent(tmp_path / "evidence") as folder,
    ):
        write_bag(
            folder,
            payloads(case, b"{}", intake.documents, {}),
            bag_info(case),
            origin(case, intake.documents),
        )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["chat.txt"]


def test_every_message_has_a_line(tmp_path: Path) -> None:
    """Whatever it says: what stands between two lines must not be found in a text."""
    chat = tmp_path / "chat.txt"
    odd = ('},{"n":', '"},{"n":1}', "\\", '\\"},{\\"n\\":', "a\nb", "\u2028")
    chat.write_text("".join(f"02/03/2026, 21:14 - Kim: {text}\n" for text in odd * 100))
    intake = read_paths([chat], Hints(), lambda _n: None)
    case = make_case(intake, Answers(), AT)
    kept = next(p for p in payloads(case, b"", (), {}) if p.path.endswith(".jsonl"))
    lines = b"".join(kept.pieces).decode().removesuffix("\n").split("\n")
    conversation = case.reads[0].conversation
    forms = [header_form(conversation), *message_forms(conversation)]
    assert [json.loads(line) for line in lines] == forms
