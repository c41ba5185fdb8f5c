from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from throwline.cli import main
from throwline.site import SiteError, build


def test_it_is_the_same_every_time(site: Path, tmp_path: Path) -> None:
    build(tmp_path / "again")
    for file in site.rglob("*"):
        if file.is_file():
            assert (tmp_path / "again" / file.relative_to(site)).read_bytes() == file.read_bytes()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SiteError, match="is not an empty folder: name a new one"):
        build(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SiteError, match="is not an empty folder"):
        build(tmp_path / "file")
    with pytest.raises(SiteError, match="cannot be written"):
        build(tmp_path / "file" / "site")


def test_nothing_half_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("throwline.site._build.header_files", lambda: {"_headers": "x"})
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SiteError, match="No space left on device"):
        build(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_how_many_and_what_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["site", "build", str(tmp_path / "new")])
    assert result.exit_code == 0
    assert "216 pages are in" in result.output
    again = CliRunner().invoke(main, ["site", "build", str(tmp_path / "new")])
    assert again.exit_code == 2
    assert "name a new one" in again.output


def test_every_host_is_told_the_same(site: Path) -> None:
    lines = (site / "_headers").read_text().splitlines()
    assert lines[0] == "/*"
    headers = dict(line.strip().split(": ", 1) for line in lines[1:])
    caddy = (site / "hosting" / "Caddyfile").read_text()
    nginx = (site / "hosting" / "nginx.conf").read_text()
    for name, value in headers.items():
        assert f'{name} "{value}"' in caddy
        assert f'add_header {name} "{value}" always;' in nginx
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
