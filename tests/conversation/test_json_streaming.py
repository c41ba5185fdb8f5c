"""Long arrays are read many elements at a time where they are indented alike; what comes out is the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversation.conformance import document
from throwline.conversation import ReadError
from throwline.conversation.readers import _json
from throwline.conversation.readers._json import listed, streamed

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=4
)
OBJECTS = st.lists(st.dictionaries(st.text(), VALUES), max_size=6)


@pytest.fixture(autouse=True)
def small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a short text is more than one of them."""
    monkeypatch.setattr(_json, "_WINDOW", 97)


@given(OBJECTS, st.none() | st.integers(0, 3) | st.just("\t"), st.booleans())
def test_every_way_of_writing_an_array_gives_its_objects(
    values: list[dict[str, object]], indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(
        {"first": 1, "all": values, "last": 2}, indent=indent, ensure_ascii=ascii_only
    )
    others: dict[str, object] = {}
    nodes = list(streamed(document("a.json", text.encode()), "all", others))
    assert [node.members for node in nodes] == values
    assert [node.pointer for node in nodes] == [f"/all/{index}" for index in range(len(values))]
    assert others == {"first": 1, "last": 2}


@given(OBJECTS, st.data())
def test_a_damaged_array_is_refused_or_was_whole(
    values: list[dict[str, object]], data: st.DataObject
) -> None:
    text = json.dumps(values, indent=1)
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = (
        text[:at] + data.draw(st.sampled_from(["", "]", "}", ",", "\n", '"', "{"])) + text[at + 1 :]
    )
    try:
        whole = json.loads(damaged)
    except ValueError:
        whole = None
    try:
        read = [node.members for node in listed(document("a.json", damaged.encode()))]
    except ReadError:
        assert whole is None or not all(isinstance(value, dict) for value in whole)
    else:
        assert read == whole
