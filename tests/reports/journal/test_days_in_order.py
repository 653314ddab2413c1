"""Days out of order: the fewest, never a fixed one, each with the day that speaks against it."""

import datetime

import pytest

from reports.journal import days_in_order


@pytest.mark.parametrize(
    ("days", "fixed", "odd"),
    [
        ([], "", {}),
        ([1, 1, 2], "", {}),
        ([1, 9, 2, 3, 4], "", {1: 2}),
        ([5, 6, 7, 1, 8], "", {3: 2}),
        ([4, 3, 5], "", {1: 0}),
        ([9, 1, 2], "0", {1: 0, 2: 0}),
        ([3, 4, 2], "2", {0: 2, 1: 2}),
        ([9, 5, 1], "02", {1: 0}),
        ([9, 1], "01", {}),
    ],
)
def test_odd_ones(days: list[int], fixed: str, odd: dict[int, int]) -> None:
    """``fixed``: the places of the days that are."""
    told = [datetime.date(2026, 1, day) for day in days]
    assert days_in_order.odd_ones(told, [str(place) in fixed for place in range(len(days))]) == odd
