"""Every rule does what its own examples say."""

from __future__ import annotations

import pytest

from throwline.exposure import kinds
from throwline.exposure._rules import Rule, rules

RULES = [pytest.param(rule, id=f"{rule.what} {rule.yes[0][1]}") for rule in rules()]


@pytest.mark.parametrize("rule", RULES)
def test_examples(rule: Rule) -> None:
    assert rule.what in kinds()
    for text, said in rule.yes:
        assert said in [text[start:end].rstrip() for start, end in rule.spans(text)], text
    for text in rule.no:
        assert [text[start:end] for start, end in rule.spans(text)] == [], text


def test_every_kind_has_words_and_can_be_found() -> None:
    assert {rule.what for rule in rules()} | {"email"} == set(kinds())
    for kind in kinds().values():
        assert all(sentence.endswith(".") for sentence in (kind.why, kind.do))
