"""Quarters, halves and weeks by their number: Q3 2016, the second half of the century, week 27 of last year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.calendar import Stretch
from sourceline.normalise.dates.counting import then_stretch
from sourceline.normalise.dates.named import Named, counted, known
from sourceline.normalise.dates.readers import Read
from sourceline.normalise.dates.vocabulary import SHIFTS
from sourceline.normalise.dates.weekdays import Weekdays


class Quarters(Weekdays):
    def _nth_part(self, i: int) -> tuple[int, Callable[[int], Stretch]] | None:
        """A numbered quarter or half, placed in a year."""
        w = self.words
        ordinal = (i + 1, -1) if w.at(i) in {"last", "final"} else w.ordinal(i)
        if ordinal is None:
            return None
        j, number = ordinal
        j += w.at(j) == "-" and w.glued(j) and w.at(j + 1) == "quarter"
        noun = w.at(j)
        if noun == "quarter" and number in {-1, 1, 2, 3, 4}:
            return j + 1, lambda y: cal.find_quarter(y, number if number > 0 else 4)
        if noun == "half" and number in {1, 2}:
            return j + 1, lambda y: cal.find_months(y, 6 * number - 5, 6)
        return None

    def _part_of(self, j: int, place: Callable[[int], Stretch], sure: bool) -> Read | None:
        """The year of a quarter or half; without one it is the last such quarter."""
        w = self.words
        k = j + (w.at(j) in {"of", "in", ","})
        k += w.at(k) == "the"
        k += w.at(k) == "year"
        if (year := w.digits(k, 4, 4)) is not None:
            return k + 1, Named(year=year, in_year=place)
        if w.at(k) in {"this", "last", "next", "previous"} and w.at(k + 1) == "year":
            shift = SHIFTS[w.at(k)]
            return k + 2, counted(lambda d: place(d.year + shift))
        if w.at(k - 1) == "year" and w.at(k - 2) == "the":
            return k, counted(lambda d: place(d.year))
        if k > j:
            inner = w.at(k)
            if inner and inner not in {"this", "last", "next"}:
                return None
        return (j, Named(in_year=place)) if sure else None

    def _half_century(self, j: int, number: int) -> Read | None:
        """The second half of the 20th century."""
        w = self.words
        if w.at(j - 1) != "half" or w.at(j) != "of":
            return None
        whole = self.read_one(j + 1 + (w.at(j + 1) == "the"))
        if whole is None or whole[1].stretch is None:
            return None
        first = whole[1].stretch.first.year + (50 if number == 2 else 0)
        return whole[0], known(cal.find_years(first, first // 50 * 50 + 49))

    def _half_month(self, j: int, number: int) -> Read | None:
        """The first half of March: up to its 15th."""
        w = self.words
        if w.at(j - 1) != "half" or w.at(j) != "of":
            return None
        month = self._month(j + 1, sure=True)
        if month is None or month[1].month is None or month[1].day is not None:
            return None

        def place(whole: Stretch) -> Stretch:
            middle = whole.first.replace(day=15)
            return cal.days(whole.first, middle) if number == 1 else cal.days(cal.move_days(middle, 1), whole.last)

        return month[0], then_stretch(month[1], place)

    def _quarter_of_figure(self, i: int) -> Read | None:
        """3Q 2016, 1H 2016."""
        w = self.words
        number, sign = w.digits(i, 1, 1), w.at(i + 1)
        months = 3 if sign == "q" else 6
        if number is None or sign not in {"q", "h"} or not w.glued(i) or not 1 <= number <= 12 // months:
            return None
        year = self._plain_year(i + 2)
        place = Named(in_year=lambda y: cal.find_months(y, months * (number - 1) + 1, months))
        return (year[0], replace(place, year=year[1].year)) if year else None

    def _quarter_sign(self, i: int) -> Read | None:
        """Q3 2016, week 27 of last year."""
        w = self.words
        word = w.at(i)
        if word in {"week", "wk"}:
            week = w.digits(i + 1, 1, 2)
            if week is None or not w.is_figure(i + 1):
                return None
            j = i + 2 + (w.at(i + 2) in {"of", "in", ","})
            if (year := w.digits(j, 4, 4)) is not None:
                return j + 1, Named(year=year, in_year=lambda y: cal.find_week(y, week))
            if w.at(j) in {"this", "last", "next"} and w.at(j + 1) == "year":
                shift = SHIFTS[w.at(j)]
                return j + 2, counted(lambda d: cal.find_week(d.year + shift, week))
            if w.at(i - 1) in {"the", "in", "during"} and not w.capital(i):
                return i + 2, counted(lambda d: cal.find_week(d.year, week))
            return None
        j = i + 1
        number = w.digits(j, 1, 1)
        if number is None or not w.glued(i) or not 1 <= number <= (4 if word == "q" else 2):
            return None
        months = 3 if word == "q" else 6
        if w.at(j + 1) == "-" and w.digits(j + 2, 4, 4):
            j += 1
        sure = word == "q" and w.at(i - 1) in {"in", "for", "by", "since", "during", "of", "this"}
        return self._part_of(j + 1, lambda y: cal.find_months(y, months * (number - 1) + 1, months), sure)
