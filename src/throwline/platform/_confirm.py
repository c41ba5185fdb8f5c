"""Asking a human."""

from __future__ import annotations

import sys
from collections.abc import Callable

Confirm = Callable[[str, str], bool]
"""Is given a question and the word that has to be typed; whether somebody did."""


def ask_at_terminal(question: str, word: str) -> bool:
    """Ask whoever sits at the terminal to type `word`. Where nobody does, the answer is no."""
    if not _somebody_is_there():
        return False
    try:
        return input(f"{question}\nType {word} to go on: ").strip() == word
    except EOFError:
        return False


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
