"""Wallet addresses in base 58: the alphabet of Bitcoin, with a checksum at the end."""

from __future__ import annotations

import hashlib

from throwline.indicators._keccak import keccak256

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGIT = {letter: digit for digit, letter in enumerate(ALPHABET)}
_CHECKSUM_BYTES = 4
_MONERO_BLOCK_BYTES = {11: 8, 7: 5}
"""Monero codes blocks of 11 letters as 8 bytes, and the last one of its addresses, 7 letters, as 5
(Monero, src/common/base58.cpp)."""
_MONERO_NETWORKS = (18, 19, 42)
"""Standard, integrated and sub-address of the main network (Monero, src/cryptonote_config.h)."""


def decoded(text: str) -> bytes:
    """The bytes that `text` stands for. Each leading "1" is a zero byte. Raises KeyError on any other letter."""
    body = text.lstrip("1")
    number = _number(body)
    return bytes(len(text) - len(body)) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def version(text: str) -> int | None:
    """The version byte of a 21-byte base58check address whose checksum holds (Bitcoin, Litecoin, Tron, …), or None."""
    try:
        content = decoded(text)
    except KeyError:
        return None
    payload, checksum = content[:-_CHECKSUM_BYTES], content[-_CHECKSUM_BYTES:]
    digest = hashlib.sha256(hashlib.sha256(payload).digest()).digest()
    holds = len(payload) == 21 and digest[:_CHECKSUM_BYTES] == checksum
    return payload[0] if holds else None


def is_monero(text: str) -> bool:
    """Whether `text` is a Monero address of the main network whose checksum holds."""
    try:
        content = b"".join(_monero_block(text[at : at + 11]) for at in range(0, len(text), 11))
    except (KeyError, OverflowError):
        return False
    payload, checksum = content[:-_CHECKSUM_BYTES], content[-_CHECKSUM_BYTES:]
    return payload[:1] in map(_byte, _MONERO_NETWORKS) and keccak256(payload)[:4] == checksum


def _monero_block(block: str) -> bytes:
    return _number(block).to_bytes(_MONERO_BLOCK_BYTES[len(block)], "big")


def _number(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 58 + _DIGIT[letter]
    return number


def _byte(value: int) -> bytes:
    return bytes((value,))
