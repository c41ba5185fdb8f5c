"""What is seen around a line of text: the bubble, its colour, a bar, pictures, where the conversation begins."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throwline.conversation import Rectangle, Source
from throwline.screenshots import Colour, Pixels, Screen, Text, blanked, screen_of

PAGE = Colour(255, 255, 255)
OTHER, OWN = Colour(233, 233, 235), Colour(0, 122, 255)
BLACK, BLUE, GREEN = Colour(0, 0, 0), Colour(14, 160, 230), Colour(0, 128, 105)
WIDTH, HEIGHT = 400, 800


@dataclass
class Canvas:
    """Pixels to paint on; text is a row of thin strokes."""

    page: Colour = PAGE
    rgb: bytearray = field(default_factory=bytearray)
    texts: list[Text] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rgb = bytearray(bytes(self.page) * (WIDTH * HEIGHT))

    def fill(self, area: Rectangle, colour: Colour) -> Canvas:
        row = bytes(colour) * (area.right - area.left)
        for y in range(area.top, area.bottom):
            start = 3 * (y * WIDTH + area.left)
            self.rgb[start : start + len(row)] = row
        return self

    def write(self, left: int, top: int, length: int = 100, ink: Colour = BLACK) -> Canvas:
        for x in range(left + 2, left + length, 6):
            self.fill(Rectangle(x, top + 4, x + 1, top + 12), ink)
        self.texts.append(Text("hello", 0.9, Rectangle(left, top, left + length, top + 16)))
        return self

    def screen(self) -> Screen:
        return screen_of(self.pixels(), self.texts, Source("a.png", "0" * 64))

    def pixels(self) -> Pixels:
        return Pixels(WIDTH, HEIGHT, bytes(self.rgb))


def near(found: Rectangle | None, drawn: Rectangle) -> bool:
    return found is not None and all(abs(a - b) <= 2 for a, b in zip(found, drawn, strict=True))


@pytest.mark.parametrize(("fill", "ink"), [(OTHER, BLACK), (OWN, PAGE)])
def test_a_bubble_is_found_by_its_colour(fill: Colour, ink: Colour) -> None:
    bubble = Rectangle(20, 300, 160, 340)
    (box,) = Canvas().fill(bubble, fill).write(32, 312, ink=ink).screen().boxes
    assert near(box.bubble, bubble)
    assert (box.fill, box.ink) == (fill, ink)


def test_two_bubbles_close_to_each_other_are_two() -> None:
    first, second = Rectangle(20, 300, 160, 340), Rectangle(20, 344, 160, 384)
    canvas = Canvas().fill(first, OTHER).write(32, 312).fill(second, OTHER).write(32, 356)
    found = [box.bubble for box in canvas.screen().boxes]
    assert [near(*pair) for pair in zip(found, (first, second), strict=True)] == [True, True]


def test_text_on_the_page_has_no_bubble() -> None:
    (box,) = Canvas().write(150, 300).screen().boxes
    assert (box.bubble, box.fill) == (None, PAGE)


def test_an_emoji_beside_the_text_does_not_end_the_bubble() -> None:
    bubble = Rectangle(20, 300, 200, 340)
    canvas = Canvas().fill(bubble, OTHER).write(32, 312)
    canvas.fill(Rectangle(138, 312, 154, 328), Colour(250, 200, 60))
    (box,) = canvas.screen().boxes
    assert near(box.bubble, bubble)


def test_a_bubble_that_changes_its_colour_slowly_is_one() -> None:
    canvas = Canvas()
    for y in range(300, 380):
        shade = Colour(120 + (y - 300) // 2, 60, 240)
        canvas.fill(Rectangle(220, y, 380, y + 1), shade)
    (box,) = canvas.write(232, 312, ink=PAGE).screen().boxes
    assert near(box.bubble, Rectangle(220, 300, 380, 380))


def test_a_bar_before_the_text() -> None:
    canvas = Canvas().fill(Rectangle(20, 300, 23, 324), BLUE).write(30, 304)
    assert [box.bar for box in canvas.screen().boxes] == [BLUE]


def test_a_bar_before_a_quotation_in_a_bubble_and_none_before_the_answer() -> None:
    canvas = (
        Canvas().fill(Rectangle(20, 300, 200, 380), OTHER).fill(Rectangle(28, 306, 31, 344), BLUE)
    )
    canvas.write(36, 308).write(36, 326).write(32, 356)
    assert [box.bar for box in canvas.screen().boxes] == [BLUE, BLUE, None]


def test_the_header_ends_where_its_colour_does() -> None:
    canvas = (
        Canvas()
        .fill(Rectangle(0, 0, WIDTH, 90), GREEN)
        .fill(Rectangle(0, 740, WIDTH, HEIGHT), OTHER)
    )
    assert canvas.screen().view == (90, 740)


def test_a_flat_picture_is_found_and_its_text_is_none_of_a_bubble() -> None:
    canvas = Canvas().fill(Rectangle(200, 300, 380, 500), Colour(150, 155, 160)).write(240, 380)
    (found,) = canvas.screen().pictures
    assert near(found, Rectangle(200, 300, 380, 500))


def test_a_restless_picture_is_found() -> None:
    canvas = Canvas()
    for x in range(20, 200, 10):
        for y in range(300, 500, 10):
            colour = Colour((x * 7) % 200, (y * 5) % 200, (x * y) % 200)
            canvas.fill(Rectangle(x, y, x + 10, y + 10), colour)
    (found,) = canvas.write(60, 400, ink=PAGE).screen().pictures
    assert all(abs(a - b) <= 10 for a, b in zip(found, (20, 300, 200, 500), strict=True))


def test_bubbles_are_no_pictures_and_one_without_words_is_told_apart() -> None:
    canvas = Canvas().fill(Rectangle(20, 300, 160, 340), OTHER).write(32, 312)
    canvas.fill(Rectangle(20, 360, 90, 400), OTHER)
    screen = canvas.screen()
    assert screen.pictures == ()
    ((area, fill),) = screen.wordless
    assert fill == OTHER
    assert all(abs(a - b) <= 5 for a, b in zip(area, (20, 360, 90, 400), strict=True))


def test_blanked_areas_show_nothing_any_more() -> None:
    pixels = Canvas().fill(Rectangle(20, 300, 200, 500), BLUE).pixels()
    clean = blanked(pixels, [Rectangle(20, 300, 200, 500)])
    assert bytes(BLUE) not in clean.rgb
    assert clean.at(100, 400) == (128, 128, 128)
    assert clean.at(300, 400) == PAGE


def test_pixels_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="5 bytes are not 2 x 1 pixels"):
        Pixels(2, 1, b"12345")


AREAS = st.builds(
    lambda left, top, wide, high: Rectangle(left, top, left + wide, top + high),
    st.integers(0, 30), st.integers(0, 50), st.integers(1, 30), st.integers(1, 20),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.integers(), st.lists(AREAS, max_size=4), st.integers(1, 5))
def test_no_pixels_are_too_strange(seed: int, areas: list[Rectangle], shades: int) -> None:
    levels = random.Random(seed).choices(range(0, 256, 255 // shades), k=40 * 60 * 3)
    texts = [Text("x", 0.9, area) for area in areas]
    screen = screen_of(Pixels(40, 60, bytes(levels)), texts, Source("a.png", "0" * 64))
    assert len(screen.boxes) == len(areas)
