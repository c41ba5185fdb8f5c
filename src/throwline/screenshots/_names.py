"""Names that a group chat writes in or over the bubbles of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from throwline.screenshots._overlap import Placed
from throwline.screenshots._pieces import Piece, Shape
from throwline.screenshots._rows import text_of
from throwline.screenshots._sides import Side
from throwline.screenshots._times import day_of, is_clock

_VIVID = 50
"""Names have the colour of whom they name; what is said is written in black, white or grey."""
_LONGEST = 40
_LINK = re.compile(r"://|www\.|@|\.\w{2,4}/|^\S+\.(?:com|net|org|me|ly|gg)\b")


def with_names(screen: Sequence[Placed]) -> list[Placed]:
    """The pieces of a screen, from top to bottom, with the names taken out of the text and put to what they name."""
    named: list[Placed] = []
    over: Placed | None = None
    for placed in screen:
        piece = placed.piece
        if over is not None and _is_over(over, placed):
            piece = replace(piece, label=text_of(over.piece.rows[0]))
            named.pop()
        elif placed.side is Side.OTHER and piece.shape is Shape.BUBBLE:
            piece = _with_name_inside(piece)
        named.append(replace(placed, piece=piece))
        over = placed if _could_name(placed) else None
    return named


def _could_name(placed: Placed) -> bool:
    """Whether it is a short line on the page, or a coloured one in a bubble of its own."""
    piece = placed.piece
    text = text_of(piece.rows[0]) if len(piece.rows) == 1 else ""
    if not 0 < len(text) <= _LONGEST or day_of(text) is not None:
        return False
    is_coloured = piece.rows[0][0].ink.vividness >= _VIVID and not _LINK.search(text)
    return piece.shape is Shape.PLAIN or (piece.shape is Shape.BUBBLE and is_coloured)


def _is_over(name: Placed, placed: Placed) -> bool:
    """Whether a line stands right over the beginning of somebody's bubble or picture; one in a bubble, of a picture in
    the same."""
    if name.piece.shape is Shape.BUBBLE and placed.piece.shape is not Shape.PICTURE:
        return False
    if placed.side is not Side.OTHER or placed.piece.shape in (Shape.BARRED, Shape.HEADED):
        return False
    area, below, width = name.piece.area, placed.piece.area, placed.width
    indent = (area.left - below.left) / width
    gap = (below.top - area.bottom) / width
    return -0.02 < indent < 0.07 and -0.02 < gap < 0.04


def _with_name_inside(piece: Piece) -> Piece:
    """The piece without the first row where that is a name: coloured, while what follows is not."""
    body = [row for row in piece.rows[1:] if not is_clock(text_of(row))]
    if not piece.rows or (not body and len(piece.rows) < 2 and not piece.pictures):
        return piece
    first, text = piece.rows[0][0], text_of(piece.rows[0])
    if len(text) > _LONGEST or _LINK.search(text) or first.ink.vividness < _VIVID:
        return piece
    if any(row[0].ink.distance(first.ink) < _VIVID for row in body):
        return piece
    return replace(piece, rows=piece.rows[1:], label=text)
