"""On which side of the screen a piece stands: the person whose phone it is writes on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from throwline.conversation import Rectangle
from throwline.screenshots._pieces import Piece, Shape
from throwline.screenshots._pixels import Colour
from throwline.screenshots._words import bare, words


class Side(StrEnum):
    """Who wrote a piece, by where it stands."""

    OWN = "own"
    OTHER = "other"
    APP = "app"
    UNKNOWN = "unknown"


_CLEAR = 0.1
"""Of the width: a bubble nearer to one side by this much belongs to it, whatever else."""
_ALIGNED = 0.012
_CENTRED = 0.06
_SAME_SHADE = 40
"""Colours of one sender differ less: a gradient runs over many bubbles."""


def sides_of(pieces: Sequence[Piece], width: int) -> list[Side]:
    """The side of every piece of a conversation's screens, all `width` wide."""
    bubbles = [piece for piece in pieces if piece.shape is Shape.BUBBLE]
    known = _Known(bubbles, width)
    is_barred = any(piece.shape is Shape.BARRED for piece in pieces)
    is_headed = any(piece.shape is Shape.HEADED for piece in pieces)
    barred = _barred_sides(pieces) if is_barred else {}
    sides = []
    for piece in pieces:
        if piece.shape is Shape.HEADED or (is_headed and piece.shape is Shape.PICTURE):
            # Everybody writes at the left: names tell who.
            sides.append(Side.OTHER)
        elif piece.shape is Shape.BARRED or (is_barred and piece.shape is Shape.PICTURE):
            sides.append(barred.get(piece.fill, Side.UNKNOWN))
        elif piece.shape is Shape.PLAIN:
            sides.append(Side.APP)
        elif piece.shape is Shape.PICTURE:
            sides.append(_nearer(piece.area, width))
        else:
            sides.append(known.side(piece))
    return sides


def _lean(area: Rectangle, width: int) -> float:
    """How much nearer the area is to the right side than to the left, of the width."""
    return (area.left - (width - area.right)) / width


def _nearer(area: Rectangle, width: int) -> Side:
    return Side.OWN if _lean(area, width) > 0 else Side.OTHER


class _Known:
    """What the bubbles that plainly stand on one side tell about the others."""

    def __init__(self, bubbles: Iterable[Piece], width: int) -> None:
        self._width = width
        self._of: dict[Side, list[Piece]] = {Side.OWN: [], Side.OTHER: []}
        for piece in bubbles:
            if abs(_lean(piece.area, width)) > _CLEAR:
                self._of[_nearer(piece.area, width)].append(piece)

    def side(self, piece: Piece) -> Side:
        lean = _lean(piece.area, self._width)
        if abs(lean) > _CLEAR:
            return _nearer(piece.area, self._width)
        aligned = [side for side in self._of if self._is_aligned(piece, side)]
        if len(aligned) == 1:
            return aligned[0]
        shades = {side: self._shade(piece.fill, side) for side in aligned or self._of}
        nearest = min(shades, key=lambda side: shades[side])
        if abs(lean) < _CENTRED and (not aligned or shades[nearest] > _SAME_SHADE):
            return Side.APP
        return nearest if shades[nearest] <= _SAME_SHADE else _nearer(piece.area, self._width)

    def _is_aligned(self, piece: Piece, side: Side) -> bool:
        """Whether the outer edge stands where those of this side stand."""
        edge = piece.area.right if side is Side.OWN else piece.area.left
        return any(
            abs(edge - (other.area.right if side is Side.OWN else other.area.left))
            < _ALIGNED * self._width
            for other in self._of[side]
        )

    def _shade(self, fill: Colour, side: Side) -> int:
        return min((fill.distance(other.fill) for other in self._of[side]), default=255)


def _barred_sides(pieces: Sequence[Piece]) -> dict[Colour, Side]:
    """Whose colour a bar is, by the names over them."""
    sides: dict[Colour, Side] = {}
    colours: list[Colour] = []
    for piece in pieces:
        if piece.label:
            owner = bare(piece.label) in words("owner")
            sides[piece.fill] = Side.OWN if owner else Side.OTHER
            colours.append(piece.fill)
    for piece in pieces:
        if piece.shape is Shape.BARRED and piece.fill not in sides and colours:
            near = min(colours, key=piece.fill.distance)
            if near.distance(piece.fill) <= _SAME_SHADE:
                sides[piece.fill] = sides[near]
    return sides
