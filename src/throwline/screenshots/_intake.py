"""From pixels and recognised lines to a screen that can be grouped."""

from __future__ import annotations

from collections.abc import Iterable

from throwline.conversation import Source
from throwline.screenshots._pictures import other_areas
from throwline.screenshots._pixels import Pixels
from throwline.screenshots._screen import Screen, Text, boxes_of, page_colour, view_of


def screen_of(pixels: Pixels, texts: Iterable[Text], source: Source) -> Screen:
    """The screenshot with the surroundings of every line, and with its pictures found."""
    page = page_colour(pixels)
    view = view_of(pixels, page)
    boxes = boxes_of(pixels, texts, page, view)
    pictures, wordless = other_areas(pixels, boxes, page, view)
    size = pixels.width, pixels.height
    return Screen(source, *size, page, boxes, view, pictures, wordless)
