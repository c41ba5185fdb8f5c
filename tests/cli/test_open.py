"""`throwline open`, as a process: what a person gets, and what they get when it cannot be done."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import bagit
import pytest

from throwline.case import Age, Answers, PaidBy, Pictures, Reply, Role, answers_form
from throwline.cli._commands import main

SAMPLE = Path(str(files("throwline") / "sample" / "WhatsApp Chat with Dana.txt"))


def throwline(
    *arguments: str | Path, cwd: Path, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "throwline", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": "80"},
    )


def refused(run: subprocess.CompletedProcess[bytes], folder: Path) -> str:
    """The sentence of a run that could not be done, after checking that it left nothing behind."""
    said = run.stderr.decode()
    assert run.returncode == 2, said
    assert "Traceback" not in said
    assert run.stdout == b""
    assert len(said.strip().splitlines()) == 1
    assert said.strip().endswith((".", ":")) or ". " in said
    assert not (folder / "case").exists()
    assert [p.name for p in folder.iterdir() if "partial" in p.name] == []
    return said


def test_a_case(tmp_path: Path) -> None:
    run = throwline("open", SAMPLE, "--country", "US", "--to", "case", cwd=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    lines = run.stdout.decode().splitlines()
    assert len(lines) <= 25
    assert all(len(line) <= 80 for line in lines)
    case = json.loads((tmp_path / "case/case.json").read_text("utf-8"))
    assert case["format"] == "throwline-case"
    assert case["conversations"][0]["finding"]["alarm"] is True
    bagit.Bag(str(tmp_path / "case/evidence")).validate()
    report = (tmp_path / "case/report.html").read_text("utf-8")
    assert "What is happening" in report
    original = tmp_path / "case/evidence/data/originals" / SAMPLE.name
    assert original.read_bytes() == SAMPLE.read_bytes()


def test_verify_says_yes_then_no(tmp_path: Path) -> None:
    throwline("open", SAMPLE, "--to", "case", cwd=tmp_path)
    assert throwline("verify", "case/evidence", cwd=tmp_path).returncode == 0
    chat = tmp_path / "case/evidence/data/originals" / SAMPLE.name
    chat.write_bytes(chat.read_bytes().replace(b"500", b"900"))
    run = throwline("verify", "case/evidence", cwd=tmp_path)
    assert run.returncode == 1
    assert SAMPLE.name in run.stderr.decode()


def test_every_answer_can_be_given_as_an_option(tmp_path: Path) -> None:
    told: list[str] = []
    for name in ("paid", "sent-more", "made-with-ai", "knows-person", "in-danger-now", "self-harm"):
        told += [f"--{name}", "yes"]
    told += ["--paid-by", "crypto", "--paid-by", "bank", "--pictures-state", "shared"]
    told += ["--age-in-picture", "under18", "--i-am", "parent", "--country", "gb"]
    told += ["--timezone", "Europe/London", "--language", "en", "--to", "case"]
    assert throwline("open", SAMPLE, *told, cwd=tmp_path).returncode == 0
    case = json.loads((tmp_path / "case/case.json").read_text("utf-8"))
    silent = answers_form(Answers())
    assert [name for name in silent if case["answers"][name] == silent[name]] == []
    assert case["answers"]["paid_by"] == ["bank", "crypto"]


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("age_in_picture", Age),
        ("i_am", Role),
        ("pictures_state", Pictures),
        ("paid", Reply),
        ("paid_by", PaidBy),
    ],
)
def test_the_options_offer_what_a_case_can_hold(option: str, values: type[StrEnum]) -> None:
    """The commands name them once more, so that `--help` need not load the rooms."""
    found = next(one for one in main.commands["open"].params if one.name == option)
    assert list(found.type.choices) == [one.value for one in values]


def test_a_way_of_paying_without_a_payment(tmp_path: Path) -> None:
    run = throwline("open", SAMPLE, "--paid-by", "bank", "--to", "case", cwd=tmp_path)
    assert "answer yes to paid" in refused(run, tmp_path)


@pytest.mark.parametrize("kind", ["police", "handover"])
def test_the_bag_holds_the_reports_that_go_with_it(tmp_path: Path, kind: str) -> None:
    throwline("open", SAMPLE, "--language", "es", "--to", "case", cwd=tmp_path)
    kept = (tmp_path / f"case/evidence/data/reports/{kind}.txt").read_bytes()
    assert kept == throwline("report", kind, "case", cwd=tmp_path).stdout


def test_an_existing_case_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case/mine.txt").write_text("mine")
    run = throwline("open", SAMPLE, "--to", "case", cwd=tmp_path)
    assert run.returncode == 2
    assert "exists already" in run.stderr.decode()
    assert (tmp_path / "case/mine.txt").read_text() == "mine"


def half_a_zip() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.write(SAMPLE, "_chat.txt")
    return whole.getvalue()[: len(whole.getvalue()) // 2]


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", b"0" * (64 * 1024**2))
    return buffer.getvalue()


def traversal() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../outside.txt", SAMPLE.read_bytes())
    return buffer.getvalue()


def huge_member() -> bytes:
    """A zip whose directory claims a member of 3 GB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_chat.txt", b"x")
    content = bytearray(buffer.getvalue())
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 3 * 1024**3)
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("noise.bin", bytes(range(256)) * 64, "no format"),
        ("half.zip", half_a_zip(), "damaged"),
        ("bomb.zip", zip_bomb(), "zip bomb"),
        ("traversal.zip", traversal(), "outside"),
        ("huge.zip", huge_member(), "bytes"),
        ("settings.json", b'{"theme": "dark", "sounds": [1, 2]}', "no format"),
        ("page.xml", b"<settings><theme>dark</theme></settings>", "no format"),
        ("picture.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 100, "No conversation"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in refused(throwline("open", name, "--to", "case", cwd=tmp_path), tmp_path)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert "nowhere.txt" in refused(
        throwline("open", "nowhere.txt", "--to", "case", cwd=tmp_path), tmp_path
    )


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--country", "Britain"),
        ("--country", "UK"),
        ("--country", "ZZ"),
        ("--timezone", "GMT+1"),
        ("--timezone", "Mars/Phobos"),
    ],
)
def test_an_answer_that_cannot_be_used(tmp_path: Path, option: str, value: str) -> None:
    run = throwline("open", SAMPLE, option, value, "--to", "case", cwd=tmp_path)
    assert value in refused(run, tmp_path)


