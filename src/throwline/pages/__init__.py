"""What the doors show: a request in, a response out. `throwline serve` and the worker in a page of the site both ask this
room, and so show the same pages."""

from throwline.pages._exchange import Request, Response
from throwline.pages._form import File
from throwline.pages._pages import Pages
from throwline.pages._screenshots import ScreenshotReader
from throwline.pages._shown import form, style
from throwline.pages._tools import ToolError

__all__ = ["File", "Pages", "Request", "Response", "ScreenshotReader", "ToolError", "form", "style"]
