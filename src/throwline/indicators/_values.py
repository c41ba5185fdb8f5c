"""Values that say by themselves what they are: wallets, bank accounts, e-mail and UPI addresses."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from throwline.indicators._base58 import is_monero, version
from throwline.indicators._ethereum import eip55, has_one_case
from throwline.indicators._iban import iban_length, is_iban
from throwline.indicators._indicator import Check
from throwline.indicators._segwit import is_segwit
from throwline.indicators._services import read_data

_LONG_WORD = re.compile(r"[\w-]{26}")
_LETTER = "[1-9A-HJ-NP-Za-km-z]"
_BASE58 = re.compile(rf"(?<!\w)[13LMDAT9]{_LETTER}{{25,34}}(?!\w)")
_MONERO = re.compile(rf"(?<!\w)[48]{_LETTER}{{94}}(?:{_LETTER}{{11}})?(?!\w)")
_SEGWIT = re.compile(r"(?<!\w)(bc|ltc)1[02-9ac-hj-np-z]{7,86}(?!\w)", re.IGNORECASE)
_ETHEREUM = re.compile(r"(?<!\w)0x[0-9a-fA-F]{40}(?!\w)")
_TON = re.compile(r"(?<![\w-])[EU]Q[A-Za-z0-9_-]{46}(?![\w-])")
_QR_CODE = re.compile(r"(?<!\w)000201[\x20-\x7e]{20,500}?6304[0-9A-Fa-f]{4}(?!\w)")
_IBAN_START = re.compile(r"(?<![\w-])[A-Za-z]{2}[0-9]{2}(?=[ -]?[0-9A-Za-z])")
_BASE58_COINS: dict[int | None, tuple[str, str]] = {
    0x00: ("btc", "Bitcoin wallet"),
    0x05: ("btc", "Bitcoin wallet"),
    0x30: ("other", "Litecoin wallet"),
    0x32: ("other", "Litecoin wallet"),
    0x1E: ("other", "Dogecoin wallet"),
    0x16: ("other", "Dogecoin wallet"),
    0x41: ("usdt", "USDT (Tron) wallet"),
}
"""By version byte: chainparams.cpp of Bitcoin Core, Litecoin and Dogecoin; Tron's developer documentation, "Accounts"."""
_SEGWIT_COINS = {"bc": ("btc", "Bitcoin wallet"), "ltc": ("other", "Litecoin wallet")}

_HAS_AT = re.compile(r"@|[\[({ ](?:at|arroba)[\])} ]", re.IGNORECASE)
_BRACKETED_AT = r"\s?[\[({]\s?(?:at|@|arroba)\s?[\])}]\s?"
_BRACKETED_DOT = r"\s?[\[({]\s?(?:dot|\.|punto|ponto)\s?[\])}]\s?"
_AT = f"(?:@|{_BRACKETED_AT})"
_DOT = rf"(?:\.|{_BRACKETED_DOT})"
_NO_MORE = r"(?![\w@-]|[.:/]\w)"
_EMAIL = re.compile(
    rf"(?<![\w.+%@/=-])[\w+%-]+(?:\.[\w+%-]+)*{_AT}[a-z0-9-]+(?:{_DOT}[a-z0-9-]+)*{_DOT}[a-z]{{2,18}}{_NO_MORE}"
    r"|(?<![\w.@+%-])[\w+%.-]+(?: dot [\w+%.-]+)* at [a-z0-9-]+ dot (?:com|net|org)(?!\w)",
    re.IGNORECASE,
)
_VPA = re.compile(rf"(?<![\w.+%@/-])\w[\w.-]+@[a-z][a-z0-9]{{1,20}}{_NO_MORE}", re.IGNORECASE)
_UPI_HANDLES = frozenset(read_data("upi_handles.toml")["handles"])


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a text, and what it is taken for where no cue says more. `shape` is a word of services.toml."""

    shape: str
    kind: str
    label: str
    value: str
    checked: Check
    start: int
    end: int


def values_in(text: str) -> Iterator[Value]:
    """All values in `text` that need no cue, but for links and phone numbers."""
    yield from _wallets(text)
    yield from _accounts(text)
    yield from _addresses(text)


def _wallets(text: str) -> Iterator[Value]:
    if not _LONG_WORD.search(text):
        return
    for found in _BASE58.finditer(text):
        coin = _BASE58_COINS.get(version(found[0]))
        if coin:
            yield _value("wallet", *coin, found[0], Check.CHECKSUM, found)
    for found in _SEGWIT.finditer(text):
        network = found[1].lower()
        if is_segwit(found[0], network):
            coin = _SEGWIT_COINS[network]
            yield _value("wallet", *coin, found[0].lower(), Check.CHECKSUM, found)
    for found in _ETHEREUM.finditer(text):
        address = eip55(found[0])
        if has_one_case(found[0]):
            yield _value("evm", "eth", "Ethereum wallet", address, Check.FORMAT, found)
        elif address == found[0]:
            yield _value("evm", "eth", "Ethereum wallet", address, Check.CHECKSUM, found)
    for found in _MONERO.finditer(text):
        if is_monero(found[0]):
            yield _value("wallet", "other", "Monero wallet", found[0], Check.CHECKSUM, found)

    for found in _TON.finditer(text):
        content = base64.urlsafe_b64decode(found[0])
        # docs.ton.org, "Address formats": a flag, a chain, 32 bytes, and their CRC-16.
        if binascii.crc_hqx(content, 0) == 0:
            yield _value("ton", "other", "TON wallet", found[0], Check.CHECKSUM, found)


def _accounts(text: str) -> Iterator[Value]:
    for found in _QR_CODE.finditer(text):
        content, check = found[0][:-4], found[0][-4:]
        # EMVCo, "QR Code Specification for Payment Systems, Merchant-Presented Mode", 4.7.3.
        if binascii.crc_hqx(content.encode("ascii"), 0xFFFF) == int(check, 16):
            label = "Pix" if "br.gov.bcb.pix" in content.lower() else "payment QR code"
            yield _value("qr", "other", label, found[0], Check.CHECKSUM, found)
    for found in _IBAN_START.finditer(text):
        length = iban_length(found[0][:2].upper())
        spelled = length and _spelled(length).match(text, found.start())
        if spelled:
            number = re.sub(r"[ -]", "", spelled[0]).upper()
            if is_iban(number):
                yield _value("iban", "iban", "IBAN", number, Check.CHECKSUM, spelled)


@cache
def _spelled(length: int) -> re.Pattern[str]:
    """So many letters and digits, with or without a space or hyphen between any two."""
    return re.compile(rf"[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){{{length - 1}}}(?!\w)")


def _addresses(text: str) -> Iterator[Value]:
    if not _HAS_AT.search(text):
        return
    for found in _EMAIL.finditer(text):
        yield _value("email", "email", "e-mail", _address(found[0]), Check.FORMAT, found)
    for found in _VPA.finditer(text):
        handle = found[0].rpartition("@")[2].lower()
        if handle in _UPI_HANDLES or handle.endswith("upi"):
            yield _value("vpa", "upi", "UPI", found[0].lower(), Check.FORMAT, found)


def _address(written: str) -> str:
    """The address behind "jess (at) example [dot] com", in small letters."""
    address = re.sub(_BRACKETED_AT + "| at ", "@", written.lower())
    return re.sub(_BRACKETED_DOT + "| dot ", ".", address)


def _value(
    shape: str, kind: str, label: str, value: str, checked: Check, found: re.Match[str]
) -> Value:
    return Value(shape, kind, label, value, checked, found.start(), found.end())
