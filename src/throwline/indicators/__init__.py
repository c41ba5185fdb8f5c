"""Whom to look for: payment handles, wallets, accounts, phones and links in a conversation, each with its check.

A wrong value is worse than a missing one. What looks like a value but says by no checksum, form or word around it what
it is, is not reported.
"""

from throwline.indicators._conversation import indicators
from throwline.indicators._find import find
from throwline.indicators._form import indicator_form, indicator_from
from throwline.indicators._indicator import Check, Hit, Indicator

__all__ = [
    "Check",
    "Hit",
    "Indicator",
    "find",
    "indicator_form",
    "indicator_from",
    "indicators",
]
