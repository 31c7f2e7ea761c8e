"""Values in words: intervals, dates and places, and only those with something to say."""

from __future__ import annotations

import math

import pytest

from sourceline.model.text import Span
from sourceline.model.value import Date, Place, PlaceUse, Quantity
from sourceline.show.values import gathered, in_figures, interval, values_of
from tests.resolved import resolved
from tests.samples import bare_reading, reading_of


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (8, 8, "8"),
        (9, 11, "[9, 11]"),
        (11, None, "[11, ∞)"),
        (None, 5, "(-∞, 5]"),
        (0, 0, "0"),
        (1200, 1200, "1,200"),
        (0.5, 0.5, "0.5"),
        (36.0, 44.0, "[36, 44]"),
        (1 / 3, None, "[0.3333, ∞)"),
        (-3, -3, "-3"),
    ],
)
def test_intervals(low: float | None, high: float | None, shown: str) -> None:
    assert interval(low, high) == shown


@pytest.mark.parametrize("value", [10**400, -(10**400), 1e300, 1e-9, math.inf, -math.inf, math.nan])
def test_no_number_is_too_large_to_show(value: float) -> None:
    assert 0 < len(in_figures(value)) < 20


def test_values_in_words() -> None:
    meanings = {(value.span.text, value.meaning) for value in values_of(resolved())}
    assert {
        ("later this month", "2031-03-09 to 2031-03-31"),
        ("Some day", "no day is meant"),
        ("at least 11 containers", "[11, ∞) containers"),
        ("about 40 per cent", "[36, 44] %"),
        ("Karsova", "QK"),
        ("Karsova", "QK, as an actor"),
        ("Sarrow", "Port Sarrow, QK, as an actor"),
    } <= meanings


def test_a_reason_is_no_value() -> None:
    assert [value.span.text for value in values_of(resolved()) if not value.told] == ["Some day"]


def test_what_says_nothing_is_left_out() -> None:
    span = Span(start=0, end=6, text="Merrow")
    reading = bare_reading(
        reading_of("Merrow").document,
        dates=(Date(span=span, value=None, reason=None),),
        quantities=(Quantity(span=span, low=None, high=None, unit="km", counted=None),),
        places=(Place(span=span, name="Merrow", country=None, use=PlaceUse.LITERAL),),
    )
    assert values_of(reading) == []


def test_same_words_with_the_same_meaning_are_one() -> None:
    text = "Friday, friday, Friday"
    values = ("2031-03-07", "2031-03-07", "2031-03-14")
    dates = tuple(
        Date(span=Span.of(text, start, start + 6), value=value, reason=None)
        for start, value in zip((0, 8, 16), values, strict=True)
    )
    found = gathered(values_of(bare_reading(reading_of(text).document, dates=dates)))
    assert [(value.meaning, places) for value, places in found] == [("2031-03-07", [0, 1]), ("2031-03-14", [2])]
