"""From a conversation to its screenshots: laid out once as one long page, then looked at through the screen."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from tests.screenshots.drawing import _words
from tests.screenshots.drawing._pen import Pen
from tests.screenshots.drawing._style import APPS, BLACK, NAME_INKS, WHITE, Colour, Colours, Style
from tests.screenshots.drawing._talk import ME, Line, Talk, talk

_DP = 392
"""The width of every screen."""
_GREY = (150, 155, 160)


@dataclass(frozen=True)
class Drawn:
    """Screenshots in order, and what they show. `times` are the clock times drawn, as they stand there, or None."""

    screens: list[Image.Image]
    title: str
    is_group: bool
    lines: tuple[Line, ...]
    times: tuple[str | None, ...]


Paint = Callable[[Pen, float], None]


@dataclass
class _Placed:
    """Something on the long page: `top` and `height` in pixels; `paint` is given the screen's place on the page."""

    top: float
    height: float
    paint: Paint


@dataclass
class _Page:
    style: Style
    colours: Colours
    language: str
    pen: Pen
    width: int
    view: tuple[float, float] = (0, 0)
    y: float = 0
    placed: list[_Placed] = field(default_factory=list)
    times: list[str | None] = field(default_factory=list)

    def add(self, height: float, paint: Paint, gap: float = 0) -> None:
        self.placed.append(_Placed(self.y, height, paint))
        self.y += height + gap

    def dp(self, length: float) -> float:
        return length * self.pen.dp


def drawn(
    app: str, *, dark: bool, width: int, language: str, part: str, seed: int, screens: int = 3
) -> Drawn:
    """Draw a conversation of `part` of talk.toml as `app` shows it, on at most so many screens `width` pixels wide."""
    chance = random.Random(f"{app} {dark} {width} {language} {part} {seed}")
    style = APPS[app]
    told = talk(language, part, chance)
    colours = style.dark if dark else style.light
    height = round(width * chance.choice((1.9, 2.05, 2.17)))
    pen = Pen(
        Image.new("RGB", (8, 8)),
        width / _DP * chance.uniform(0.94, 1.06),
        chance.choice(style.fonts),
    )
    page = _Page(style, colours, language, pen, width)
    top, bottom = _bars(style, pen)
    page.view = (top, height - bottom)
    _lay_out(page, told, chance)
    pictures = [
        _screen(page, told, offset, height, chance) for offset in _offsets(page, screens, chance)
    ]
    return Drawn(pictures, told.title, told.is_group, told.lines, tuple(page.times))


def _bars(style: Style, pen: Pen) -> tuple[float, float]:
    """How high the app's frame is, above and below."""
    return (24 + (92 if style.name == "imessage" else 56)) * pen.dp, 62 * pen.dp


def _offsets(page: _Page, screens: int, chance: random.Random) -> Iterator[float]:
    """Where the screen stands on the page: overlapping, the last one at the end."""
    top, bottom = page.view
    shown = bottom - top
    last = page.y - shown
    offset = 0.0
    for _ in range(screens - 1):
        if offset >= last:
            break
        yield offset
        offset += shown * chance.uniform(0.5, 0.75)
    yield max(0.0, min(offset, last))


# -- the page ----------------------------------------------------------------------------------------------------------


def _lay_out(page: _Page, told: Talk, chance: random.Random) -> None:
    page.y += page.dp(10)
    if page.style.stamp and chance.random() < 0.5:
        _chip(page, _words.ENCRYPTED[page.language])
    previous: Line | None = None
    for number, line in enumerate(told.lines):
        new_day = previous is None or line.at.date() != previous.at.date()
        if new_day:
            _day(page, line, chance)
        starts = new_day or previous is None or previous.sender != line.sender
        following = told.lines[number + 1] if number + 1 < len(told.lines) else None
        ends = following is None or following.sender != line.sender
        if previous is not None and not new_day:
            page.y += page.dp(10 if starts else 2.5)
        if page.style.labels:
            _labelled(page, line, starts=starts, chance=chance)
        else:
            _bubble(page, line, told, starts=starts, ends=ends, chance=chance)
        previous = line
    if page.style.seen and previous is not None and previous.sender == ME:
        _seen(page, chance)
    page.y += page.dp(12)


