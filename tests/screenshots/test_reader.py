"""Screenshots from files to a case, with a real recogniser: drawn ones, in the formats that phones make."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path

import pytest

np = pytest.importorskip("numpy", exc_type=ImportError)
Image = pytest.importorskip("PIL.Image", exc_type=ImportError)
pytest.importorskip("rapidocr", reason="the packages of throwline[screenshots] are not installed")

from click.testing import CliRunner  # noqa: E402

from tests.screenshots.drawing import APPS, LANGUAGES, Drawn, drawn, missing_fonts, scored  # noqa: E402
from throwline import screenshot_reader  # noqa: E402
from throwline.cli import main  # noqa: E402
from throwline.conversation import Hints, Intake, Medium, ReadError  # noqa: E402
from throwline.screenshot_reader import read_screenshots  # noqa: E402
from throwline.screenshot_reader._emoji import without_emoji  # noqa: E402
from throwline.screenshot_reader._recogniser import _bands  # noqa: E402

pytestmark = [
    pytest.mark.native,
    pytest.mark.skipif(bool(missing_fonts()), reason=f"fonts are missing: {missing_fonts()[:1]}"),
]


def files(drawing: Drawn, folder: Path, ending: str = "png") -> list[Path]:
    paths = [folder / f"screen {number}.{ending}" for number in range(len(drawing.screens))]
    for path, picture in zip(paths, drawing.screens, strict=True):
        picture.save(path)
    return paths


def intake(*paths: Path) -> Intake:
    return read_screenshots(paths, Hints())


@pytest.fixture(scope="module")
def small() -> Drawn:
    """One screen with a picture on it."""
    return drawn("telegram", dark=True, width=540, language="fr", part="tuning", seed=0, screens=1)


@pytest.mark.parametrize("app", APPS)
def test_each_app_is_read(app: str, tmp_path: Path) -> None:
    """A small part of the measurement in benchmarks/_screenshots.py."""
    number = list(APPS).index(app)
    drawing = drawn(
        app, dark=number % 2 == 1, width=720, language=LANGUAGES[number % 5], part="tuning", seed=number, screens=2
    )  # fmt: skip
    shown = intake(*files(drawing, tmp_path)).conversations[0]
    last = min(len(drawing.lines), len(shown.messages) + 1)
    score = scored(drawing, shown)
    assert shown.title == drawing.title
    assert score.right >= 0.9 * last
    assert score.invented <= 1


@pytest.mark.parametrize("ending", ["jpg", "heic", "webp"])
def test_the_formats_that_phones_make(ending: str, small: Drawn, tmp_path: Path) -> None:
    if ending == "heic":
        pytest.importorskip("pillow_heif").register_heif_opener()
    chat = intake(*files(small, tmp_path, ending)).conversations[0]
    assert chat.messages[0].text == small.lines[0].text


def test_a_case_holds_the_text_and_no_picture(small: Drawn, tmp_path: Path) -> None:
    (path,) = files(small, tmp_path)
    case = tmp_path / "case"
    run = CliRunner().invoke(main, ["open", "--screenshots", str(path), "--to", str(case)])
    assert run.exit_code == 0, run.output
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    told = json.loads((case / "case.json").read_text("utf-8"))
    assert told["media"] == [
        {"name": path.name, "size": path.stat().st_size, "sha256": digest, "medium": "image"}
    ]
    assert told["conversations"][0]["sources"][0]["sha256"] == digest
    for file in case.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert b"\x89PNG" not in content
        assert b"IDAT" not in content
        assert b"base64" not in content


def test_without_the_option_a_picture_is_never_opened(small: Drawn, tmp_path: Path) -> None:
    (path,) = files(small, tmp_path)
    run = CliRunner().invoke(main, ["open", str(path), "--to", str(tmp_path / "case")])
    assert run.exit_code == 2
    assert not (tmp_path / "case").exists()


def test_one_that_cannot_be_read_is_listed_and_the_others_are_read(
    small: Drawn, tmp_path: Path
) -> None:
    (path,) = files(small, tmp_path)
    half = tmp_path / "half.png"
    half.write_bytes(path.read_bytes()[:3000])
    found = intake(path, half, tmp_path / "missing.png")
    assert len(found.conversations[0].messages) > 3
    assert [refused.name for refused in found.refused] == [str(half), str(tmp_path / "missing.png")]
    assert [file.medium for file in found.media] == [Medium.IMAGE]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"12/3/24, 9:05 - Dana: hello", "no picture that can be read"),
        (b"\x00\x00\x00\x18ftypmp42", "is a video"),
        (b"\x89PNG\r\n\x1a\n", "no picture|damaged"),
    ],
)
def test_what_is_no_screenshot_is_refused_in_a_sentence(
    content: bytes, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "given.png"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=says):
        intake(path)


def test_a_picture_without_text_is_no_chat(tmp_path: Path) -> None:
    path = tmp_path / "plain.png"
    Image.new("RGB", (300, 500), (200, 30, 30)).save(path)
    with pytest.raises(ReadError, match=r"No message was found on plain\.png"):
        intake(path)


def test_without_the_packages_it_says_what_to_install(
    small: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "throwline.screenshot_reader._recogniser", None)
    with pytest.raises(ReadError, match=r"pip install throwline\[screenshots\]"):
        intake(*files(small, tmp_path))


def test_heic_without_its_package_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshot_reader, "_knows_heif", lambda: False)
    path = tmp_path / "screen.heic"
    path.write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(40))
    with pytest.raises(ReadError, match="save it as PNG or JPEG"):
        intake(path)


def test_a_scrolling_screenshot_is_cut_where_nothing_is_written() -> None:
    pixels = np.full((4000, 300, 3), 255, np.uint8)
    pixels[:, ::7] = 0
    quiet = [500, 1050, 1600, 2100, 2700, 3300]
    pixels[quiet] = 255
    bands = list(_bands(pixels))
    assert bands[0].start == 0
    assert bands[-1].stop == 4000
    assert [band.stop for band in bands[:-1]] == [band.start for band in bands[1:]]
    assert {band.stop for band in bands[:-1]} <= set(quiet)


def test_emoji_are_painted_over_and_letters_are_not() -> None:
    line = np.full((40, 400, 3), 255, np.uint8)
    for x in range(10, 300, 12):
        line[8:32, x : x + 3] = 0
    assert without_emoji(line) is line
    with_emoji = line.copy()
    with_emoji[6:34, 320:350] = (251, 195, 30)
    with_emoji[14:20, 326:344] = (90, 50, 20)
    clean = without_emoji(with_emoji)
    assert clean is not None
    assert np.abs(clean.astype(int) - line).max() < 30
    assert without_emoji(with_emoji[:, 312:358]) is None


def test_a_transparent_screenshot_is_read_as_it_looks(small: Drawn, tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    buffer = io.BytesIO()
    small.screens[0].convert("RGBA").save(buffer, "PNG")
    path.write_bytes(buffer.getvalue())
    assert intake(path).conversations[0].messages[0].text == small.lines[0].text
