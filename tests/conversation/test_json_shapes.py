"""JSON that is whole but not of the promised shape: any value in it changed for one of another kind, or left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conversation.conformance import Files, check_damage, examples, name_of
from throwline.conversation import READERS, Reader

VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    10**30,
    1e300,
    1.5,
    "",
    "x",
    "\ud83d",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31 23:59:59 UTC",
    [],
    [[]],
    ["x"],
    {},
    {"": None},
    [{}],
]
_BEGINS = re.compile(r"[\[{]")


def parsed(raw: bytes) -> tuple[str, Any] | None:
    """What stands before the JSON in a file, and the JSON; None for a file without any."""
    text = raw.decode(errors="replace")
    begins = _BEGINS.search(text)
    if begins is None:
        return None
    try:
        return text[: begins.start()], json.loads(text[begins.start() :])
    except ValueError:
        return None


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in the JSON, as what holds it and the key or index there."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in list(keys):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from spots(value[key])


def json_examples(reader: Reader) -> list[tuple[Files, str]]:
    return [
        (files, name) for files in examples(reader) for name, raw in files.items() if parsed(raw)
    ]


JSON_READERS = [reader for reader in READERS if json_examples(reader)]


@pytest.mark.parametrize("reader", JSON_READERS, ids=name_of)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_value_of_another_kind(reader: Reader, data: st.DataObject) -> None:
    files, name = data.draw(st.sampled_from(json_examples(reader)))
    found = parsed(files[name])
    assert found is not None
    before, value = found
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(list(spots(value)) or [([0], 0)]))
        holder[key] = deepcopy(data.draw(st.sampled_from(VALUES)))
    changed = (before + json.dumps(value)).encode()
    check_damage(reader, {**files, name: changed})