def _day(page: _Page, line: Line, chance: random.Random) -> None:
    style, language = page.style, page.language
    day = chance.choice(
        (_words.TODAY[language], _words.YESTERDAY[language], _words.date(line.at, language))
    )
    if style.stamp:
        _chip(page, day)
        return
    if not style.labels:
        day = (
            f"{day}, {_words.clock(line.at, language)}"
            if "20" in day
            else f"{day} {_words.clock(line.at, language)}"
        )
    size = 11.5 if style.name == "imessage" else 12.5
    text = day.upper() if style.labels else day

    def paint(pen: Pen, y: float) -> None:
        pen.text(
            page.width / 2,
            y + pen.dp * 17,
            text,
            size,
            page.colours.faint,
            bold=style.labels,
            anchor="m",
        )

    page.add(page.dp(34), paint, page.dp(2))


def _chip(page: _Page, text: str) -> None:
    """A centred pill with words of the app."""
    pen, size = page.pen, 12.5
    lines = pen.wrapped(text, size, page.width * 0.72)
    width = max(pen.length(line, size) for line in lines) + page.dp(24)
    height = page.dp(10 + 16 * len(lines))

    def paint(pen: Pen, y: float) -> None:
        middle = page.width / 2
        if page.colours.pill:
            pen.slab((middle - width / 2, y, middle + width / 2, y + height), page.colours.pill, 8)
        for number, line in enumerate(lines):
            ink = page.colours.pill_ink or page.colours.faint
            pen.text(middle, y + pen.dp * (13 + 16 * number), line, size, ink, anchor="m")

    page.add(height, paint, page.dp(8))


def _seen(page: _Page, chance: random.Random) -> None:
    words = (
        _words.DELIVERED if page.style.name == "imessage" and chance.random() < 0.6 else _words.SEEN
    )

    def paint(pen: Pen, y: float) -> None:
        x = page.width - pen.dp * 18
        pen.text(x, y + pen.dp * 9, words[page.language], 11.5, page.colours.faint, anchor="r")

    page.add(page.dp(18), paint)


@dataclass
class _Shape:
    """A bubble measured: all in pixels."""

    lines: list[str]
    line_height: float
    left: float
    width: float
    height: float
    pad: float
    stamp_inline: bool
    quote: str | None


def _bubble(
    page: _Page, line: Line, told: Talk, *, starts: bool, ends: bool, chance: random.Random
) -> None:
    style = page.style
    mine = line.sender == ME
    stamp = _words.clock(line.at, page.language) if style.stamp else None
    page.times.append(stamp)
    name = line.sender if told.is_group and not mine and starts else None
    if name and style.names == "above":
        _name_above(page, name)
        name = None
    if line.text is None:
        _photo(page, mine=mine, stamp=stamp, name=name, chance=chance)
        return
    shape = _measured(page, line, mine=mine, stamp=stamp, name=name)
    fill = page.colours.own[0] if mine else page.colours.other
    reaction = chance.random() < 0.06
    name_ink = _name_ink(line.sender)
    body = page.colours.own_ink if mine else page.colours.ink
    ticks = chance.choice(((83, 189, 235), page.colours.faint))

    def paint(pen: Pen, y: float) -> None:
        box = (shape.left, y, shape.left + shape.width, y + shape.height)
        _fill(pen, box, page.colours.own if mine else (fill,), style.radius, page.view)
        if ends and (style.stamp or style.name == "imessage"):
            _tail(pen, box, fill if len(page.colours.own) == 1 or not mine else None, mine=mine)
        x = shape.left + shape.pad
        at = y + pen.dp * 7
        if name:
            pen.text(x, at + pen.dp * 8, name, 13.5, name_ink, bold=True)
            at += pen.dp * 19
        if shape.quote:
            _quote(pen, page, shape, at, fill, told.title)
            at += pen.dp * 46
        for number, text in enumerate(shape.lines):
            pen.text(x, at + shape.line_height * (number + 0.5), text, style.text, body)
        if stamp:
            _stamp(pen, page, box, stamp, ticks if mine else None)
        if reaction:
            middle = shape.left + (pen.dp * 22 if not mine else shape.width - pen.dp * 22)
            pen.slab((middle - pen.dp * 14, box[3] - pen.dp * 5, middle + pen.dp * 14, box[3] + pen.dp * 15),
                     page.colours.field, 10)  # fmt: skip
            pen.text(middle, box[3] + pen.dp * 5, "👍", 12, BLACK, anchor="m")
        if style.avatars and not mine and ends:
            _avatar(pen, shape.left - pen.dp * 20, box[3] - pen.dp * 15, line.sender)

    page.add(shape.height + (page.dp(12) if reaction else 0), paint)


