"""What the words of a date name, before it is known when they were written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sourceline.normalise.dates.calendar import Stretch

NO_PUBLICATION = "no publication date"
NO_EARLIER_DATE = "no date to count from"
AMBIGUOUS_ORDER = "ambiguous order of day and month"
YEAR_NOT_GIVEN = "year not given"
NOT_EXACT = "not exact"

Count = Callable[[date], Stretch]
"""From the day counted from to what is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Fields that the words give; what they leave open is filled from the publication date."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    in_year: Callable[[int], Stretch] | None = None
    """What has a fixed place in every year: a feast, a season, a quarter."""
    stretch: Stretch | None = None
    """What is told in full by the words."""
    count: Count | None = None
    """What is counted from the publication date, or from the date named before it."""
    from_mention: bool = False
    """Whether the count is from the date named before ("the next day") and not from publication."""
    exactness: int = 3
    """As `Stretch.finest`: the least exact date before that it can be counted from. No day follows on "in 1961"."""
    reason: str | None = None
    """Why it cannot be told."""
    last: Named | None = None
    """The end of a range that begins with the above."""


def unknown(reason: str) -> Named:
    return Named(reason=reason)


def known(stretch: Stretch) -> Named:
    return Named(stretch=stretch)


def counted(count: Count) -> Named:
    return Named(count=count)


EXACTNESS = {"day": 0, "weekend": 0, "week": 1, "fortnight": 1, "month": 2, "quarter": 2}
"""Of units; the longer ones have that of a year."""


def from_mention(count: Count, unit: str) -> Named:
    """Counted in a unit from the date named before."""
    return Named(count=count, from_mention=True, exactness=EXACTNESS.get(unit, 3))
