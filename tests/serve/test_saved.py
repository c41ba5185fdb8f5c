"""A case saved locked on one day and opened again on another, as a helper does it: over HTTP, each time a new server."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest

from tests.serve.running import served
from tests.serve.test_server import Answer, ask, form, send
from throwline.case import Case, load_case
from throwline.evidence import SHORTEST_PASSPHRASE, seal, unseal, verify
from throwline.evidence import _age as age_file
from throwline.serve import Server

SAMPLE = (files("throwline") / "sample" / "WhatsApp Chat with Dana.txt").read_bytes()
PASSPHRASE = b"four plain words \xc3\xbc "
"""The blank at its end counts."""
TALK = b"Kim: i have your pics\nSam: no\nKim: pay me 300 or i post it\n"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less work for a passphrase than in earnest: the format is the same, and a test takes no second."""
    monkeypatch.setattr(age_file, "_WORK", 10)


def post(server: Server, path: str, **fields: bytes) -> Answer:
    body, kind = form(**fields)
    return ask(server, path, "POST", body, Content_Type=kind)


def case_of(server: Server, answer: Answer) -> str:
    """Where the case is, once it is made."""
    while "Refresh" in answer.headers:
        answer = ask(server, answer.headers["Refresh"].partition("url=")[2])
    assert answer.status == 303, shown(answer)
    location: str = answer.headers["Location"]
    return location


def saved(server: Server, place: str, by: bytes = b"Ana") -> bytes:
    answer = post(server, f"{place}/locked", passphrase=PASSPHRASE, again=PASSPHRASE, by=by)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="case.age"', shown(answer)
    return answer.body


def opened(server: Server, sealed: bytes, passphrase: bytes = PASSPHRASE) -> Answer:
    return post(server, "/open", sealed=sealed, passphrase=passphrase, by=b"Bo")


def shown(answer: Answer) -> str:
    return unescape(answer.body.decode())


def on_disk(sealed: bytes, folder: Path) -> Case:
    """As `throwline unseal` opens it. The evidence must hold."""
    folder.mkdir(exist_ok=True)
    (folder / "case.age").write_bytes(sealed)
    unseal(folder / "case.age", folder / "case", passphrase=PASSPHRASE.decode())
    verification = verify(folder / "case")
    assert verification.holds, verification.faults
    assert verification.notes == ()
    return load_case(folder / "case")


def fields(page: str) -> dict[str, bytes]:
    """A form as the page shows it."""
    given = dict(re.findall(r'<input type="(?:hidden|datetime-local)" name="(\S+)" value="(.*?)"', page))  # fmt: skip
    given |= dict(re.findall(r'<textarea name="(\S+)".*?>\n(.*?)</textarea>', page, re.S))
    for name, options in re.findall(r'<select name="(\S+)">(.*?)</select>', page, re.S):
        given[name] = "".join(re.findall(r'value="(\d*)" selected', options))
    return {name: value.encode() for name, value in given.items()}


def test_from_one_day_to_the_next(tmp_path: Path) -> None:
    with served() as server:
        sealed = saved(server, send(server, pasted=TALK, country=b"US").headers["Location"])
    first = on_disk(sealed, tmp_path / "first")
    assert first.answers.country == "US"
    with served() as server:
        place = case_of(server, opened(server, sealed))
        page = shown(ask(server, place))
        assert "This case was opened again." in page
        assert "It is done by “Kim”." in page
        given = fields(shown(ask(server, f"{place}/correct")))
        given |= {"text-c1-2": b"no!", "at-c1-2": b"2026-03-02T21:05", "by": b"Bo"}
        assert case_of(server, post(server, f"{place}/correct", **given)) == place
        again = {"age_in_picture": b"under18", "i_am": b"helper", "country": b"GB"}
        assert case_of(server, post(server, f"{place}/answers", **again)) == place
        assert 'value="GB" selected' in shown(ask(server, f"{place}/answers"))
        sealed = saved(server, place, b"Bo")
    second = on_disk(sealed, tmp_path / "second")
    assert (second.answers.country, second.answers.i_am.value) == ("GB", "helper")
    message = second.reads[0].conversation.messages[1]
    assert (message.text, message.correction and message.correction.by) == ("no!", "Bo")
    assert message.correction
    assert dict(message.correction.replaced) == {"text": "no", "at": None}
    chain = [(entry.who, entry.what) for entry in verify(tmp_path / "second/case").chain]
    assert chain == [
        ("person", "read pasted text"),
        ("person", "bagged"),
        ("Ana", "sealed"),
        ("Bo", "reopened"),
        ("Bo", "bagged"),
        ("Bo", "sealed"),
    ]
    former = tmp_path / "second/case/evidence/data/former/2"
    assert (former / "case.json").read_bytes() == (tmp_path / "first/case/case.json").read_bytes()
    with served() as server:
        place = case_of(server, opened(server, sealed))
        assert "First read as: no" in shown(ask(server, f"{place}/correct"))
        saved(server, place)