def test_a_folder_nobody_may_write_to(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.write_text("a file where a folder should be")
    run = throwline("open", SAMPLE, "--to", "locked/case", cwd=tmp_path)
    assert "written" in refused(run, tmp_path)


def test_what_could_be_read_is_kept_and_the_rest_is_listed(tmp_path: Path) -> None:
    export = tmp_path / "export"
    export.mkdir()
    (export / "chat.txt").write_bytes(SAMPLE.read_bytes())
    (export / "settings.bin").write_bytes(bytes(range(256)))
    (export / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\x00" * 100)
    run = throwline("open", "export", "--to", "case", cwd=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    case = json.loads((tmp_path / "case/case.json").read_text("utf-8"))
    assert [entry["name"] for entry in case["unread"]] == ["settings.bin"]
    assert [entry["name"] for entry in case["media"]] == ["photo.jpg"]
    kept = [p.name for p in (tmp_path / "case/evidence/data").rglob("*") if p.is_file()]
    assert "photo.jpg" not in kept


def test_a_chat_without_a_threat_says_so(tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("Ann: lunch at one?\nBob: yes\nAnn: see you\n")
    run = throwline("open", "quiet.txt", "--to", "case", cwd=tmp_path)
    assert run.returncode == 0
    assert "No threat" in run.stdout.decode()
    assert "misses some" in run.stdout.decode()
