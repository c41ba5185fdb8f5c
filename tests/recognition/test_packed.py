"""Rows in one integer do what lists of numbers do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from throwline.recognition._packed import Layout

FIELDS = st.lists(st.integers(-(2**20), 2**20), min_size=5, max_size=5)
LAYOUT = Layout(5)


@given(FIELDS)
def test_there_and_back(fields: list[int]) -> None:
    assert LAYOUT.fields(LAYOUT.pack(fields)) == fields


@given(st.lists(FIELDS, min_size=1, max_size=9), st.integers(0, 256))
def test_sums_and_products_are_those_of_the_fields(rows: list[list[int]], times: int) -> None:
    packed = sum(LAYOUT.pack(row) for row in rows) * times
    assert LAYOUT.fields(packed) == [times * sum(column) for column in zip(*rows, strict=True)]


@given(FIELDS, FIELDS)
def test_thresholds(fields: list[int], thresholds: list[int]) -> None:
    reaches = LAYOUT.any_reaches(LAYOUT.pack(fields), LAYOUT.pack(-t for t in thresholds))
    assert reaches == any(f >= t for f, t in zip(fields, thresholds, strict=True))
