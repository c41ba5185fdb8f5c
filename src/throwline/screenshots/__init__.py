"""Screenshots of chats, from recognised lines of text to messages: pure Python, the same in every door.

A door gives the pixels and the lines that a text recogniser found in them to `screen_of`, and the screens of one
conversation, in order, to `conversation_of`.
"""

from throwline.screenshots._conversation import conversation_of
from throwline.screenshots._intake import screen_of
from throwline.screenshots._lines import Words, line_of
from throwline.screenshots._near_misses import (
    Suggestion,
    near_misses,
    noted_anew,
    without_near_misses,
)
from throwline.screenshots._pictures import blanked
from throwline.screenshots._pixels import Colour, Pixels
from throwline.screenshots._screen import Box, Screen, Text

__all__ = [
    "Box",
    "Colour",
    "Pixels",
    "Screen",
    "Suggestion",
    "Text",
    "Words",
    "blanked",
    "conversation_of",
    "line_of",
    "near_misses",
    "noted_anew",
    "screen_of",
    "without_near_misses",
]
