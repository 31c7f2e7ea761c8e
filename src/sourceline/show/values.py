"""The dates, quantities and places of a reading in words: what the text says, and the value it was read as."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sourceline.model.reading import Reading
from sourceline.model.text import Span
from sourceline.model.value import Date, Place, PlaceUse, Quantity

_LARGEST = 10**15
"""From here on a number is shown by its power of ten."""


class ValueKind(StrEnum):
    DATE = "date"
    QUANTITY = "quantity"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Words of the text and what they were read as."""

    kind: ValueKind
    span: Span
    meaning: str
    told: bool = True
    """Whether `meaning` is a value; otherwise it is the reason why there is none."""


def values_of(reading: Reading, *, infinity: str = "∞") -> list[Value]:
    """The values of which there is something to say, kind by kind, each kind in the order of the text."""
    dates = (_date(date) for date in reading.dates)
    quantities = (_quantity(quantity, infinity) for quantity in reading.quantities)
    places = (_place(place) for place in reading.places)
    return [value for values in (dates, quantities, places) for value in values if value is not None]


def gathered(values: Iterable[Value]) -> Iterator[tuple[Value, list[int]]]:
    """Each value once, with the places in `values` where it stands: the same words with the same meaning are one."""
    places: dict[tuple[ValueKind, str, str, bool], list[int]] = {}
    first: dict[tuple[ValueKind, str, str, bool], Value] = {}
    for place, value in enumerate(values):
        key = (value.kind, " ".join(value.span.text.split()).casefold(), value.meaning, value.told)
        first.setdefault(key, value)
        places.setdefault(key, []).append(place)
    for key, value in first.items():
        yield value, places[key]


def _date(date: Date) -> Value | None:
    meaning = date.value.replace("/", " to ") if date.value else date.reason
    if meaning is None:
        return None
    return Value(kind=ValueKind.DATE, span=date.span, meaning=meaning, told=date.value is not None)


def _quantity(quantity: Quantity, infinity: str) -> Value | None:
    if quantity.low is None and quantity.high is None:
        return None
    parts = (interval(quantity.low, quantity.high, infinity=infinity), quantity.unit, quantity.counted)
    return Value(kind=ValueKind.QUANTITY, span=quantity.span, meaning=" ".join(filter(None, parts)))


def _place(place: Place) -> Value | None:
    """A place of which nothing is known but the words themselves says nothing."""
    metonymic = place.use is PlaceUse.METONYMIC
    renamed = place.name != place.span.text
    if place.country is None and not metonymic and not renamed:
        return None
    parts = (place.name if renamed else None, place.country, "as an actor" if metonymic else None)
    return Value(kind=ValueKind.PLACE, span=place.span, meaning=", ".join(filter(None, parts)))


def interval(low: float | None, high: float | None, *, infinity: str = "∞") -> str:
    """ "8", "[9, 11]", "[11, ∞)" or "(-∞, 5]"."""
    if low is not None and low == high:
        return in_figures(low)
    left = f"(-{infinity}" if low is None else f"[{in_figures(low)}"
    right = f"{infinity})" if high is None else f"{in_figures(high)}]"
    return f"{left}, {right}"


def in_figures(value: float) -> str:
    """With thousands set apart, up to four decimals, and neither too long to read nor too long to convert."""
    if isinstance(value, int) and abs(value) >= _LARGEST:
        sign = "-" if value < 0 else ""
        return f"{sign}about 10^{round(math.log10(abs(value)))}"
    if not math.isfinite(value):
        return str(value)
    if abs(value) >= _LARGEST or 0 < abs(value) < 1e-3:
        return f"{value:.3g}"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")
