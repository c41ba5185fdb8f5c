"""Pictures made by formula, so that every language and machine can make the same pixels."""

from __future__ import annotations

from collections.abc import Callable

Colour = tuple[int, int, int]
Paint = Callable[[int, int, int, int], Colour]
"""The colour at (row, column) of a picture of so many rows and columns."""


def _noise(row: int, col: int, rows: int, cols: int) -> Colour:
    mixed = (row * 7919 + col * 104729 + rows) * 2654435761 % 2**32
    return mixed >> 24, mixed >> 16 & 255, mixed >> 8 & 255


def _disc(row: int, col: int, rows: int, cols: int) -> Colour:
    near = (2 * row - rows) ** 2 + (2 * col - cols) ** 2 < (min(rows, cols) * 0.7) ** 2
    return (200, 30, 9) if near else (20, 200, 90)


def _hills(row: int, col: int, rows: int, cols: int) -> Colour:
    up, along = row * 1000 // rows, col * 1000 // cols
    return along * up // 4000 % 256, (along + 300) * (1300 - up) // 7000 % 256, (along ^ up) // 4


def _mosaic(row: int, col: int, rows: int, cols: int) -> Colour:
    """Twelve by twelve tiles of any colour: the same scene at every size."""
    return _noise(row * 12 // rows, col * 12 // cols, 12, 12)


PAINTS: dict[str, Paint] = {
    "black": lambda row, col, rows, cols: (0, 0, 0),
    "grey": lambda row, col, rows, cols: (90, 90, 90),
    "white": lambda row, col, rows, cols: (255, 255, 255),
    "left to right": lambda row, col, rows, cols: (col * 255 // cols,) * 3,
    "top to bottom": lambda row, col, rows, cols: (0, row * 255 // rows, 50),
    "chequers": lambda row, col, rows, cols: ((row // 8 + col // 8) % 2 * 255,) * 3,
    "stripes": lambda row, col, rows, cols: (255 if col % 7 < 3 else 0,) * 3,
    "disc": _disc,
    "hills": _hills,
    "mosaic": _mosaic,
    "noise": _noise,
}


def draw(paint: str, rows: int, cols: int) -> bytes:
    """RGBA bytes; alpha varies, and must not matter."""
    colour = PAINTS[paint]
    return b"".join(
        bytes((*colour(row, col, rows, cols), (row + col) % 256))
        for row in range(rows)
        for col in range(cols)
    )
