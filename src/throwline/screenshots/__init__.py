"""Screenshots of chats, from recognised lines of text to messages: pure Python, the same in every door."""

from throwline.screenshots._conversation import conversation_of
from throwline.screenshots._intake import screen_of
from throwline.screenshots._pixels import Colour, Pixels
from throwline.screenshots._screen import Box, Screen, Text

__all__ = ["Box", "Colour", "Pixels", "Screen", "Text", "conversation_of", "screen_of"]
