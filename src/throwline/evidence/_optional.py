"""Packages that only some of this room needs, loaded when it does: none of them runs in a browser."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from throwline.evidence._error import PackageError


def library(name: str, extra: str) -> ModuleType:
    """The package `name`, which comes with the optional `extra`. Raises PackageError where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise PackageError(
            f"This needs one more package: run `pip install 'throwline[{extra}]'`."
        ) from error
