"""Times as people read them: near ones relative, others by their day; the exact one is shown on pointing at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RELATIVE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    words: str
    exact: str
    stated: str
    """ISO 8601; "" for what is no date."""


def moment_of(stated: datetime | str | None, now: datetime) -> Moment | None:
    """A time, or what an article states as one, word for word where it is none; None for none."""
    if stated is None or stated == "":
        return None
    if isinstance(stated, datetime):
        return _told(stated if stated.tzinfo else stated.replace(tzinfo=UTC), stated.isoformat(), now)
    try:
        if len(stated) <= len("2031-03-06"):
            day = date.fromisoformat(stated)
            words = _day(day, now)
            return Moment(words=words, exact=_whole_day(day), stated=stated)
        found = datetime.fromisoformat(stated)
    except ValueError:
        return Moment(words=stated, exact=stated, stated="")
    return _told(found if found.tzinfo else found.replace(tzinfo=UTC), stated, now)


def _told(moment: datetime, stated: str, now: datetime) -> Moment:
    exact = f"{_whole_day(moment)}, {moment:%H:%M} {moment.tzname() or ''}".rstrip()
    since = now - moment
    if timedelta(0) <= since < _RELATIVE:
        return Moment(words=_relative(since), exact=exact, stated=stated)
    clock = "" if (moment.hour, moment.minute) == (0, 0) else f" {moment:%H:%M}"
    return Moment(words=_day(moment, now) + clock, exact=exact, stated=stated)


def _relative(since: timedelta) -> str:
    minutes = int(since.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 24 * 60:
        return f"{minutes // 60} h ago"
    days = minutes // (24 * 60)
    return "yesterday" if days == 1 else f"{days} days ago"


def _day(day: date, now: datetime) -> str:
    year = "" if day.year == now.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def _whole_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
