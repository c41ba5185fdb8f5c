"""The project's own conversations, written and labelled by people who had no hand in these rules.

Left out are the labels "gift_card" and "other": there the name of a card kind or a sum is often marked, which is no value.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from throwline.indicators import find

CORPUS = Path(__file__).parents[2] / "data" / "conversations"
CHECKSUMMED = ("btc", "eth", "iban")
CONTEXTUAL = ("cashtag", "email", "gcash", "paypal", "phone", "upi", "url", "username", "venmo", "zelle")  # fmt: skip


def bare(value):
    """What is left of a value to compare: labels keep the spelling of the message, and phones have no country."""
    letters = re.sub(r"[+() .-]", "", value).lower().removeprefix("@")
    return letters[-7:] if letters.isdecimal() else letters


def found_and_missed(split):
    counts = Counter()
    for path in sorted((CORPUS / split).glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            conversation = json.loads(line)
            texts = [message["text"] or "" for message in conversation["messages"]]
            said = [text for text in texts if text]
            values = {
                bare(hit.value)
                for place, text in enumerate(said)
                for hit in find(text, earlier=said[max(0, place - 3) : place])
            }
            for label in conversation["indicators"]:
                counts[label["type"], bare(label["value"]) in values] += 1
    return counts


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_labelled_values_are_found(split):
    if not (CORPUS / split).is_dir():
        pytest.skip(f"the conversations of {split} are not here")
    counts = found_and_missed(split)
    for kinds, least in ((CHECKSUMMED, 1.0), (CONTEXTUAL, 0.9)):
        right = sum(counts[kind, True] for kind in kinds)
        missed = sum(counts[kind, False] for kind in kinds)
        assert right >= least * (right + missed)
