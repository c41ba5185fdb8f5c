"""One reader a format."""

from throwline.conversation.readers._reader import DateOrder, Facts, Hints, Reader

READERS: tuple[Reader, ...] = ()
"""In the order they are tried: the more certain a format's marks, the earlier."""

__all__ = ["READERS", "DateOrder", "Facts", "Hints", "Reader"]
