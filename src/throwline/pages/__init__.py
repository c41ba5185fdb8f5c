"""What the doors show: a request in, a response out. `throwline serve` and the worker in a page of the site both ask this
room, and so show the same pages."""

from throwline.pages._exchange import Request, Response
from throwline.pages._pages import Pages
from throwline.pages._screenshots import ScreenshotReader
from throwline.pages._shown import form, style

__all__ = ["Pages", "Request", "Response", "ScreenshotReader", "form", "style"]
