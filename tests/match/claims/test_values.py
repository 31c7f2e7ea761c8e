"""Days and figures as they are compared."""

from __future__ import annotations

import pytest

from sourceline.match.claims.figures import Figure, figure_of
from sourceline.match.claims.times import Days, days_of
from sourceline.model.text import Span
from sourceline.model.value import Date
from tests.match.claims.articles import mention


def days(value: str | None) -> Days | None:
    return days_of(Date(span=Span(start=0, end=0, text=""), value=value, reason=None))


@pytest.mark.parametrize(
    ("value", "length"),
    [("2031-05-02", 1), ("2031-W18", 7), ("2031-02", 28), ("2032", 366), ("2031-05-01/2031-05-03", 3), ("9999-12", 31)],
)
def test_days(value: str, length: int) -> None:
    found = days(value)
    assert found is not None
    assert found.length == length


@pytest.mark.parametrize(
    "value", [None, "", "2031-13", "2031-05-40", "0000", "2031-05-03/2031-05-01", "2031-W60", "x-y-z"]
)
def test_no_days(value: str | None) -> None:
    assert days(value) is None


def test_days_apart() -> None:
    first, second = Days(10, 12), Days(15, 15)
    assert first.apart(second) == second.apart(first) == 3
    assert first.apart(Days(12, 20)) == 0


def figure(words: str) -> Figure:
    found = mention(words)
    return figure_of(found.quantities[0], found)


def test_what_became_of_people_is_part_of_a_figure() -> None:
    dead, missing = figure("Police counted 4 dead in Sellick"), figure("Police counted 4 missing in Sellick")
    assert dead.equals(missing)
    assert not dead.same_scale(missing)


def test_things_that_are_counted_are_compared_by_their_nouns() -> None:
    assert figure("It holds 9 piles").same_scale(figure("She counted 7 piles"))
    assert not figure("It holds 9 piles").same_scale(figure("It holds 9 boats"))


def test_intervals_that_meet() -> None:
    at_least, eight, eleven = (
        Figure(11, None, None, "pile", None),
        Figure(8, 8, None, "pile", None),
        Figure(11, 11, None, "pile", None),
    )
    assert at_least.meets(eleven)
    assert not at_least.meets(eight)
    assert eleven.meets(at_least)


def test_long_figures_tell_more() -> None:
    assert figure("They saw 427 records").telling > figure("They saw 400 records").telling
    assert figure("They saw 47 records").telling > figure("They saw 2 records").telling
