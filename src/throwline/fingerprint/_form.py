"""The JSON form of a picture's fingerprint. It round-trips."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from throwline.fingerprint._picture import PictureFingerprint

Form = dict[str, Any]


def picture_form(picture: PictureFingerprint) -> Form:
    """{"pdq": 64 hex digits, "quality": 0 to 100, "downscale": "none" or the rule, "sha256": 64 hex digits,
    "md5": 32 hex digits, "size": bytes}"""
    return asdict(picture)


def picture_from(form: Form) -> PictureFingerprint:
    """Read what `picture_form` wrote. Raises KeyError where the form is not of this shape."""
    return PictureFingerprint(
        pdq=form["pdq"],
        quality=form["quality"],
        downscale=form["downscale"],
        sha256=form["sha256"],
        md5=form["md5"],
        size=form["size"],
    )
