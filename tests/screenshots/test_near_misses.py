"""Addresses that were nearly read. Test vectors: BIP 173 (segwit), the address of Bitcoin's first block, EIP-55, and the
example IBAN of the SWIFT registry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throwline.indicators import Check, find
from throwline.screenshots import near_misses

SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
ETHEREUM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
IBAN = "DE89370400440532013000"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (SEGWIT.replace("qw5", "gw5"), SEGWIT),
        (SEGWIT.replace("508", "5O8"), SEGWIT),
        (SEGWIT.replace("bc1", "bcl"), SEGWIT),
        (SEGWIT.replace("v8f", "vBf").replace("y5r", "ySr"), SEGWIT),
        (f"{SEGWIT[:30]} {SEGWIT[30:]}", SEGWIT),
        (GENESIS.replace("1e", "le"), GENESIS),
        (GENESIS.replace("5SL", "55L"), GENESIS),
        (ETHEREUM.replace("Ef1B", "EflB"), ETHEREUM),
        (ETHEREUM.replace("0x5", "Ox5"), ETHEREUM),
        ("DE89 3704 0044 O532 0130 00", IBAN),
        ("DEB9 3704 0044 0532 0130 00", IBAN),
    ],
)
def test_letters_that_look_alike(read: str, meant: str) -> None:
    text = f"Pay to {read} today"
    assert find(text) == [] or all(hit.checked is not Check.CHECKSUM for hit in find(text))
    suggestions = near_misses(text)
    assert meant in [suggestion.offered for suggestion in suggestions]
    assert {text[s.start : s.end] for s in suggestions} == {read}


@pytest.mark.parametrize(
    "text",
    [
        f"Pay to {SEGWIT} today",
        f"{IBAN} and {ETHEREUM}",
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "https://example.com/a/very/long/path/0000000000000000000000000",
        "+1 (555) 010-0199",
        SEGWIT.replace("w508d6qejx", "aaaaaaaaaa"),
        "",
    ],
)
def test_what_holds_and_what_is_no_address_is_left_alone(text: str) -> None:
    assert near_misses(text) == []


@given(st.text(max_size=120))
def test_whatever_the_text_every_offer_holds_its_checksum(text: str) -> None:
    for suggestion in near_misses(text):
        assert text[suggestion.start : suggestion.end] == suggestion.as_read
        assert find(suggestion.offered)[0].checked is Check.CHECKSUM


@given(st.data())
def test_any_one_letter_misread_is_found(data: st.DataObject) -> None:
    looks = {"0": "O", "1": "l", "q": "g", "8": "B", "5": "S"}
    places = [n for n, letter in enumerate(SEGWIT) if letter in looks]
    place = data.draw(st.sampled_from(places))
    read = SEGWIT[:place] + looks[SEGWIT[place]] + SEGWIT[place + 1 :]
    assert [s.offered for s in near_misses(read)] == [SEGWIT]
