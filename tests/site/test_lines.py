"""Where the page finds lines of text on a screenshot, in Node: drawings of a few bubbles, made here."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.screenshots.drawing import missing_fonts
from tests.screenshots.drawing._pen import Pen
from tests.screenshots.drawing._style import ROBOTO

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="there is no node"),
    pytest.mark.skipif(bool(missing_fonts()), reason="fonts are missing"),
]

WIDTH, HEIGHT = 720, 1000
WHITE, BLACK, BLUE = (255, 255, 255), (0, 0, 0), (0, 122, 255)
BUBBLE = (300, 400, 700, 470)
SIZE = 30


@dataclass(frozen=True)
class Found:
    """A line: its area, as left, top, right, bottom, and how many letters it has, and how many of them two dots."""

    area: tuple[int, int, int, int]
    letters: int
    dotted: int


@pytest.fixture
def found(tmp_path: Path) -> Callable[[Image.Image], list[Found]]:
    scripts = tmp_path / "scripts"
    with_scripts = files("throwline.site") / "assets" / "engine"
    shutil.copytree(Path(str(with_scripts)), scripts)
    (scripts / "package.json").write_text('{"type": "module"}')

    def lines(picture: Image.Image) -> list[Found]:
        pixels = tmp_path / "pixels"
        pixels.write_bytes(picture.convert("RGBA").tobytes())
        size = map(str, picture.size)
        command = ["node", Path(__file__).with_name("lines.mjs"), scripts, pixels, *size]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        order = ("left", "top", "right", "bottom")
        return [
            Found(tuple(one["area"][side] for side in order), one["letters"], one["dotted"])
            for one in told
        ]

    return lines


def page(bubble: tuple[int, int, int] = BLUE) -> tuple[Image.Image, Pen]:
    """A white page with a bubble on it."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), WHITE)
    ImageDraw.Draw(picture).rounded_rectangle(BUBBLE, 30, fill=bubble)
    return picture, Pen(picture, 1, ROBOTO)


def test_letters_in_the_colour_of_the_page_are_found_in_their_bubble(
    found: Callable[[Image.Image], list[Found]],
) -> None:
    picture, pen = page()
    pen.text(330, 435, "who is this??", SIZE, WHITE)
    (line,) = found(picture)
    left, top, right, bottom = line.area
    assert BUBBLE[0] < left < 330 < 330 + pen.length("who is this??", SIZE) - 3 < right < BUBBLE[2]
    assert BUBBLE[1] <= top < 435 < bottom <= BUBBLE[3]
    assert line.letters == len("whoisthis??")


def test_a_time_beside_a_message_is_a_line_of_its_own(
    found: Callable[[Image.Image], list[Found]],
) -> None:
    picture, pen = page()
    pen.text(330, 430, "ok then", SIZE, WHITE)
    pen.text(600, 445, "9:41", 20, WHITE)
    assert [line.letters for line in found(picture)] == [6, 4]


def test_dots_over_letters_are_counted_and_accents_are_none(
    found: Callable[[Image.Image], list[Found]],
) -> None:
    picture, pen = page()
    pen.text(330, 435, "Jördis Tomás äü", SIZE, WHITE)
    (line,) = found(picture)
    assert line.dotted == 3


@pytest.mark.parametrize("emoji", ["😂", "😅", "🙏", "🔥"])
def test_an_emoji_is_no_letter(found: Callable[[Image.Image], list[Found]], emoji: str) -> None:
    picture, pen = page((239, 239, 239))
    pen.text(330, 435, f"sure {emoji}", SIZE, BLACK)
    assert [line.letters for line in found(picture)] == [4]
    picture, pen = page((239, 239, 239))
    pen.text(330, 435, emoji, SIZE, BLACK)
    assert found(picture) == []


def test_white_letters_in_a_vivid_bubble_of_a_jpeg_are_no_emoji(
    found: Callable[[Image.Image], list[Found]],
) -> None:
    picture, pen = page()
    pen.text(330, 435, "M W B W m", SIZE, WHITE)
    stored = BytesIO()
    picture.save(stored, "JPEG", quality=75)
    (line,) = found(Image.open(stored))
    assert line.letters == len("MWBWm")


def test_lines_of_one_size_have_areas_of_one_height_whatever_their_letters(
    found: Callable[[Image.Image], list[Found]],
) -> None:
    picture = Image.new("RGB", (WIDTH, HEIGHT), WHITE)
    pen = Pen(picture, 1, ROBOTO)
    for row, text in enumerate(("Pay to", "anyone now", "gypsum age", "11 hours left")):
        pen.text(60, 300 + 42 * row, text, SIZE, BLACK)
    areas = [line.area for line in found(picture)]
    middles = [(top + bottom) / 2 for _, top, _, bottom in areas]
    assert len(areas) == 4
    assert all(abs(b - a - 42) <= 2 for a, b in pairwise(middles))


def test_a_line_that_the_header_cuts_is_left_out(
    found: Callable[[Image.Image], list[Found]],
) -> None:
    picture = Image.new("RGB", (WIDTH, HEIGHT), WHITE)
    pen = Pen(picture, 1, ROBOTO)
    pen.text(60, 200, "half of this is hidden", SIZE, BLACK)
    pen.text(60, 260, "this is not", SIZE, BLACK)
    pen.draw.rectangle((0, 0, WIDTH, 200), fill=(0, 128, 105))
    (line,) = found(picture)
    assert line.letters == len("thisisnot")