def _measured(
    page: _Page, line: Line, *, mine: bool, stamp: str | None, name: str | None
) -> _Shape:
    style, pen = page.style, page.pen
    assert line.text is not None
    pad = page.dp(9 if style.stamp else 13)
    lines = pen.wrapped(line.text, style.text, page.width * style.widest - 2 * pad)
    line_height = page.dp(style.text * 1.33)
    text_width = max(pen.length(text, style.text) for text in lines)
    stamp_width = pen.length(stamp, 11.5) + page.dp(30 if mine else 10) if stamp else 0
    last = pen.length(lines[-1], style.text)
    inline = last + stamp_width <= page.width * style.widest - 2 * pad
    width = max(text_width, last + stamp_width if inline else stamp_width)
    height = page.dp(14) + line_height * len(lines)
    if stamp and not inline:
        height += page.dp(14)
    if name:
        width = max(width, pen.length(name, 13.5, bold=True))
        height += page.dp(19)
    quote = line.quotes.replace("\n", " ") if line.quotes and style.stamp else None
    if quote:
        width = max(width, min(pen.length(quote, 13.5) + page.dp(18), page.width * 0.6))
        height += page.dp(46)
    width += 2 * pad
    margin = page.dp(46 if style.avatars and not mine else 12)
    left = page.width - margin - width if mine else margin
    return _Shape(lines, line_height, left, width, height, pad, inline, quote)


def _fill(
    pen: Pen,
    box: tuple[float, ...],
    colours: tuple[Colour, ...],
    radius: float,
    view: tuple[float, float],
) -> None:
    x0, y0, x1, y1 = (round(v) for v in box)
    if len(colours) == 1:
        pen.slab((x0, y0, x1, y1), colours[0], radius)
        return
    mask = Image.new("L", (x1 - x0, y1 - y0))
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, x1 - x0 - 1, y1 - y0 - 1), radius * pen.dp, fill=255
    )
    shade = Image.new("RGB", (1, y1 - y0))
    for y in range(y1 - y0):
        part = min(1.0, max(0.0, (y0 + y - view[0]) / (view[1] - view[0])))
        shade.putpixel((0, y), _mixed(colours[0], colours[1], part))
    pen.picture.paste(shade.resize(mask.size), (x0, y0), mask)


def _mixed(first: Colour, second: Colour, part: float) -> Colour:
    r, g, b = (round(a + (z - a) * part) for a, z in zip(first, second, strict=True))
    return r, g, b


def _tail(
    pen: Pen, box: tuple[float, float, float, float], fill: Colour | None, *, mine: bool
) -> None:
    if fill is None:
        return
    left, _, right, bottom = box
    x, out = (right, 1) if mine else (left, -1)
    pen.draw.polygon(
        [
            (x - out * pen.dp * 10, bottom),
            (x + out * pen.dp * 6, bottom),
            (x, bottom - pen.dp * 12),
        ],
        fill=fill,
    )


def _quote(pen: Pen, page: _Page, shape: _Shape, y: float, fill: Colour, title: str) -> None:
    inner = _mixed(fill, BLACK if sum(fill) > 380 else WHITE, 0.06)
    left, right = shape.left + pen.dp * 5, shape.left + shape.width - pen.dp * 5
    pen.slab((left, y, right, y + pen.dp * 42), inner, 5)
    pen.draw.rectangle(
        (left, y + pen.dp * 2, left + pen.dp * 3, y + pen.dp * 40), fill=page.colours.accent
    )
    pen.text(left + pen.dp * 10, y + pen.dp * 12, title, 12.5, page.colours.accent, bold=True)
    quoted = shape.quote or ""
    while pen.length(quoted, 13.5) > right - left - pen.dp * 20:
        quoted = quoted.rstrip("…")[:-1] + "…"
    pen.text(left + pen.dp * 10, y + pen.dp * 30, quoted, 13.5, page.colours.faint)


