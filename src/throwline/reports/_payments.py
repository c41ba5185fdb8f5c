"""Money that was sent, as far as messages say so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from throwline.case import Read
from throwline.conversation import Message
from throwline.language import gettext
from throwline.recognition import Act
from throwline.reports._accounts import Account, Side, accounts
from throwline.reports._moment import moment
from throwline.reports._strangers import shortened

PAYABLE = frozenset(
    {
        "cashtag",
        "paypal",
        "venmo",
        "zelle",
        "gift_card",
        "btc",
        "eth",
        "usdt",
        "iban",
        "upi",
        "gcash",
        "other",
    }
)
"""The kinds of indicator that money can go to."""
_LONGEST = 500
"""Characters of a message in a table of payments."""
# A plain space may as well stand between two numbers, so it does not group digits.
_NUMBER = re.compile(r"\d[\d.,'\u00a0\u202f]*\d|\d")


@dataclass(frozen=True, slots=True)
class Payment:
    """A message that says money was sent. `amount` is as it was written, None unless the message leaves no doubt;
    `named` are the accounts that the person doing this had named by then."""

    message: Message
    amount: str | None
    named: tuple[Account, ...]

    def row(self) -> tuple[str, str, str, str, str]:
        """When, which message, its words, the amount or "", the accounts named before."""
        return (
            moment(self.message) or gettext("not known"),
            str(self.message.number),
            shortened(self.message.text, _LONGEST),
            self.amount or "",
            "; ".join(f"{account.what} {account.value}" for account in self.named),
        )


def payments(read: Read) -> tuple[Payment, ...]:
    """The payments that a conversation tells of, in their order."""
    numbers = {cited.n for cited in read.stated if cited.act is Act.PAY and not cited.by_model}
    payable = [
        account
        for account in accounts(read)
        if account.kind in PAYABLE and account.side is not Side.OTHERS
    ]
    return tuple(
        Payment(
            message,
            amount(message.text),
            tuple(account for account in payable if account.seen[0] <= message.number),
        )
        for message in read.cited()
        if message.number in numbers
    )


def amount(text: str) -> str | None:
    """The one sum that `text` names, as it is written there. None where there is no number or more than one, or none
    with a currency beside it: a wrong sum is worse than a blank to fill in."""
    numbers = list(_NUMBER.finditer(text))
    sums = list(_sum().finditer(text))
    return sums[0][0] if len(numbers) == 1 and len(sums) == 1 else None


@cache
def _sum() -> re.Pattern[str]:
    """A number with a currency from money.toml before or after it."""
    table = tomllib.loads((files("throwline.reports") / "money.toml").read_text("utf-8"))
    signs = "|".join(re.escape(s) for s in sorted(table["signs"], key=len, reverse=True))
    names = "|".join(re.escape(s) for s in sorted(table["names"], key=len, reverse=True))
    number = _NUMBER.pattern
    before = rf"(?:(?<!\w)(?:{signs})|(?<!\w)(?:{names})(?!\w))\s?(?:{number})(?!\w)"
    after = rf"(?<!\w)(?:{number})\s?(?:(?:{signs})|(?:{names})(?!\w))"
    return re.compile(f"{before}|{after}", re.IGNORECASE)
