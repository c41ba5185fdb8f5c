"""Drawing text with emoji in it, in lengths of dp."""

from __future__ import annotations

import re
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from tests.screenshots.drawing._style import DEJAVU, EMOJI, Colour

_EMOJI = re.compile("([\U0001f300-\U0001faff❤✅])")
_EMOJI_PIXELS = 109
"""The one size in which the emoji font holds its pictures."""


@cache
def font(path: str, weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path.format(weight), size)


@cache
def _emoji(character: str, size: int) -> Image.Image:
    tile = Image.new("RGBA", (136, 128))
    ImageDraw.Draw(tile).text(
        (0, 0), character, font=font(EMOJI, "", _EMOJI_PIXELS), embedded_color=True
    )
    return tile.resize((round(size * 1.18), round(size * 1.11)), Image.Resampling.LANCZOS)


class Pen:
    """Draws on one picture; `dp` is so many pixels."""

    def __init__(self, picture: Image.Image, dp: float, family: str) -> None:
        self.picture = picture
        self.draw = ImageDraw.Draw(picture)
        self.dp = dp
        self.family = family

    def font(self, size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        return font(self.family, "Bold" if bold else "Regular", round(size * self.dp))

    def length(self, text: str, size: float, *, bold: bool = False) -> float:
        """In pixels."""
        letters = self.font(size, bold=bold)
        return sum(
            letters.size * 1.2 if _EMOJI.match(run) else letters.getlength(run)
            for run in _EMOJI.split(text)
            if run
        )

    def wrapped(self, text: str, size: float, widest: float) -> list[str]:
        """Lines of at most `widest` pixels; a word that is longer is cut where it has to be."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            line = ""
            for word in paragraph.split():
                longer = f"{line} {word}".strip()
                if self.length(longer, size) <= widest:
                    line = longer
                    continue
                if line:
                    lines.append(line)
                while self.length(word, size) > widest:
                    fits = next(
                        n for n in range(len(word), 0, -1) if self.length(word[:n], size) <= widest
                    )
                    lines.append(word[:fits])
                    word = word[fits:]
                line = word
            lines.append(line)
        return lines

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        ink: Colour,
        *,
        bold: bool = False,
        anchor: str = "l",
    ) -> None:
        """`y` is the middle of the line; `anchor` "l", "m" or "r" says which end of it `x` is."""
        length = self.length(text, size, bold=bold)
        x -= {"l": 0, "m": length / 2, "r": length}[anchor]
        letters = self.font(size, bold=bold)
        for run in filter(None, _EMOJI.split(text)):
            if _EMOJI.match(run):
                tile = _emoji(run, int(letters.size))
                self.picture.paste(tile, (round(x), round(y - tile.height / 2)), tile)
                x += letters.size * 1.2
            else:
                self.draw.text((x, y), run, fill=ink, font=letters, anchor="lm")
                x += letters.getlength(run)

    def symbol(self, x: float, y: float, text: str, size: float, ink: Colour) -> None:
        """A sign that the family may lack."""
        self.draw.text(
            (x, y), text, fill=ink, font=font(DEJAVU, "", round(size * self.dp)), anchor="mm"
        )

    def slab(self, box: tuple[float, float, float, float], fill: Colour, radius: float) -> None:
        self.draw.rounded_rectangle([round(v) for v in box], radius * self.dp, fill=fill)

    def circle(self, x: float, y: float, radius: float, fill: Colour) -> None:
        r = radius * self.dp
        self.draw.ellipse([x - r, y - r, x + r, y + r], fill=fill)
