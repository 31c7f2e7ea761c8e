"""From what a text names to days: with the publication date, the tense of the clause, and the date named before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sourceline.normalise.calendar import (
    NotOnCalendar,
    Stretch,
    find_day,
    find_month,
    find_year,
    move_days,
    move_months,
    one_day,
)
from sourceline.normalise.named import NO_EARLIER_DATE, NO_PUBLICATION, YEAR_NOT_GIVEN, Named
from sourceline.normalise.words import Words

RECENT = 270
"""Days: a month or day without a year is the last one, unless that is longer ago than this and the next is nearer."""

FUTURE = frozenset(
    "will 'll shall would scheduled due expected expects plans planned planning slated upcoming going gonna "
    "intends hopes until till may might could can let's let should must tomorrow".split()
)
PAST = frozenset(
    "was were had did has have been said told took came made went gave began held won lost met saw found left got "
    "spoke wrote sent fell rose led ran shot cut set hit put became brought kept sat stood struck fled broke".split()
)
STARTING = frozenset("be begin start open meet vote resume visit appear announce hold take go run launch end".split())
CLAUSE_ENDS = frozenset('. ! ? ; : \n " “ ” ( )'.split(" ")) | {"\n"}
REACH = 14
"""Tokens read on either side of a date for the tense of its clause."""


def parse_published(published: str | None) -> date | None:
    """The day of an ISO date or timestamp; None for anything else."""
    m = re.match(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])", published or "")
    if m is None:
        return None
    try:
        return date(int(m[1]), int(m[2]), int(m[3]))
    except ValueError:
        return None


def is_future(words: Words, start: int, end: int) -> bool:
    """Whether the verb nearest before (else after) a date in its sentence looks ahead."""
    i = start - 1
    while i >= 0 and start - i <= REACH and words.low[i] not in CLAUSE_ENDS:
        if (tense := tense_of(words, i)) is not None:
            return tense
        i -= 1
    i = end
    while i < len(words) and i - end < REACH and words.low[i] not in CLAUSE_ENDS:
        if (tense := tense_of(words, i)) is not None:
            return tense
        i += 1
    return False


def tense_of(words: Words, i: int) -> bool | None:
    """True for a word that looks ahead, False for one that looks back, None for one that says nothing."""
    word = words.low[i]
    if word in FUTURE:
        if word == "may" and words.capital(i):
            return None
        if word in {"would", "could", "should", "might", "must", "may"} and words.at(i + 1) == "have":
            return False
        return True
    if word == "to" and words.at(i + 1) in STARTING:
        return True
    if word in PAST or (len(word) > 4 and word.endswith("ed")):
        if word in {"was", "were", "is", "are"} and words.at(i + 1) in FUTURE:
            return True
        return False
    return None


class Anchor:
    """Resolves what a text names, in the order of the text."""

    def __init__(self, published: str | None) -> None:
        self.day = parse_published(published)
        self.mentioned: Stretch | None = None
        """The last date that was told, for "the next day" and "that year"."""
        self.told_year: int | None = None
        """A year that the sentence has given: "In 1961 ... in March"."""

    def resolve(self, named: Named, future: bool) -> Stretch:
        """Raises NotOnCalendar with the reason where it cannot be told."""
        if named.last is None:
            return self._one(named, future)
        first, last = complete_range(named, named.last)
        if last.year is None and last.stretch is None and last.count is None:
            begin = self._one(first, future)
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
                if self.mentioned is None:
                    raise NotOnCalendar(NO_EARLIER_DATE)
                return named.count(self.mentioned.last)
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
        if self.told_year is not None:
            return self._in_year(named, self.told_year)
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
        if future or (day - past[-1].last).days > RECENT > (ahead[0].first - day).days:
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
        for months in range(14):
            moved = move_months(day.replace(day=1), months if future else -months)
            try:
                found = find_day(moved.year, moved.month, named.day)
            except NotOnCalendar:
                continue
            on_right_side = found.first >= day if future else found.first <= day
            if on_right_side and named.weekday in (None, found.first.weekday()):
                return found
        raise NotOnCalendar("no such day")

    def remember(self, stretch: Stretch) -> None:
        self.mentioned = stretch


def complete_range(first: Named, last: Named) -> tuple[Named, Named]:
    """The two ends with what only one of them says: "3 to 9 May 2031", "March 3-5"."""
    first = replace(first, last=None)
    if last.month is None and last.day is not None:
        last = replace(last, month=first.month, year=last.year or first.year)
    elif first.month is None and first.day is not None:
        first = replace(first, month=last.month)
    if first.year is None and last.year is not None and first.month is not None and first.day is not None:
        turned = last.month is not None and first.month > last.month
        first = replace(first, year=last.year - turned)
    elif first.year is None and last.year is not None and first.month is not None:
        turned = last.month is not None and first.month > last.month
        first = replace(first, year=last.year - turned)
    elif last.year is None and first.year is not None and last.month is not None and first.month is not None:
        last = replace(last, year=first.year + (first.month > last.month))
    return first, last


def latest(place: Callable[[int], Stretch], before: date) -> Stretch:
    """The last of something yearly that begins at or before a day."""
    found = place(before.year)
    return found if found.first <= before else place(before.year - 1)
