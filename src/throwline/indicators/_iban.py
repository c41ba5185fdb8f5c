"""International bank account numbers (ISO 13616)."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

_CLASSES = {"n": "[0-9]", "a": "[A-Z]", "c": "[0-9A-Z]"}


def _account(structure: str) -> re.Pattern[str]:
    """The part after the check digits, letters and digits as the country's structure orders them."""
    parts = (part for part in structure.split())
    return re.compile("".join(f"{_CLASSES[part[-1]]}{{{part[:-1]}}}" for part in parts))


_ACCOUNTS = {
    country: _account(structure)
    for country, structure in tomllib.loads(
        resources.files(__package__).joinpath("iban.toml").read_text("utf-8")
    ).items()
}
_LENGTHS = {
    country: 4 + sum(map(int, re.findall(r"\{(\d+)\}", account.pattern)))
    for country, account in _ACCOUNTS.items()
}


def iban_length(country: str) -> int | None:
    """How many letters and digits an IBAN of this country has, or None where the country has none."""
    return _LENGTHS.get(country)


def is_iban(text: str) -> bool:
    """Whether `text`, in capitals and without spaces, has its country's structure and a checksum that holds."""
    account = _ACCOUNTS.get(text[:2])
    if account is None or not account.fullmatch(text, 4) or not text[2:4].isdecimal():
        return False
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1
