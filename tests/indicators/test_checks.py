"""Checksums, against published vectors. Each list names its source."""

from __future__ import annotations

import pytest

from throwline.indicators._base58 import is_monero, version
from throwline.indicators._ethereum import eip55
from throwline.indicators._iban import is_iban
from throwline.indicators._keccak import keccak256
from throwline.indicators._national import is_card, is_clabe, is_cnpj, is_cpf
from throwline.indicators._segwit import is_segwit

BASE58 = [
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", 0x00),  # Bitcoin Core, chainparams.cpp: the first block pays it
    ("17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem", 0x00),  # Bitcoin Core, base58_keys_valid.json
    ("3EktnHQD7RiAE6uzMj2ZifT9YgRrkSgzQX", 0x05),  # Bitcoin Core, base58_keys_valid.json
    ("3P14159f73E4gFr7JterCCQh9QjiTjiZrG", 0x05),  # BIP 13
    ("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", 0x6F),  # Bitcoin Core, base58_keys_valid.json: test network
    ("LRELGDJyeCPRDXz4Dh1kWorMN9hTBB7CEz", 0x30),  # Litecoin: tests of the Rust crate coinaddress 1.1.3
    ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", 0x41),  # Tron: the USDT contract, as Tether publishes it
    ("D597kHXGdkwkryF9oGhz9Bp1ypTpD1u99Z", 0x1E),  # bytes 0 to 19 as a Dogecoin address, by base58 2.1.1 (PyPI)
]  # fmt: skip

SEGWIT = [  # BIP 350, "Test vectors for v0-v16 native segregated witness addresses"
    ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc"),
    ("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", "tb"),
    ("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "bc"),
    ("BC1SW50QGDZ25J", "bc"),
    ("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "bc"),
    ("tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy", "tb"),
    ("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c", "tb"),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "bc"),
]

NOT_SEGWIT = [  # BIP 350, the list of invalid addresses, with their reasons
    ("tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", "bc"),  # human-readable part
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "bc"),  # bech32, not bech32m
    ("tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf", "tb"),
    ("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", "bc"),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "bc"),  # bech32m, not bech32
    ("tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47", "tb"),
    ("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "bc"),  # letter in checksum
    ("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "bc"),  # witness version
    ("bc1pw5dgrnzv", "bc"),  # 1 byte
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", "bc"),
    ("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "bc"),  # length for version 0
    ("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", "tb"),  # mixed case
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", "bc"),  # padding
    ("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j", "tb"),
    ("bc1gmk9yu", "bc"),  # no data
]

EIP55 = [  # EIP-55, "test cases"
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
]

KECCAK = [
    # The Keccak team's known answers for the empty message; the others by pycryptodome 3.
    (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
    (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    (bytes(range(200)), "bfb0aa97863e797943cf7c33bb7e880bb4543f3d2703c0923c6901c2af57b890"),
]

MONERO = [  # the Monero project's donation addresses (README.md, former and present)
    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
    "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
]

IBANS = [  # the examples in the IBAN Registry of SWIFT (ISO 13616)
    "AD1200012030200359100100",
    "AE070331234567890123456",
    "AL47212110090000000235698741",
    "AT611904300234573201",
    "AZ21NABZ00000000137010001944",
    "BA391290079401028494",
    "BE68539007547034",
    "BG80BNBG96611020345678",
    "BH67BMAG00001299123456",
    "BR1800360305000010009795493C1",
    "BY13NBRB3600900000002Z00AB00",
    "CH9300762011623852957",
    "CR05015202001026284066",
    "CY17002001280000001200527600",
    "CZ6508000000192000145399",
    "DE89370400440532013000",
    "DK5000400440116243",
    "DO28BAGR00000001212453611324",
    "EE382200221020145685",
    "ES9121000418450200051332",
    "FI2112345600000785",
    "FO6264600001631634",
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
    "GE29NB0000000101904917",
    "GI75NWBK000000007099453",
    "GL8964710001000206",
]


@pytest.mark.parametrize(("address", "expected"), BASE58)
def test_base58check(address, expected):
    assert version(address) == expected


@pytest.mark.parametrize("address", [address for address, _ in BASE58])
def test_base58check_notices_one_wrong_letter(address):
    wrong = "2" if address[10] != "2" else "3"
    assert version(address[:10] + wrong + address[11:]) is None
    assert version(address[:-1]) is None
    assert version(address + "1") is None


def test_base58check_of_letters_outside_the_alphabet():
    assert version("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNO") is None
    assert version("") is None


@pytest.mark.parametrize(("address", "network"), SEGWIT)
def test_segwit(address, network):
    assert is_segwit(address, network)


@pytest.mark.parametrize(("address", "network"), NOT_SEGWIT)
def test_what_is_no_segwit_address(address, network):
    assert not is_segwit(address, network)


@pytest.mark.parametrize("address", EIP55)
def test_eip55(address):
    assert eip55(address) == address
    assert eip55(address.lower()) == address
    assert eip55("0x" + address[2:].upper()) == address


@pytest.mark.parametrize(("content", "digest"), KECCAK)
def test_keccak(content, digest):
    assert keccak256(content).hex() == digest


@pytest.mark.parametrize("address", MONERO)
def test_monero(address):
    assert is_monero(address)
    assert not is_monero(address[:-1] + "4")
    assert not is_monero("z" * 95)


@pytest.mark.parametrize("iban", IBANS)
def test_iban(iban):
    assert is_iban(iban)
    assert not is_iban(iban[:-1])
    assert not is_iban(iban[:4] + iban[5] + iban[4] + iban[6:]) or iban[4] == iban[5]


@pytest.mark.parametrize(
    "text",
    [
        "DE88370400440532013000",  # check digits
        "DE8937040044053201300A",  # a letter where Germany has digits; the checksum is not even looked at
        "XX89370400440532013000",  # no such country
        "DEAB370400440532013000",  # no check digits
        "",
    ],
)
def test_what_is_no_iban(text):
    assert not is_iban(text)


def test_national_numbers():
    # 111.444.777-35 and 11.222.333/0001-81 are the examples that Brazilian manuals use.
    assert is_cpf("11144477735")
    assert not is_cpf("11144477734")
    assert not is_cpf("11111111111")
    assert is_cnpj("11222333000181")
    assert not is_cnpj("11222333000180")
    assert not is_cnpj("00000000000000")
    # 032180000118359719 is the example of Wikipedia's article on the CLABE.
    assert is_clabe("032180000118359719")
    assert not is_clabe("032180000118359718")
    # 4111 1111 1111 1111 is the test card of every card processor.
    assert is_card("4111111111111111")
    assert not is_card("4111111111111112")
