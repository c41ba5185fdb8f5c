"""What a picture's file tells besides the picture: found, named, and left out of a copy.

Only bytes are moved: no pixel is decoded, so the copy shows exactly what the original shows.
"""

from throwline.metadata._clean import Cleaned, MetadataError, cleaned
from throwline.metadata._trace import Trace, trace_words

__all__ = ["Cleaned", "MetadataError", "Trace", "cleaned", "trace_words"]
