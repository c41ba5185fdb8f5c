"""The order of day, month and year. Dates are made up; the rules stand in the module."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throwline.conversation import DateOrder, ReadError
from throwline.conversation.readers._dates import DateOrders, FoundOrder, readings

DAY, MONTH, YEAR = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST


def found(*written: str, hint: DateOrder | None = None) -> FoundOrder:
    orders = DateOrders()
    for each in written:
        orders.see(each)
    return orders.found(hint, "chat.txt")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("03/06/2023", {DAY: date(2023, 6, 3), MONTH: date(2023, 3, 6)}),
        ("14/06/2023", {DAY: date(2023, 6, 14)}),
        ("6/14/2023", {MONTH: date(2023, 6, 14)}),
        ("2023-06-03", dict.fromkeys(DateOrder, date(2023, 6, 3))),
        ("2023. 06. 03.", dict.fromkeys(DateOrder, date(2023, 6, 3))),
        ("06/2018/13", {MONTH: date(2018, 6, 13)}),
        ("23/06/09", {DAY: date(2009, 6, 23), YEAR: date(2023, 6, 9)}),
        ("٣\u200f/٦\u200f/٢٠٢٣", {DAY: date(2023, 6, 3), MONTH: date(2023, 3, 6)}),
        ("14/6/2566 BE", {DAY: date(2023, 6, 14)}),
        ("1402/03/13", {}),
        ("31/02/2023", {}),
        ("00/00/0000", {}),
        ("1/2", {}),
    ],
)
def test_readings(written: str, expected: dict[DateOrder, date]) -> None:
    assert readings(written) == expected


@pytest.mark.parametrize(
    ("written", "order"),
    [
        (["03/06/2023", "14/06/2023"], DAY),
        (["06/03/2023", "06/14/2023"], MONTH),
        (["04.01.18", "19.04.19"], DAY),
        (["23/06/30", "23/07/01"], YEAR),
        (["05/06/2023", "04/07/2023"], DAY),
        (["05/06/2023", "06/05/2023"], MONTH),
    ],
    ids=["day", "month", "short years last", "short years first", "clock: day", "clock: month"],
)
def test_settled_by_values_then_by_the_clock(written: list[str], order: DateOrder) -> None:
    assert found(*written) == FoundOrder(order)


def test_a_single_odd_date_does_not_turn_a_chat_round() -> None:
    days = [f"{day}/06/2023" for day in range(1, 30)]
    settled = found(*days, "06/14/2023", *days)
    assert settled.order is DAY
    assert settled.read("06/14/2023") == (None, False)


def test_open_is_assumed_and_says_both_readings() -> None:
    settled = found("03/06/2023")
    assert settled.order is DAY
    assert settled.read("03/06/2023") == (date(2023, 6, 3), True)
    assert settled.read("03/03/2023") == (date(2023, 3, 3), False)
    assert "03/06/2023 was read as 3 June 2023 and could also be 6 March 2023" in str(settled.gap)


def test_a_chat_that_contradicts_itself_reads_each_date_as_it_can_be() -> None:
    settled = found("13/01/2023", "01/14/2023")
    assert settled.read("13/01/2023") == (date(2023, 1, 13), False)
    assert settled.read("01/14/2023") == (date(2023, 1, 14), False)
    assert "contradict" in str(settled.gap)


def test_nothing_open_says_nothing() -> None:
    assert found("2023-06-03", "2023-06-04").gap is None
    assert found("03/03/2023").gap is None
    assert found().gap is None


def test_file_names_come_before_the_clock_and_the_language() -> None:
    orders = DateOrders()
    orders.see("05/06/2023")
    orders.see("06/05/2023")
    orders.see_named("05/06/2023", date(2023, 6, 5))
    orders.see_language(MONTH)
    assert orders.found(None, "chat.txt") == FoundOrder(DAY)


def test_the_language_settles_what_is_left() -> None:
    orders = DateOrders()
    orders.see("05/06/2023")
    orders.see_language(None)
    orders.see_language(MONTH)
    assert orders.found(None, "chat.txt") == FoundOrder(MONTH)


def test_the_habit_settles_nothing() -> None:
    orders = DateOrders()
    orders.see("5/6/23")
    orders.see_habit(MONTH)
    settled = orders.found(None, "chat.txt")
    assert (settled.order, settled.rivals) == (MONTH, (DAY,))
    assert settled.gap is not None


def test_a_hint_wins_over_what_is_inferred_but_not_over_the_values() -> None:
    assert found("05/06/2023", "06/05/2023", hint=DAY) == FoundOrder(DAY)
    assert found("23/06/09", hint=YEAR) == FoundOrder(YEAR)
    with pytest.raises(
        ReadError, match="cannot have the month first in its dates, as 14/06/2023 shows"
    ):
        found("14/06/2023", hint=MONTH)


@given(
    st.dates(date(2018, 1, 1), date(2030, 1, 1)),
    st.lists(st.integers(0, 40), max_size=20),
    st.sampled_from(["{0:%d/%m/%Y}", "{0:%m/%d/%Y}", "{0:%d.%m.%y}", "{0.month}/{0.day}/{0:%y}"]),
)
def test_never_silently_wrong(start: date, steps: list[int], form: str) -> None:
    """Whatever a steady clock shows in any order, each date is right, or marked as assumed."""
    days = [start]
    for step in steps:
        days.append(days[-1] + timedelta(step))
    settled = found(*(form.format(day) for day in days))
    for day in days:
        read, assumed = settled.read(form.format(day))
        assert read == day or assumed
        assert not assumed or settled.gap
