from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throwline.indicators import Check, Hit, find

BTC = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"  # BIP 173


def pairs(text, **options):
    return [(hit.kind, hit.value) for hit in find(text, **options)]


def test_a_hit_says_what_where_and_why():
    text = "pay on cashapp $KellMor now"
    assert find(text) == [
        Hit("cashtag", "$kellmor", "Cash App", Check.CONTEXT, "$KellMor", 15, 23),
    ]


def test_hits_come_in_the_order_of_the_text():
    text = f"zelle 202-555-0143, cashapp $kellmor or {BTC}"
    assert [hit.kind for hit in find(text)] == ["zelle", "cashtag", "btc"]


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("cashapp $kell\u200bmor", "$kellmor", "$kell\u200bmor"),
        ("cash\u200dapp $kellmor", "$kellmor", "$kellmor"),
        ("ｃａｓｈａｐｐ ＄ｋｅｌｌｍｏｒ ok", "$kellmor", "＄ｋｅｌｌｍｏｒ"),
        ("𝗰𝗮𝘀𝗵𝗮𝗽𝗽 $𝗸𝗲𝗹𝗹𝗺𝗼𝗿", "$kellmor", "$𝗸𝗲𝗹𝗹𝗺𝗼𝗿"),
        ("cаshаpp $kellmor", "$kellmor", "$kellmor"),  # Cyrillic а in the cue
        (
            "write to jess\u00ad@exam\u2060ple.com",
            "jess@example.com",
            "jess\u00ad@exam\u2060ple.com",
        ),
        ("blik 4️⃣8️⃣2️⃣9️⃣1️⃣3️⃣", "482913", "4️⃣8️⃣2️⃣9️⃣1️⃣3"),
        ("text me +٤٤ 7700 900123", "+447700900123", "+٤٤ 7700 900123"),
        ("zelle 202\u2011555\u20110143", "+12025550143", "202\u2011555\u20110143"),
        (f"{BTC[:20]}\u200b{BTC[20:]}", BTC, f"{BTC[:20]}\u200b{BTC[20:]}"),
    ],
)
def test_disguised_values_are_read_and_cited_as_they_were_written(text, value, written):
    (hit,) = find(text)
    assert hit.value == value
    assert hit.as_written == written
    assert text[hit.start : hit.end] == written


def test_a_letter_of_another_script_in_a_value_is_not_guessed():
    assert pairs("mail jess@exаmple.com") == []  # Cyrillic а


def test_earlier_messages_announce():
    assert pairs("$kellmor") == []
    assert pairs("$kellmor", earlier=["whats ur cashapp?"]) == [("cashtag", "$kellmor")]
    assert pairs("$kellmor", earlier=["cashapp?", "ok"]) == [("cashtag", "$kellmor")]
    assert pairs("$kellmor", earlier=["cashapp?", "ok", "wait", "hm"]) == []


def test_the_nearest_cue_wins():
    assert pairs("no paypal, zelle jess@example.com") == [("zelle", "jess@example.com")]
    assert pairs("cashapp $kellmor chime $other-one") == [
        ("cashtag", "$kellmor"),
        ("other", "$other-one"),
    ]


def test_the_same_number_by_what_is_said_around_it():
    assert pairs("call 202-555-0143", region="US") == [("phone", "+12025550143")]
    assert pairs("zelle 202-555-0143") == [("zelle", "+12025550143")]
    assert pairs("202-555-0143") == []
    assert pairs("202-555-0143", region="US") == [("phone", "+12025550143")]


@pytest.mark.parametrize(
    ("text", "checked"),
    [
        (BTC, Check.CHECKSUM),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Check.CHECKSUM),
        ("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", Check.FORMAT),
        ("+1 202 555 0143", Check.FORMAT),
        ("+44 7700 900123", Check.CONTEXT),  # Ofcom: for drama use, so never in service
        ("jess@example.com", Check.FORMAT),
        ("venmo @kellmor", Check.CONTEXT),
    ],
)
def test_how_a_value_was_checked(text, checked):
    (hit,) = find(text)
    assert hit.checked is checked


def test_a_part_of_a_value_is_no_value():
    assert pairs("https://example.com/?to=jess@example.com&w=" + BTC) == [
        ("url", "https://example.com/?to=jess@example.com&w=" + BTC)
    ]
    assert pairs("jess@shop.example.com") == [("email", "jess@shop.example.com")]
    assert pairs("x" + BTC) == []


def test_a_ton_wallet():
    address = "EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF"  # docs.ton.org, "TON Cookbook"
    assert pairs(f"send to {address}") == [("other", address)]
    assert pairs(f"usdt on ton: {address}") == [("usdt", address)]
    assert pairs(f"send to {address[:-1]}G") == []


def test_the_text_of_a_payment_qr_code():
    # Banco Central do Brasil, "Manual de Padrões para Iniciação do Pix", static example.
    code = (
        "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000"
        "5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D"
    )
    (hit,) = find(f"copia e cola {code} agora")
    assert (hit.value, hit.label, hit.checked) == (code, "Pix", Check.CHECKSUM)
    assert code not in [value for _, value in pairs(code.replace("Tal", "Tel"))]


def test_links():
    assert pairs("(see https://example.com/a).") == [("url", "https://example.com/a")]
    assert pairs("https://support. URL") == []
    assert pairs("HXXP://EXAMPLE[.]COM/Path") == [("url", "http://example.com/Path")]


@settings(deadline=None)
@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_is_read(text, earlier):
    end = 0
    for hit in find(text, region="US", earlier=earlier):
        assert hit.as_written == text[hit.start : hit.end]
        assert end <= hit.start < hit.end
        end = hit.end


TOKENS = st.sampled_from(
    ["cashapp", "$kellmor", "snap", ":", "is", "my", "jess_k22", "@mira", "202-555-0143", "zelle", "+447700900123", BTC,
     "steam", "A1B2C-D3E4F-G5H6J", "jess@example.com", "t.me/mira_line", "\u200b", "pix", "123.456.789-09", "\n", "(at)"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(TOKENS).map(" ".join))
def test_any_mixture_is_read(text):
    spans = [(hit.start, hit.end) for hit in find(text)]
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1 ", "a.", ".", "@", "@a.", "$", ":", "snap ", "snap: ", "my snap is ", "cashapp $a1 ", "+", "(", "a-", "www.",
     "https://", "call 1", "is ", "\u200b", "A1B2C-", "x@y.", ") "],
)  # fmt: skip
def test_a_very_long_text_takes_no_more_than_its_length(piece):
    """It ends within the test run's patience; twice the length must not take four times as long (looked at by hand)."""
    find(piece * (200_000 // len(piece)), region="US", earlier=["snap? cashapp?"])
