"""Counting from a day: so many units on or back, no finer than the unit, and what is taken from a stretch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.calendar import Stretch
from sourceline.normalise.dates.named import NOT_EXACT, Named, counted, known, unknown


def weekday_of_week(day: date, weekday: int, shift: int) -> Stretch:
    return cal.one_day(cal.move_days(day, weekday - day.weekday() + 7 * shift))


def nearest_weekday(day: date, weekday: int) -> Stretch:
    return cal.one_day(cal.move_days(day, (weekday - day.weekday() + 3) % 7 - 3))


def rest_of(day: date, unit: str, shift: int) -> Stretch:
    """From a day to the end of its week, month or year; all of the next one."""
    whole = cal.unit_around(cal.move(cal.unit_around(day, unit).first, unit, shift), unit)
    return whole if shift else cal.days(day, whole.last)


def month_away(day: date, count: int) -> date:
    return cal.move_months(day.replace(day=1), count)


def day_of_month(day: date, number: int) -> Stretch:
    return cal.find_day(day.year, day.month, number)


def at_unit(day: date, unit: str, count: int) -> Stretch:
    """So many units away, no finer than the unit: two years ago is a year, two weeks ago a day."""
    moved = cal.move(day, unit, count)
    match unit:
        case "month" | "quarter":
            return cal.find_month(moved.year, moved.month)
        case "year" | "decade":
            return cal.find_year(moved.year)
        case "century":
            return cal.find_century(moved.year // 100 + 1)
    return cal.one_day(moved)


def many(day: date, unit: str, count: int, ahead: bool) -> Stretch:
    """The so many days, months... after a day, or before it."""
    if unit == "quarter":
        quarter = cal.quarter_of(day).first
        first = cal.move(quarter, unit, 1 if ahead else -count)
        return cal.quarter_of(first).until(cal.quarter_of(cal.move(first, unit, count - 1)))
    if ahead:
        return cal.days(cal.move_days(day, 1), cal.move(day, unit, count))
    return cal.days(cal.move(day, unit, -count), cal.move_days(day, -1))


def business_days(day: date, count: int) -> Stretch:
    """Mondays to Fridays, whatever is kept as a holiday."""
    step = 1 if count > 0 else -1
    weeks, rest = divmod(abs(count), 5)
    far = cal.move_days(day, step * 7 * weeks)
    while rest:
        far = cal.move_days(far, step)
        rest -= far.weekday() < 5
    near = cal.move_days(day, step)
    while near.weekday() > 4:
        near = cal.move_days(near, step)
    return cal.days(*sorted((near, far)))


def in_year(named: Named, year: int) -> Stretch:
    if named.in_year is not None:
        return named.in_year(year)
    assert named.month is not None
    return cal.find_month(year, named.month) if named.day is None else cal.find_day(year, named.month, named.day)


def shifted_in_year(named: Named, day: date, shift: int, past: bool = False) -> Stretch:
    """last March, this summer (in the past tense one that has begun), next Christmas."""
    found = in_year(named, day.year)
    if shift == 0:
        return in_year(named, day.year - 1) if past and found.first > day else found
    if shift < 0:
        return found if found.last < day else in_year(named, day.year - 1)
    return found if found.first > day else in_year(named, day.year + 1)


def offset_from(inner: Named, unit: str, count: int, ahead: bool) -> Named:
    """So many units from a date that is named."""
    return then(inner, lambda day: cal.one_day(cal.move(day, unit, count)), ahead)


def then(inner: Named, place: Callable[[date], Stretch], ahead: bool = False) -> Named:
    return then_stretch(inner, lambda stretch: place(stretch.first), ahead)


def then_stretch(inner: Named, place: Callable[[Stretch], Stretch], ahead: bool = False) -> Named:
    """What is taken from a stretch once that is told."""
    if inner.stretch is not None:
        return known(place(inner.stretch))
    if inner.count is not None:
        count = inner.count
        return replace(inner, count=lambda day: place(count(day)))
    if inner.in_year is not None or inner.month is not None:
        bare = replace(inner, year=None)
        return Named(year=inner.year, in_year=lambda year: place(in_year(bare, year)))
    if inner.year is not None:
        return Named(year=inner.year, in_year=lambda year: place(cal.find_year(year)))
    weekday = inner.weekday
    if weekday is None or inner.day is not None:
        return unknown(NOT_EXACT)
    later = 7 if ahead else 0
    return counted(lambda day: place(cal.one_day(cal.move_days(day, later - (day.weekday() - weekday) % 7))))


def some_in(whole: Stretch, noun: str, number: int, count: int) -> Stretch:
    """The first or last so many days, weeks or months of a stretch; of one, the n-th."""
    edge = nth_in(whole, noun, number)
    if count == 1:
        return edge
    if number > 0:
        return edge.until(cal.unit_around(cal.move(edge.first, noun, count - 1), noun))
    return cal.unit_around(cal.move(edge.first, noun, 1 - count), noun).until(edge)


def nth_in(whole: Stretch, noun: str, number: int) -> Stretch:
    """The n-th week, weekend or day of a month or year. A week belongs to where its Thursday lies (ISO 8601)."""
    if noun == "day":
        return cal.one_day(cal.move_days(whole.first, number - 1) if number > 0 else whole.last)
    if noun == "month":
        return cal.find_month(whole.first.year, number if number > 0 else 12)
    middle = 3 if noun == "week" else 5
    if number > 0:
        day = cal.move_days(whole.first, (middle - whole.first.weekday()) % 7 + 7 * (number - 1))
    else:
        day = cal.move_days(whole.last, -((whole.last.weekday() - middle) % 7))
    return cal.week_of(day) if noun == "week" else cal.weekend_of(day)


def nearest_century(short: int, day: date) -> int:
    """The year ending in these two digits that is at most 20 years ahead."""
    year = day.year // 100 * 100 + short
    return year - 100 if year > day.year + 20 else year


def two_digit_decade(number: int) -> Named:
    if number >= 30:
        return known(cal.find_decade(1900 + number))
    return counted(lambda d: cal.find_decade(nearest_century(number, d)))
