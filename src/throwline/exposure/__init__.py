"""What a bio or a post gives away about the one who writes it, each thing with the words it rests on."""

from throwline.exposure._find import Exposure, exposures
from throwline.exposure._rules import Kind, kinds

__all__ = ["Exposure", "Kind", "exposures", "kinds"]
