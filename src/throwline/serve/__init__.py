"""The local page: what `open` does, in a browser on the same machine."""

from throwline.serve._pages import MAX_BODY, Pages, Request, Response
from throwline.serve._server import Server

__all__ = ["MAX_BODY", "Pages", "Request", "Response", "Server"]
