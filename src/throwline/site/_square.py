"""The square code that the camera of another phone reads an address from (a QR code, ISO/IEC 18004)."""

from __future__ import annotations

import segno
from markupsafe import Markup


def square(address: str) -> Markup:
    """As SVG to stand in a page: dark on white in every look, with the white edge that a camera needs."""
    made = segno.make(address, micro=False, error="m")
    drawn = made.svg_inline(omitsize=True, svgclass="square", lineclass=None, light="#fff")
    return Markup(drawn)  # noqa: S704 - drawn by segno, of nothing but paths
