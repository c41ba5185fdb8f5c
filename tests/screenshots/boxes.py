"""Screens put together from boxes, as a recogniser and the pixels would give them: no picture is needed."""

from __future__ import annotations

from dataclasses import dataclass, field

from throwline.conversation import Conversation, Hints, Message, Rectangle, Source
from throwline.screenshots import Box, Colour, Screen, conversation_of

WIDTH, HEIGHT = 1000, 2000
PAGE = Colour(255, 255, 255)
INK = Colour(0, 0, 0)
FAINT = Colour(120, 120, 120)
OWN, OTHER = Colour(0, 122, 255), Colour(233, 233, 235)
RED, BLUE = Colour(240, 60, 90), Colour(14, 160, 230)
LETTER, LINE = 18, 40
"""Pixels: as wide as a letter, and as high as a line, in these screens."""


@dataclass
class Stage:
    """A screen being filled from top to bottom."""

    name: str = "a.png"
    y: int = 300
    boxes: list[Box] = field(default_factory=list)
    pictures: list[Rectangle] = field(default_factory=list)
    wordless: list[tuple[Rectangle, Colour]] = field(default_factory=list)

    def line(
        self,
        text: str,
        left: int,
        top: int,
        *,
        fill: Colour = PAGE,
        ink: Colour = INK,
        bubble: Rectangle | None = None,
        bar: Colour | None = None,
        confidence: float = 0.99,
    ) -> Rectangle:
        area = Rectangle(left, top, left + LETTER * len(text), top + LINE)
        self.boxes.append(Box(text, confidence, area, fill, ink, bubble, bar))
        return area

    def header(self, title: str = "Dana") -> Stage:
        self.line("9:41", 40, 10)
        self.line("84%", 900, 10)
        self.boxes.append(Box("<", 0.9, Rectangle(30, 110, 48, 150), PAGE, INK))
        self.boxes.append(
            Box(title, 0.99, Rectangle(200, 95, 200 + 24 * len(title), 150), PAGE, INK)
        )
        self.boxes.append(Box("online", 0.99, Rectangle(200, 160, 300, 190), PAGE, FAINT))
        return self

    def field_(self, text: str = "Message") -> Stage:
        bubble = Rectangle(30, 1880, 830, 1960)
        self.line(text, 120, 1900, fill=Colour(240, 240, 240), ink=FAINT, bubble=bubble)
        return self

    def says(
        self,
        *lines: str,
        own: bool = False,
        time: str | None = None,
        name: str | None = None,
        quote: tuple[str, ...] = (),
        gap: int = 20,
    ) -> Stage:
        """A bubble."""
        fill = OWN if own else OTHER
        rows = [*([name] if name else []), *quote, *lines]
        wide = max(LETTER * len(row) for row in [*rows, time or ""]) + 60
        left = WIDTH - 30 - wide if own else 30
        high = LINE * (len(rows) + (time is not None)) + 30
        bubble = Rectangle(left, self.y, left + wide, self.y + high)
        for number, row in enumerate(rows):
            ink = RED if row == name else INK
            bar = BLUE if row in quote else None
            self.line(
                row,
                left + 30,
                self.y + 15 + LINE * number,
                fill=fill,
                ink=ink,
                bubble=bubble,
                bar=bar,
            )
        if time:
            stamp = left + wide - 20 - LETTER * len(time)
            self.line(time, stamp, self.y + high - LINE - 5, fill=fill, ink=FAINT, bubble=bubble)
        self.y += high + gap
        return self

    def middle(self, text: str) -> Stage:
        """A line that the app wrote."""
        self.line(text, (WIDTH - LETTER * len(text)) // 2, self.y, ink=FAINT)
        self.y += LINE + 30
        return self

    def at_left(self, text: str, left: int = 50) -> Stage:
        self.line(text, left, self.y, ink=FAINT)
        self.y += LINE
        return self

    def at_right(self, text: str) -> Stage:
        self.line(text, WIDTH - 40 - LETTER * len(text), self.y, ink=FAINT)
        self.y += LINE + 10
        return self

    def picture(self, *, own: bool = False, high: int = 400, time: str | None = None) -> Stage:
        left = 470 if own else 30
        area = Rectangle(left, self.y, left + 500, self.y + high)
        self.pictures.append(area)
        if time:
            self.line(time, area.right - 120, area.bottom - 50, fill=FAINT, ink=PAGE)
        self.y += high + 20
        return self

    def labelled(self, name: str | None, colour: Colour, *lines: str) -> Stage:
        """A message of an app without bubbles, under a name or under the one before."""
        if name:
            self.line(name, 40, self.y, ink=colour)
            self.y += LINE + 4
        for line in lines:
            self.line(line, 70, self.y, bar=colour)
            self.y += LINE + 6
        self.y += 24
        return self

    def scrolled(self, name: str, by: int) -> Stage:
        """The screen after the page went up `by` pixels: what is then under the header is gone."""
        after = Stage(name, self.y - by, [])
        for box in self.boxes:
            if box.rectangle.top - by > 200:
                moved = [None if a is None else a._replace(top=a.top - by, bottom=a.bottom - by)
                         for a in (box.rectangle, box.bubble)]  # fmt: skip
                assert moved[0] is not None
                after.boxes.append(
                    Box(box.text, box.confidence, moved[0], box.fill, box.ink, moved[1], box.bar)
                )
        return after

    def screen(self) -> Screen:
        boxes = sorted(self.boxes, key=lambda box: (box.rectangle.top, box.rectangle.left))
        source = Source(self.name, self.name[0] * 64)
        pictures, wordless = tuple(self.pictures), tuple(self.wordless)
        return Screen(source, WIDTH, HEIGHT, PAGE, tuple(boxes), (0, HEIGHT), pictures, wordless)


def read(*stages: Stage, hints: Hints | None = None) -> Conversation:
    return conversation_of([stage.screen() for stage in stages], hints or Hints())


def said(conversation: Conversation) -> list[tuple[str | None, str]]:
    """Who said what, in order; notices by nobody."""
    return [(name_of(m), m.text) for m in conversation.messages]


def name_of(message: Message) -> str | None:
    return message.sender.name if message.sender else None