def test_what_the_command_line_sealed_is_opened(server: Server, tmp_path: Path) -> None:
    on_disk(saved(server, send(server, file=SAMPLE).headers["Location"]), tmp_path)
    seal(
        tmp_path / "case",
        tmp_path / "again.age",
        who="Ana",
        at=datetime.now(UTC),
        passphrase=PASSPHRASE.decode(),
    )
    place = case_of(server, opened(server, (tmp_path / "again.age").read_bytes()))
    assert "It is done by “Dana”." in shown(ask(server, place))


def test_the_reports_of_an_opened_case(server: Server) -> None:
    sealed = saved(server, send(server, file=SAMPLE, country=b"GB").headers["Location"])
    place = case_of(server, opened(server, sealed))
    assert ask(server, f"{place}/report/police.txt").status == 200
    assert ask(server, f"{place}/case.zip").body.startswith(b"PK")


def test_by_nobody_in_particular_it_is_by_the_role(server: Server, tmp_path: Path) -> None:
    place = send(server, file=SAMPLE, i_am=b"parent").headers["Location"]
    on_disk(saved(server, place, b" \x07 "), tmp_path)
    assert verify(tmp_path / "case").chain[-1].who == "parent"


@pytest.mark.parametrize(
    ("passphrase", "again", "said"),
    [
        (b"short", b"short", "too short: it needs 12 letters"),
        (b"four plain words", b"four plain Words", "The two passphrases are not the same"),
        (b"four plain words", b"", "The two passphrases are not the same"),
    ],
)
def test_a_passphrase_that_will_not_do(
    server: Server, passphrase: bytes, again: bytes, said: str
) -> None:
    place = send(server, file=SAMPLE).headers["Location"]
    answer = post(server, f"{place}/locked", passphrase=passphrase, again=again)
    assert answer.status == 422
    assert said in shown(answer)
    assert f'href="{place}/locked">Try again' in shown(answer)
    assert f'minlength="{SHORTEST_PASSPHRASE}"' in shown(ask(server, f"{place}/locked"))


def test_what_does_not_open(server: Server) -> None:
    sealed = saved(server, send(server, file=SAMPLE).headers["Location"])
    changed = bytearray(sealed)
    changed[-1] ^= 1
    for answer, said in (
        (opened(server, sealed, PASSPHRASE.strip()), "This passphrase does not open the file."),
        (opened(server, bytes(changed)), "The file is not as it was when it was saved"),
        (opened(server, sealed[:2000]), "The file is not as it was when it was saved"),
        (opened(server, SAMPLE), "This is not a case that was saved locked with a passphrase."),
        (opened(server, b""), "No file was chosen."),
    ):
        assert answer.status == 422
        assert said in shown(answer)
        assert 'href="/open">Try again' in shown(answer)


def test_it_says_so_in_the_language_that_was_chosen(server: Server) -> None:
    answer = post(server, "/es/open", sealed=SAMPLE, passphrase=PASSPHRASE)
    assert 'href="/es/open"' in shown(answer)


def test_removed_or_ended_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in memory, nor where programs put what they need for a while."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with served() as server:
        place = send(server, file=SAMPLE).headers["Location"]
        sealed = saved(server, place)
        again = case_of(server, opened(server, sealed))
        assert list(tmp_path.iterdir()) == []
        ask(server, "/remove", "POST")
        for gone in (place, again, f"{again}/locked", f"{again}/case.zip"):
            assert ask(server, gone).status == 404
        assert post(server, f"{again}/locked", passphrase=PASSPHRASE, again=PASSPHRASE).status == 404  # fmt: skip
        assert vars(server.pages)["_kept"] == {}
        assert vars(server.pages)["_jobs"] == {}
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_opened_for_writing() -> None:
    command = [sys.executable, "-B", "-m", "tests.serve.unwritten"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_upload_is_on_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large one neither: forms are put on the disk by many a library from some size on."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with served() as server:
        chat = SAMPLE * 2_000
        answer = send(server, file=chat)
        assert list(tmp_path.iterdir()) == []
        ask(server, "/remove", "POST")
        assert answer.status in (200, 303)
    assert list(tmp_path.iterdir()) == []


def test_without_the_package_it_says_what_to_install(server: Server) -> None:
    server.pages._locks = False
    place = send(server, file=SAMPLE).headers["Location"]
    for path in ("/open", f"{place}/locked"):
        assert "pip install throwline[seal]" in shown(ask(server, path))
    assert opened(server, b"x").status == 404
    assert post(server, f"{place}/locked", passphrase=PASSPHRASE, again=PASSPHRASE).status == 404
