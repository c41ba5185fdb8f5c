"""Emoji painted over before a line is read: no recogniser knows them, and each becomes a wrong letter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Height by width by red, green, blue."""

_OFF = 45.0
"""Letters are mixtures of two colours, and lie within this of the line between them; emoji have more colours."""
_DENSE = 0.33
"""The share of a square that an emoji's own colours fill. Words in a second colour, such as links, fill a fifth."""
_SOLID = 0.5
_VIVID = 80
_OTHER, _OTHERS = 25.0, 0.1
"""A tenth of an emoji is this far from any mixture of the ground and its main colour; letters have one colour."""
_SQUARE, _PLAINLY_OTHER = 1.3, 60.0
"""What is wider for its height may be a short coloured name, which JPEG gives other colours too, if never so far off."""


def without_emoji(crop: Picture) -> Picture | None:
    """The line with its emoji in the colour of the ground; None where it is one emoji and nothing else."""
    height, width = crop.shape[:2]
    colours = crop.reshape(-1, 3).astype(np.float32)
    ground = _ground(crop)
    far = np.abs(colours - ground).max(axis=1)
    ink = np.median(colours[far >= max(np.quantile(far, 0.99), 1)], axis=0)
    if width < 2.2 * height and _is_emoji(crop, far.reshape(height, width), ground):
        return None
    strange = (_off_line(colours, ground, ink) > _OFF).reshape(height, width)
    share = strange.mean(axis=0)
    window = max(3, round(0.6 * height))
    dense = np.convolve(share, np.ones(window) / window, "same") > _DENSE
    if not dense.any():
        return crop
    # What is within half a window of a dense place belongs to the emoji where it has colours of its own.
    near = np.convolve(dense, np.ones(window), "same") > 0
    columns = near & (np.convolve(share, np.ones(3), "same") > 0)
    clean = crop.copy()
    clean[:, columns] = ground.astype(np.uint8)
    return clean


def _ground(crop: Picture) -> NDArray[np.float32]:
    """The most common colour."""
    colours = crop.reshape(-1, 3)
    _, first, counts = np.unique(colours >> 3, axis=0, return_index=True, return_counts=True)
    ground: NDArray[np.float32] = colours[first[counts.argmax()]].astype(np.float32)
    return ground


def _off_line(
    colours: NDArray[np.float32], ground: NDArray[np.float32], ink: NDArray[np.float32]
) -> NDArray[np.float32]:
    """How far each colour is from the mixtures of ground and ink."""
    way = ink - ground
    part = ((colours - ground) @ way / max(float(way @ way), 1.0)).clip(0, 1)
    distance: NDArray[np.float32] = np.abs(colours - ground - part[:, None] * way).max(axis=1)
    return distance


def _is_emoji(crop: Picture, far: NDArray[np.float32], ground: NDArray[np.float32]) -> bool:
    """Whether what stands out from the ground is solid and vivid and in several colours: an emoji, or a few."""
    outstanding = far > _OFF
    rows, columns = np.nonzero(outstanding)
    if not len(rows):
        return False
    colours = crop[outstanding].astype(np.float32)
    vividness = float(np.median(colours.max(axis=1) - colours.min(axis=1)))
    high, wide = np.ptp(rows) + 1, np.ptp(columns) + 1
    far_enough = _OTHER if wide < _SQUARE * high else _PLAINLY_OTHER
    others = (_off_line(colours, ground, np.median(colours, axis=0)) > far_enough).mean()
    is_solid = wide > 0.7 * high and len(rows) > _SOLID * high * wide
    return bool(is_solid and vividness > _VIVID and others > _OTHERS)
