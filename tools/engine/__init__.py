"""What the tools of the site run on: Python for the browser, this package with what it needs, a reader of screenshots,
and age. Made once, laid into every site."""

from tools.engine._make import MODULES, make, packed

__all__ = ["MODULES", "make", "packed"]
