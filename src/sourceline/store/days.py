"""Dates in ISO 8601 as days: what finding by publication date and its order rest on."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from sourceline.errors import UsageError

_DATE = re.compile(r"([0-9]{4})(?:-W([0-9]{2})(?:-([1-7]))?|-?([0-9]{2})(?:-?([0-9]{2}))?)?(?![0-9])")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def days_of(stated: str) -> tuple[date, date] | None:
    """The first and the last day of a date, week, month or year; of a time, its day as written. None where it is no
    date."""
    found = _DATE.match(stated.strip())
    if found is None:
        return None
    year, week, weekday, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        if week is not None:
            first = date.fromisocalendar(year or 0, week, weekday or 1)
            return first, first if weekday else first + timedelta(days=6)
        first = date(year or 0, month or 1, day or 1)
        if day is not None:
            return first, first
        return first, date(first.year, month or 12, monthrange(first.year, month or 12)[1])
    except (ValueError, OverflowError):
        return None


def first_day(stated: str | None) -> int | None:
    """The day a publication date begins with, as the proleptic Gregorian ordinal; None where it tells none."""
    days = None if stated is None else days_of(stated)
    return None if days is None else days[0].toordinal()


def asked_days(since: str | None, until: str | None) -> tuple[int, int] | None:
    """The first and last day (ordinals) that a query asks for, None where it names neither side. Raises UsageError."""
    if since is None and until is None:
        return None
    first = 1 if since is None else _asked(since)[0].toordinal()
    last = date.max.toordinal() if until is None else _asked(until)[1].toordinal()
    return first, last


def _asked(stated: str) -> tuple[date, date]:
    days = days_of(stated)
    if days is None:
        raise UsageError(f"{stated!r} is no date: write 2031-03-06, 2031-03, 2031-W10 or 2031")
    return days


def microseconds(moment: datetime) -> int:
    """Since 1970 in UTC; a time without an offset counts as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> datetime:
    """The time in UTC; the first or last one that there is where it lies outside the calendar."""
    try:
        return _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        return (datetime.max if microseconds > 0 else datetime.min).replace(tzinfo=UTC)
