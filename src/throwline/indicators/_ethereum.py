"""Ethereum addresses, with the checksum that hides in the case of their letters."""

from __future__ import annotations

from throwline.indicators._keccak import keccak256


def eip55(address: str) -> str:
    """The same address in the case that EIP-55 asks for; "0x" and 40 hexadecimal digits in, and out."""
    digits = address[2:].lower()
    digest = keccak256(digits.encode("ascii")).hex()
    return "0x" + "".join(
        digit.upper() if int(decider, 16) >= 8 else digit
        for digit, decider in zip(digits, digest[: len(digits)], strict=True)
    )


def has_one_case(address: str) -> bool:
    """Whether the letters carry no checksum, being all small or all capital."""
    digits = address[2:]
    return digits in (digits.lower(), digits.upper())
