"""Any value whose checksum holds is found, however it is surrounded and spaced; none is found where it does not hold."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from throwline.indicators import Check, find
from throwline.indicators._base58 import ALPHABET
from throwline.indicators._ethereum import eip55
from throwline.indicators._services import read_data

BASE58_COINS = {0x00: "btc", 0x05: "btc", 0x30: "other", 0x32: "other", 0x1E: "other", 0x41: "usdt"}
IBANS = read_data("iban.toml")
LETTERS = {"n": "0123456789", "a": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "c": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}  # fmt: skip
AROUND = st.sampled_from(["{}", "pay to {} today", "wallet:{}", "({})", "👉{}👈", "{}.", "adresse\n{}\n", '"{}"'])  # fmt: skip


@st.composite
def base58(draw):
    """A kind and an address, encoded after the description on the Bitcoin wiki ("Base58Check encoding")."""
    version = draw(st.sampled_from(sorted(BASE58_COINS)))
    payload = bytes([version]) + draw(st.binary(min_size=20, max_size=20))
    content = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number = int.from_bytes(content, "big")
    letters = ""
    while number:
        number, digit = divmod(number, 58)
        letters = ALPHABET[digit] + letters
    zeros = len(content) - len(content.lstrip(b"\0"))
    return BASE58_COINS[version], "1" * zeros + letters


@st.composite
def ibans(draw):
    """An IBAN with check digits after ISO 13616-1, 6."""
    country = draw(st.sampled_from(sorted(IBANS)))
    account = "".join(
        draw(st.sampled_from(LETTERS[kind]))
        for count, kind in re.findall(r"(\d+)([nac])", IBANS[country])
        for _ in range(int(count))
    )
    number = int("".join(str(int(letter, 36)) for letter in f"{account}{country}00"))
    return f"{country}{98 - number % 97:02d}{account}"


def found(text):
    return [(hit.kind, hit.value, hit.checked) for hit in find(text)]


@settings(deadline=None)
@given(base58(), AROUND)
def test_every_base58_wallet(wallet, around):
    kind, address = wallet
    assert found(around.format(address)) == [(kind, address, Check.CHECKSUM)]


@settings(deadline=None)
@given(base58(), st.integers(1, 33), st.sampled_from(ALPHABET))
def test_no_base58_wallet_with_a_wrong_letter(wallet, place, letter):
    address = wallet[1]
    wrong = address[:place] + letter + address[place + 1 :]
    assert (wrong in [value for _, value, _ in found(wrong)]) == (wrong == address)


@settings(deadline=None)
@given(st.binary(min_size=20, max_size=20).map(bytes.hex), AROUND)
def test_every_ethereum_wallet(digits, around):
    address = eip55("0x" + digits)
    (hit,) = find(around.format(address))
    assert (hit.kind, hit.value) == ("eth", address)


@settings(deadline=None)
@given(ibans(), AROUND)
def test_every_iban(iban, around):
    assert found(around.format(iban)) == [("iban", iban, Check.CHECKSUM)]


@pytest.mark.parametrize("spell", [str.lower, lambda iban: re.sub("(....)(?=.)", r"\1 ", iban)])
@settings(deadline=None)
@given(ibans())
def test_every_spelling_of_an_iban(spell, iban):
    assert found(f"an {spell(iban)}, heute") == [("iban", iban, Check.CHECKSUM)]


@settings(deadline=None)
@given(ibans(), st.integers(4, 14), st.sampled_from("0123456789"))
def test_no_iban_with_a_wrong_digit(iban, place, digit):
    assume(iban[place].isdecimal())
    wrong = iban[:place] + digit + iban[place + 1 :]
    assert ("iban" in [kind for kind, _, _ in found(wrong)]) == (wrong == iban)
