"""Segregated witness addresses: bech32 (BIP 173) for version 0, bech32m (BIP 350) for the others."""

from __future__ import annotations

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32 = 1
_BECH32M = 0x2BC830A3
_CHECKSUM_LETTERS = 6
_LONGEST = 90


def is_segwit(text: str, network: str) -> bool:
    """Whether `text` is a valid address of `network` ("bc" for Bitcoin, "ltc" for Litecoin)."""
    if text not in (text.lower(), text.upper()) or len(text) > _LONGEST:
        return False
    prefix, _, letters = text.lower().rpartition("1")
    if prefix != network or len(letters) <= _CHECKSUM_LETTERS or not set(letters) <= set(_LETTERS):
        return False
    values = [_LETTERS.index(letter) for letter in letters]
    witness = values[0]
    return (
        witness <= 16
        and _checksum(network, values) == (_BECH32M if witness else _BECH32)
        and _is_program(values[1:-_CHECKSUM_LETTERS], witness)
    )


def _checksum(network: str, values: list[int]) -> int:
    expanded = [ord(letter) >> 5 for letter in network]
    expanded += [0, *(ord(letter) & 31 for letter in network)]
    check = 1
    for value in expanded + values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                check ^= generator
    return check


def _is_program(values: list[int], witness: int) -> bool:
    """Whether five-bit values are whole bytes, padded with fewer than five zero bits, of an allowed length."""
    length, padding = divmod(5 * len(values), 8)
    if padding >= 5 or (values and values[-1] & (2**padding - 1)):
        return False
    return 2 <= length <= 40 if witness else length in (20, 32)
