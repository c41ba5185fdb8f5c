"""`throwline cybertip` from a case to a finished report, at a CyberTipline on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tests.platform_door.cybertipline import PASSWORD, USER, CyberTipline
from tests.reports.cases import SAMPLE
from throwline import platform
from throwline.cli import main
from throwline.cli._platform import cybertip
from throwline.platform import Service, State, load_receipt, save_receipt

ESP = 'platform = "ExampleChat"\n[reporter]\nemail = "safety@chat.example"\n'


def run(*words: object, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[CyberTipline]:
    running = CyberTipline()
    monkeypatch.setattr(platform, "TEST", Service("test", running.address))
    monkeypatch.setenv("THROWLINE_CYBERTIP_TEST_USER", USER)
    monkeypatch.setenv("THROWLINE_CYBERTIP_TEST_PASSWORD", PASSWORD)
    yield running
    running.close()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cybertip")
    (folder / "chat.txt").write_bytes(SAMPLE)
    words = ("--age-in-picture", "under18", "--timezone", "Europe/London", "--to", folder / "case")
    assert run("open", folder / "chat.txt", *words).exit_code == 0
    return folder / "case"


@pytest.fixture
def draft(case: Path, tmp_path: Path) -> Path:
    (tmp_path / "esp.toml").write_text(ESP)
    answer = run(
        "cybertip", "draft", case, "--esp", tmp_path / "esp.toml", "--to", tmp_path / "a.xml"
    )
    assert answer.exit_code == 0, answer.output
    assert "Nothing was sent. A person has to read it first." in answer.output
    assert "- Message " in answer.output
    return tmp_path / "a.xml"


@pytest.fixture
def receipt(service: CyberTipline, draft: Path) -> Path:
    answer = run("cybertip", "submit", draft)
    assert answer.exit_code == 0, answer.output
    assert "Report 7000000 is open at the test service" in answer.output
    assert "NCMEC deletes what is not finished" in answer.output
    return draft.with_name("a.xml.receipt.json")


def test_the_whole_way(
    service: CyberTipline, receipt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file.bin").write_bytes(b"made-up bytes")
    (tmp_path / "file.toml").write_text('original_name = "x.bin"\nviewed = true\n')
    sent = run(
        "cybertip", "upload", receipt, tmp_path / "file.bin", "--details", tmp_path / "file.toml"
    )
    assert sent.exit_code == 0, sent.output
    assert "is sent byte for byte to NCMEC (test service)" in sent.output
    assert "It is not opened as a picture" in sent.output
    kept = service.reports[7_000_000]
    assert list(kept.files.values()) == [b"made-up bytes"]
    assert len(kept.details) == 1
    refused = run("cybertip", "finish", receipt)
    assert refused.exit_code == 2
    assert "nobody at a terminal confirmed it" in refused.output
    assert kept.state == "open"
    monkeypatch.setattr("throwline.platform._confirm._somebody_is_there", lambda: True)
    for typed in ("", "yes\n"):
        assert run("cybertip", "finish", receipt, given=typed).exit_code == 2
        assert kept.state == "open"
    done = run("cybertip", "finish", receipt, given="7000000\n")
    assert done.exit_code == 0, done.output
    assert kept.state == "finished"
    assert load_receipt(receipt).state is State.FINISHED


def test_taken_back(service: CyberTipline, receipt: Path) -> None:
    assert run("cybertip", "retract", receipt).exit_code == 0
    assert service.reports[7_000_000].state == "retracted"
    assert load_receipt(receipt).state is State.RETRACTED


def test_a_draft_is_submitted_once(service: CyberTipline, draft: Path, receipt: Path) -> None:
    again = run("cybertip", "submit", draft)
    assert again.exit_code == 2
    assert "was submitted before" in again.output
    assert len(service.reports) == 1


def test_a_lost_answer_leaves_a_receipt(service: CyberTipline, draft: Path) -> None:
    service.plays["/submit"].append("lost")
    answer = run("cybertip", "submit", draft)
    assert answer.exit_code == 2
    assert "Whether it was taken is not known" in answer.output
    receipt = draft.with_name("a.xml.receipt.json")
    assert load_receipt(receipt).state is State.UNKNOWN
    assert "was submitted before" in run("cybertip", "submit", draft).output
    assert "nor its number" in run("cybertip", "finish", receipt).output
    assert len(service.reports) == 1


def test_a_refusal_leaves_none(service: CyberTipline, draft: Path) -> None:
    service.plays["/submit"].append("code 3100")
    assert "may not submit" in run("cybertip", "submit", draft).output
    assert run("cybertip", "submit", draft).exit_code == 0


def test_a_file_that_did_not_arrive(service: CyberTipline, receipt: Path, tmp_path: Path) -> None:
    (tmp_path / "file.bin").write_bytes(b"made-up bytes")
    service.plays["/upload"].append("wrong md5")
    answer = run("cybertip", "upload", receipt, tmp_path / "file.bin")
    assert answer.exit_code == 2
    assert "received other bytes" in answer.output
    assert "may not have arrived as sent" in run("cybertip", "finish", receipt).output


def test_status(service: CyberTipline) -> None:
    answer = run("cybertip", "status")
    assert answer.exit_code == 0
    assert "takes the credentials" in answer.output
    service.xsd = b"<xs:schema/>"
    assert "is not the one known here" in run("cybertip", "status").output


def test_production_is_another_service(receipt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = run("cybertip", "finish", receipt, "--production")
    assert answer.exit_code == 2
    assert "THROWLINE_CYBERTIP_PRODUCTION_USER" in answer.output
    save_receipt(replace(load_receipt(receipt), service="production"), receipt)
    assert (
        "at the production service, not at the test one"
        in run("cybertip", "retract", receipt).output
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("submit", "none.xml"), "none.xml cannot be read"),
        (("upload", "none.json", "none.bin"), "none.json cannot be read"),
        (("draft", "none", "--esp", "none.toml", "--to", "a.xml"), "is no case folder"),
    ],
)
def test_refusals(service: CyberTipline, words: tuple[str, ...], says: str) -> None:
    answer = run("cybertip", *words)
    assert answer.exit_code == 2
    assert says in answer.output
    assert len(answer.output.splitlines()) == 1


def test_a_file_in_another_encoding(case: Path, tmp_path: Path) -> None:
    (tmp_path / "esp.toml").write_bytes('platform = "Plauderstübchen"'.encode("latin-1"))
    answer = run(
        "cybertip", "draft", case, "--esp", tmp_path / "esp.toml", "--to", tmp_path / "a.xml"
    )
    assert answer.exit_code == 2
    assert "is not UTF-8" in answer.output


def test_a_file_that_lacks_something_is_named(case: Path, tmp_path: Path) -> None:
    (tmp_path / "esp.toml").write_text("")
    answer = run(
        "cybertip", "draft", case, "--esp", tmp_path / "esp.toml", "--to", tmp_path / "a.xml"
    )
    assert answer.exit_code == 2
    assert "esp.toml: at the top: platform is missing." in answer.output


def test_every_option_says_what_it_is() -> None:
    for command in cybertip.commands.values():
        assert command.help
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help
