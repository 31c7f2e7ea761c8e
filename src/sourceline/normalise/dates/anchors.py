"""From what a text names to days: with the publication date, the tense of the clause, and the date named before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sourceline.normalise.dates.calendar import (
    NotOnCalendar,
    Stretch,
    find_day,
    find_month,
    find_year,
    move_days,
    move_months,
    one_day,
)
from sourceline.normalise.dates.named import NO_EARLIER_DATE, NO_PUBLICATION, NOT_EXACT, YEAR_NOT_GIVEN, Named

RECENT = 270
"""Days: a month or day without a year is the last one, unless that is longer ago than this and the next is nearer."""

HISTORY = 20
"""Years: a text that dates events longer ago than this is taken to go on with them."""

REACH = 80
"""Tokens after which a date is too far back for "the next day" to count from it."""


def parse_published(published: str | None) -> date | None:
    """The day of an ISO date or timestamp; None for anything else."""
    m = re.match(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])", published or "")
    if m is None:
        return None
    try:
        return date(int(m[1]), int(m[2]), int(m[3]))
    except ValueError:
        return None


class Anchor:
    """Resolves what a text names, in the order of the text."""

    def __init__(self, published: str | None) -> None:
        self.day = parse_published(published)
        self._mentioned: Stretch | None = None
        self._told: int | None = None
        self._heading: int | None = None

    def forget(self) -> None:
        """At the end of a paragraph a year that was told is no longer meant, unless the text is about the past."""
        if self._told is not None and self.day is not None and self._told > self.day.year - HISTORY:
            self._told = None

    def head(self, year: int) -> None:
        """A year alone on its line: what follows is of that year, as in a timeline."""
        self._heading = year

    def forget_mention(self) -> None:
        self._mentioned = None

    def resolve(self, named: Named, future: bool) -> Stretch:
        """Raises NotOnCalendar with the reason where it cannot be told."""
        stretch = self._resolve(named, future)
        self._mentioned = stretch
        if named.year is not None and named.month is not None:
            self._told = named.year
        return stretch

    def _resolve(self, named: Named, future: bool) -> Stretch:
        if named.last is None:
            return self._one(named, future)
        first, last = complete_range(named, named.last)
        if last.year is None and last.stretch is None and last.count is None:
            begin = self._one(first, False)
            whole = begin.until(self._following(last, begin.first))
            if not future or (self.day and whole.last >= self.day):
                return whole
            begin = self._one(first, True)
            return begin.until(self._following(last, begin.first))
        end = self._one(last, future)
        if first.year is None and (first.month or first.in_year) and first.stretch is None:
            return latest(lambda year: self._in_year(first, year), end.first).until(end)
        if first.weekday is not None and first.day is None:
            return one_day(move_days(end.first, -((end.first.weekday() - first.weekday) % 7))).until(end)
        return self._one(first, future).until(end)

    def _one(self, named: Named, future: bool) -> Stretch:
        if named.reason is not None:
            raise NotOnCalendar(named.reason)
        if named.stretch is not None:
            return named.stretch
        if named.count is not None:
            if named.from_mention:
                if self._mentioned is None and not (future and self.day):
                    raise NotOnCalendar(NO_EARLIER_DATE)
                if self._mentioned is not None and self._mentioned.finest > named.exactness:
                    raise NotOnCalendar(NOT_EXACT)
                return named.count(self._mentioned.last if self._mentioned else self._published())
            return named.count(self._published())
        if named.month is not None or named.in_year is not None:
            return self._placed(named, future)
        if named.year is not None:
            return find_year(named.year)
        return self._near(named, future)

    def _published(self) -> date:
        if self.day is None:
            raise NotOnCalendar(NO_PUBLICATION)
        return self.day

    def _in_year(self, named: Named, year: int) -> Stretch:
        if named.in_year is not None:
            return named.in_year(year)
        if named.month is None:
            raise NotOnCalendar(YEAR_NOT_GIVEN)
        return find_month(year, named.month) if named.day is None else find_day(year, named.month, named.day)

    def _placed(self, named: Named, future: bool) -> Stretch:
        """A month, a day of a month, a feast or a season: of its year, or the one that is meant where none is given."""
        if named.year is not None:
            return self._in_year(named, named.year)
        if named.day is not None and named.month is not None:
            find_day(2000, named.month, named.day)  # 30 February is no day in any year
        if self._told is not None and self.day is not None and self._told < self.day.year - 1:
            return self._in_year(named, self._told)  # "On 30 May 1832 ... on 2 June"
        if self._heading is not None:
            return self._in_year(named, self._heading)
        day = self._published()
        found: list[Stretch] = []
        for year in (day.year - 1, day.year, day.year + 1):
            try:
                found.append(self._in_year(named, year))
            except NotOnCalendar:  # 29 February
                continue
        if not found:
            raise NotOnCalendar(YEAR_NOT_GIVEN)
        past = [s for s in found if s.first <= day]
        ahead = [s for s in found if s.last >= day]
        if not past or not ahead:
            return (past or ahead)[0]
        near_ahead = (ahead[0].first - day).days <= RECENT
        if near_ahead and (future or (day - past[-1].last).days > RECENT):
            return ahead[0]
        return past[-1]

    def _following(self, named: Named, first: date) -> Stretch:
        """The first such day or month at or after a day."""
        if named.weekday is not None and named.day is None:
            return one_day(move_days(first, (named.weekday - first.weekday()) % 7))
        for year in (first.year, first.year + 1):
            end = self._in_year(named, year)
            if end.last >= first:
                return end
        raise NotOnCalendar(YEAR_NOT_GIVEN)

    def _near(self, named: Named, future: bool) -> Stretch:
        """A weekday, a numbered day of no named month, or both."""
        day = self._published()
        if named.day is None:
            if named.weekday is None:
                raise NotOnCalendar(YEAR_NOT_GIVEN)
            back = (day.weekday() - named.weekday) % 7
            return one_day(move_days(day, (7 - back) % 7 if future else -back))
        ahead = self._numbered_day(named, day, 1)
        past = self._numbered_day(named, day, -1)
        if ahead is None or past is None:
            raise NotOnCalendar("no such day")
        nearer_ahead = named.weekday is not None and (ahead.first - day).days * 2 < (day - past.first).days
        return ahead if future or nearer_ahead else past

    def _numbered_day(self, named: Named, day: date, way: int) -> Stretch | None:
        """The first such day at or after a day, or (way -1) the last at or before it, within a little over a year."""
        for months in range(14):
            moved = move_months(day.replace(day=1), way * months)
            try:
                found = find_day(moved.year, moved.month, named.day or 0)
            except NotOnCalendar:
                continue
            if (found.first - day).days * way >= 0 and named.weekday in (None, found.first.weekday()):
                return found
        return None


def complete_range(first: Named, last: Named) -> tuple[Named, Named]:
    """The two ends with what only one of them says: "3 to 9 May 2031", "March 3-5"."""
    first = replace(first, last=None)
    if last.month is None and last.day is not None and last.weekday is None and first.month is not None:
        turned = first.day is not None and last.day < first.day and last.year is None
        year = last.year or (first.year + (turned and first.month == 12) if first.year else None)
        last = replace(last, month=first.month % 12 + 1 if turned else first.month, year=year)
    elif first.month is None and first.day is not None and last.month is not None:
        turned = last.day is not None and first.day > last.day
        first = replace(first, month=(last.month + 10) % 12 + 1 if turned else last.month)
    if (first.year is None and last.year is not None and first.month is not None and first.day is not None) or (
        first.year is None and last.year is not None and first.month is not None
    ):
        turned = last.month is not None and first.month > last.month
        first = replace(first, year=last.year - turned)
    elif last.year is None and first.year is not None and last.month is not None and first.month is not None:
        last = replace(last, year=first.year + (first.month > last.month))
    return first, last


def latest(place: Callable[[int], Stretch], before: date) -> Stretch:
    """The last of something yearly that begins at or before a day."""
    found = place(before.year)
    return found if found.first <= before else place(before.year - 1)
