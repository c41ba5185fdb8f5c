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
    reaching = LAYOUT.reaching(LAYOUT.pack(fields), LAYOUT.pack(-t for t in thresholds))
    pairs = zip(fields, thresholds, strict=True)
    assert LAYOUT.places(reaching) == [i for i, (f, t) in enumerate(pairs) if f >= t]


@given(FIELDS)
def test_one_field(fields: list[int]) -> None:
    row = LAYOUT.pack(fields)
    assert [LAYOUT.field(row, place) for place in range(5)] == fields


@given(st.lists(st.lists(FIELDS, min_size=3, max_size=3), min_size=1, max_size=9))
def test_rows_beside_each_other(groups: list[list[list[int]]]) -> None:
    several = sum(LAYOUT.beside(LAYOUT.pack(row) for row in rows) for rows in groups)
    assert LAYOUT.first(several) == LAYOUT.apart(several)[0]
    together = [LAYOUT.fields(row) for row in LAYOUT.apart(several)]
    assert together == [
        [sum(column) for column in zip(*rows, strict=True)] for rows in zip(*groups, strict=True)
    ]