def _stamp(
    pen: Pen, page: _Page, box: tuple[float, float, float, float], stamp: str, ticks: Colour | None
) -> None:
    x, y = box[2] - pen.dp * 9, box[3] - pen.dp * 11
    if ticks:
        for shift in (0, 4.5):
            a = x - pen.dp * (15 - shift)
            pen.draw.line([(a, y), (a + pen.dp * 3.5, y + pen.dp * 3.5), (a + pen.dp * 10, y - pen.dp * 4)],
                          fill=ticks, width=max(1, round(pen.dp * 1.4)))  # fmt: skip
        x -= pen.dp * 19
    pen.text(x, y, stamp, 11.5, page.colours.faint, anchor="r")


def _name_ink(name: str) -> Colour:
    return NAME_INKS[sum(map(ord, name)) % len(NAME_INKS)]


def _photo(
    page: _Page, *, mine: bool, stamp: str | None, name: str | None, chance: random.Random
) -> None:
    width, height = page.dp(chance.choice((190, 230))), page.dp(chance.choice((150, 230, 270)))
    margin = page.dp(46 if page.style.avatars and not mine else 12)
    left = page.width - margin - width if mine else margin
    texture = chance.random() < 0.4
    grain = chance.randrange(2**30)
    sign = chance.choice((None, "OPEN 24H", "Platz 7"))
    fill = page.colours.own[0] if mine else page.colours.other

    header = page.dp(22) if name else 0

    def paint(pen: Pen, y: float) -> None:
        if page.style.stamp:
            pen.slab((left, y, left + width, y + header + height), fill, page.style.radius)
        if name:
            pen.text(left + pen.dp * 9, y + pen.dp * 13, name, 13.5, _name_ink(name), bold=True)
        y += header
        box = (left, y, left + width, y + height)
        if page.style.stamp:
            box = (
                left + pen.dp * 3,
                y + pen.dp * 3,
                left + width - pen.dp * 3,
                y + height - pen.dp * 3,
            )
        if texture:
            size = (round(box[2] - box[0]), round(box[3] - box[1]))
            pen.picture.paste(_texture(size, grain), (round(box[0]), round(box[1])))
        else:
            pen.slab(box, _GREY, 6)
        if sign:
            pen.text(
                left + width / 2, y + height * 0.4, sign, 20, (240, 240, 235), bold=True, anchor="m"
            )
        if stamp:
            pen.text(box[2] - pen.dp * 8, box[3] - pen.dp * 11, stamp, 11.5, WHITE, anchor="r")

    page.add(header + height, paint)


def _texture(size: tuple[int, int], grain: int) -> Image.Image:
    """Blurred colour noise: as restless as a photograph, and of nothing."""
    chance = random.Random(grain)
    grains = chance.randrange(4, 15)
    small = Image.new("RGB", (grains, grains))
    small.putdata([tuple(chance.randrange(30, 225) for _ in range(3)) for _ in range(grains**2)])
    return small.resize(size, Image.Resampling.BICUBIC)


def _name_above(page: _Page, name: str) -> None:
    def paint(pen: Pen, y: float) -> None:
        left = 46 if page.style.avatars else 14
        pen.text(pen.dp * (left + 12), y + pen.dp * 9, name, 12, page.colours.faint)

    page.add(page.dp(19), paint)


def _avatar(pen: Pen, x: float, y: float, name: str) -> None:
    pen.circle(x, y, 14, _name_ink(name))


def _labelled(page: _Page, line: Line, *, starts: bool, chance: random.Random) -> None:
    style, pen = page.style, page.pen
    page.times.append(None)
    mine = line.sender == ME
    ink = page.colours.own[0] if mine else (14, 160, 230)
    if starts:
        label = _words.OWNER[page.language] if mine else line.sender.upper()

        def paint_label(pen: Pen, y: float) -> None:
            pen.text(pen.dp * 16, y + pen.dp * 9, label, 11, ink, bold=True)

        page.add(page.dp(19), paint_label)
    left = page.dp(26)
    if line.text is None:
        width, height = page.dp(190), page.dp(chance.choice((150, 230)))

        def paint_photo(pen: Pen, y: float) -> None:
            pen.draw.rectangle((pen.dp * 16, y, pen.dp * 18.5, y + height), fill=ink)
            pen.slab((left, y + pen.dp * 3, left + width, y + height - pen.dp * 3), _GREY, 6)

        page.add(height, paint_photo)
        return
    lines = pen.wrapped(line.text, style.text, page.width - left - page.dp(20))
    step = page.dp(style.text * 1.36)
    height = step * len(lines) + page.dp(6)

    def paint(pen: Pen, y: float) -> None:
        pen.draw.rectangle((pen.dp * 16, y, pen.dp * 18.5, y + height + pen.dp), fill=ink)
        for number, text in enumerate(lines):
            pen.text(
                left, y + pen.dp * 3 + step * (number + 0.5), text, style.text, page.colours.ink
            )

    page.add(height, paint)


