"""The nouns of value: a date, a quantity, a place, each with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sourceline.model.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A stretch of time that the text names, on the calendar where that can be told."""

    span: Span
    value: str | None
    """YYYY, YYYY-MM, YYYY-MM-DD or YYYY-Www, or two of these with "/" between; None where it cannot be told."""
    reason: str | None
    """Why there is no value; None where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount as a closed interval [low, high], None where a side is unbounded."""

    span: Span
    low: int | float | None
    high: int | float | None
    unit: str | None
    """The unit measured in ("km", "USD", "%"); None where things are counted."""
    counted: str | None
    """The noun counted, in the text's own words ("facilities"); None where a unit is measured or none is named."""


class PlaceUse(StrEnum):
    LITERAL = "literal"
    METONYMIC = "metonymic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place as the text has it, nothing finer than a name."""

    span: Span
    name: str
    """The place's common name ("United States" for "U.S.")."""
    country: str | None
    """ISO 3166-1 alpha-2, or None where it cannot be told."""
    use: PlaceUse
    """Metonymic where the name stands for its government, army or team ("Paris denied")."""
