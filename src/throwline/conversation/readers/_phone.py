"""Phone numbers that stand where a name should."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\+?[\d\s().\-\u2010\u2011]+")
_FEWEST_DIGITS = 7


def phone_number(name: str) -> str | None:
    """The digits of a name that is a phone number, with its plus if it has one; None for any other name."""
    if not _NUMBER.fullmatch(name):
        return None
    digits = re.sub(r"\D", "", name)
    if len(digits) < _FEWEST_DIGITS:
        return None
    return f"+{digits}" if name.startswith("+") else digits
