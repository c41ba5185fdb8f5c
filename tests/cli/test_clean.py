"""`throwline clean`: copies beside untouched originals, and a word on each."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.metadata.tiny import JPEG, PNG, chunk, segment, with_chunks, with_segments
from throwline.cli import main

TOLD = with_segments(
    JPEG, segment(0xFE, b"my flat"), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0")
)


def clean(*words: object) -> Result:
    return CliRunner().invoke(main, ["clean", *(str(word) for word in words)])


def test_a_copy_is_made_and_what_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "me.jpg").write_bytes(TOLD)
    (tmp_path / "IMG_20260117_231200.png").write_bytes(PNG)
    answer = clean(*tmp_path.iterdir(), "--to", tmp_path / "clean" / "here")
    assert answer.exit_code == 0, answer.output
    assert (tmp_path / "clean/here/me.jpg").read_bytes() == JPEG
    assert (tmp_path / "me.jpg").read_bytes() == TOLD
    assert (
        "no longer tells:\n  - captions, comments or keywords\n  - which programs" in answer.output
    )
    assert "IMG_20260117_231200.png is the same" in answer.output
    assert answer.output.count("Its name still tells the day") == 1


def test_nothing_is_overwritten_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(with_chunks(PNG, chunk(b"tEXt", b"x")))
    (tmp_path / "b.png").write_bytes(PNG)
    (tmp_path / "clip.mp4").write_bytes(b"\0\0\0\x18ftypisom" + bytes(8))
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean/a.png").write_bytes(b"mine")
    names = ("a.png", "clip.mp4", "missing.png", "b.png")
    answer = clean(*(tmp_path / name for name in names), "--to", tmp_path / "clean")
    assert answer.exit_code == 2
    assert "a.png exists already: name another place" in answer.output
    assert "clip.mp4 was left alone: it is a video" in answer.output
    assert "missing.png cannot be opened: No such file" in answer.output
    assert (tmp_path / "clean/a.png").read_bytes() == b"mine"
    assert sorted(p.name for p in (tmp_path / "clean").iterdir()) == ["a.png", "b.png"]


def test_the_folder_of_the_originals_is_no_place_for_copies(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(TOLD)
    answer = clean(tmp_path / "a.jpg", "--to", tmp_path)
    assert answer.exit_code == 2
    assert (tmp_path / "a.jpg").read_bytes() == TOLD


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "a.jpg").write_bytes(JPEG)
    answer = clean(tmp_path / "a.jpg", "--to", tmp_path / "file")
    assert answer.exit_code == 2
    assert "cannot be made" in answer.output


def test_a_file_larger_than_any_picture(tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(256 * 1024**2 + 1)
    answer = clean(tmp_path / "a.jpg", "--to", tmp_path / "clean")
    assert answer.exit_code == 2
    assert "more than a picture has" in answer.output


@pytest.mark.parametrize("name", ["VID-notadate-99999999.jpg", "2026.jpg", "120260117.jpg"])
def test_names_that_tell_no_day(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(JPEG)
    assert "Its name" not in clean(tmp_path / name, "--to", tmp_path / "clean").output