# -- the screen --------------------------------------------------------------------------------------------------------


def _screen(
    page: _Page, told: Talk, offset: float, height: int, chance: random.Random
) -> Image.Image:
    picture = Image.new("RGB", (page.width, height), page.colours.page)
    pen = Pen(picture, page.pen.dp, page.pen.family)
    if page.style.pattern:
        _pattern(pen, page.colours.page, height)
    top, bottom = page.view
    for placed in page.placed:
        y = placed.top - offset + top
        if y + placed.height > top and y < bottom:
            placed.paint(pen, y)
    _header(pen, page, told, chance)
    _input(pen, page, height)
    return picture


def _pattern(pen: Pen, ground: Colour, height: int) -> None:
    """Faint scribbles on the wallpaper."""
    chance = random.Random(7)
    ink = _mixed(ground, BLACK if sum(ground) > 380 else WHITE, 0.05)
    for _ in range(220):
        x, y, r = (
            chance.uniform(0, _DP) * pen.dp,
            chance.uniform(0, height),
            chance.uniform(4, 14) * pen.dp,
        )
        start = chance.randrange(360)
        pen.draw.arc(
            (x - r, y - r, x + r, y + r),
            start,
            start + chance.randrange(60, 300),
            fill=ink,
            width=round(1.5 * pen.dp),
        )


def _header(pen: Pen, page: _Page, told: Talk, chance: random.Random) -> None:
    style, colours, width = page.style, page.colours, page.width
    dp = pen.dp
    pen.draw.rectangle((0, 0, width, page.view[0]), fill=colours.header)
    ink = colours.header_ink
    pen.text(
        dp * 18, dp * 13, f"{chance.randint(7, 23)}:{chance.randint(10, 59)}", 13, ink, bold=True
    )
    pen.text(width - dp * 18, dp * 13, f"{chance.randint(5, 99)}%", 12, ink, anchor="r")
    pen.text(width - dp * 58, dp * 13, chance.choice(("5G", "LTE", "4G")), 11, ink, anchor="r")
    pen.symbol(dp * 17, dp * 52, "‹", 26, ink)
    if not style.pattern:
        pen.draw.line(
            (0, page.view[0], width, page.view[0]), fill=_mixed(colours.header, _GREY, 0.4), width=1
        )
    if style.centred_header:
        y = 40 if style.name == "imessage" else 52
        if style.name == "imessage":
            pen.circle(width / 2, dp * 58, 24, _GREY)
            y = 98
        pen.text(width / 2, dp * y, told.title, 13 if style.name == "imessage" else 17, ink,
                 bold=style.name != "imessage", anchor="m")  # fmt: skip
        return
    pen.circle(dp * 54, dp * 52, 18, _GREY)
    pen.text(dp * 82, dp * 43, told.title, 17, ink, bold=True)
    below = _words.ACTIVE if not style.stamp else chance.choice((_words.ONLINE, _words.LAST_SEEN))
    subtitle = (
        ", ".join(dict.fromkeys(line.sender for line in told.lines if line.sender != ME))
        if told.is_group
        else below[page.language]
    )
    pen.text(dp * 82, dp * 64, subtitle, 12.5, ink if style.stamp else colours.faint)
    for x in (24, 62):
        pen.draw.rectangle(
            (width - dp * (x + 8), dp * 46, width - dp * (x - 8), dp * 58),
            outline=ink,
            width=round(dp * 1.6),
        )


def _input(pen: Pen, page: _Page, height: int) -> None:
    colours, dp, width = page.colours, pen.dp, page.width
    ground = colours.header if page.style.name != "whatsapp" else colours.page
    pen.draw.rectangle((0, page.view[1], width, height), fill=ground)
    y = page.view[1] + dp * 27
    pen.slab((dp * 12, y - dp * 20, width - dp * 66, y + dp * 20), colours.field, 20)
    pen.circle(width - dp * 34, y, 20, colours.accent)
    pen.text(dp * 48, y, page.style.placeholder[page.language], 16, colours.faint)
