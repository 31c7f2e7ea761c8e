"""Days that mentions are about, as intervals that can be compared."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sourceline.model.value import Date


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the calendar from first to last, both counted in."""

    first: int
    last: int

    def apart(self, other: Days) -> int:
        """Days between the two, 0 where they share one."""
        return max(0, self.first - other.last, other.first - self.last)

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def days_of(value: Date) -> Days | None:
    """The days that a date names; None where it has no value on the calendar."""
    if value.value is None:
        return None
    ends = [_days(part) for part in value.value.split("/")]
    first, last = ends[0], ends[-1]
    return None if first is None or last is None or last.last < first.first else Days(first.first, last.last)


def _days(text: str) -> Days | None:
    try:
        if "W" in text:
            year, week = text.split("-W")
            start = date.fromisocalendar(int(year), int(week), 1).toordinal()
            return Days(start, start + 6)
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 3:
            day = date(*parts).toordinal()
            return Days(day, day)
        if len(parts) == 2:
            year_, month = parts
            return Days(date(year_, month, 1).toordinal(), date(year_, month, monthrange(year_, month)[1]).toordinal())
        return Days(date(parts[0], 1, 1).toordinal(), date(parts[0], 12, 31).toordinal())
    except (ValueError, TypeError, IndexError):
        return None
