"""Every example in the data files, run."""

from __future__ import annotations

import pytest

from throwline.indicators import find
from throwline.indicators._services import read_data

KINDS = frozenset(
    [
        "cashtag",
        "paypal",
        "venmo",
        "zelle",
        "gift_card",
        "btc",
        "eth",
        "usdt",
        "iban",
        "upi",
        "gcash",
        "phone",
        "email",
        "username",
        "url",
        "other",
    ]
)
ENTRIES = [*read_data("services.toml")["service"], *read_data("links.toml")["link"]]
FINDS = [(entry, text, value) for entry in ENTRIES for text, value in entry["finds"]]
PASSES = [(entry, text) for entry in ENTRIES for text in entry["passes"]]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["label"])
def test_every_entry_is_of_a_known_kind_and_has_examples_of_both_sorts(entry):
    assert entry["kind"] in KINDS
    assert entry["finds"]
    assert entry["passes"]


@pytest.mark.parametrize(("entry", "text", "value"), FINDS, ids=[text for _, text, _ in FINDS])
def test_what_must_be_found(entry, text, value):
    found = [hit for hit in find(text) if hit.value == value]
    assert [hit.label for hit in found] == [entry["label"]]
    assert found[0].kind == entry["kind"] or found[0].kind in ("phone", "email")


@pytest.mark.parametrize(("entry", "text"), PASSES, ids=[text for _, text in PASSES])
def test_what_must_not_be_found(entry, text):
    assert [hit.value for hit in find(text) if hit.label == entry["label"]] == []
