"""The local page: what `open` does, in a browser on the same machine."""

from throwline.serve._server import MAX_BODY, Server

__all__ = ["MAX_BODY", "Server"]
