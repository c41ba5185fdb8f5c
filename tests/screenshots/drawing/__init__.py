"""Drawn screenshots of made-up chats: imitations of six apps, with the truth of what is on them.

Nothing here is a picture of a real app or person, and no logo is drawn. The fonts come from Debian packages
(fonts-roboto-unhinted, fonts-inter, fonts-open-sans, fonts-noto-core, fonts-dejavu-core, fonts-noto-color-emoji).
"""

from tests.screenshots.drawing._draw import Drawn, drawn
from tests.screenshots.drawing._score import Score, scored
from tests.screenshots.drawing._style import APPS, FONTS, missing_fonts
from tests.screenshots.drawing._talk import LANGUAGES, Line

__all__ = [
    "APPS",
    "FONTS",
    "LANGUAGES",
    "Drawn",
    "Line",
    "Score",
    "drawn",
    "missing_fonts",
    "scored",
]
