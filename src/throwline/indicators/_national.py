"""Check digits of national numbers that money is sent to, or that a payment key consists of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle


def is_cpf(digits: str) -> bool:
    """Whether 11 digits are a Brazilian CPF (Receita Federal: two check digits, modulo 11)."""
    return (
        len(set(digits)) > 1
        and _eleven(digits[:9], range(10, 1, -1)) == digits[9]
        and _eleven(digits[:10], range(11, 1, -1)) == digits[10]
    )


def is_cnpj(digits: str) -> bool:
    """Whether 14 digits are a Brazilian CNPJ (Receita Federal: two check digits, modulo 11)."""
    return (
        len(set(digits)) > 1
        and _eleven(digits[:12], [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == digits[12]
        and _eleven(digits[:13], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == digits[13]
    )


def is_clabe(digits: str) -> bool:
    """Whether 18 digits are a Mexican CLABE (Banco de México: one check digit, weights 3, 7, 1, modulo 10)."""
    weighted = (
        int(digit) * weight % 10
        for digit, weight in zip(digits[:17], cycle((3, 7, 1)), strict=False)
    )
    return str(-sum(weighted) % 10) == digits[17]


def is_card(digits: str) -> bool:
    """Whether the digits are a payment card number (ISO/IEC 7812-1, annex B: the Luhn check)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _eleven(digits: str, weights: Iterable[int]) -> str:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return "0" if rest < 2 else str(11 - rest)
