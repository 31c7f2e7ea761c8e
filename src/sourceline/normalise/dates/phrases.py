"""The grammar of dates as a whole: single dates, and the ranges that two of them make."""

from __future__ import annotations

from dataclasses import replace

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.calendar import SEASONS
from sourceline.normalise.dates.counting import two_digit_decade
from sourceline.normalise.dates.named import Named, counted, known, unknown
from sourceline.normalise.dates.numeric import read_numeric
from sourceline.normalise.dates.offsets import Offsets
from sourceline.normalise.dates.readers import Read
from sourceline.normalise.dates.vocabulary import (
    COUNTED,
    DECADE_WORDS,
    FEAST_STARTS,
    MONTHS,
    NAMED_DAYS,
    PARTS,
    PARTS_OF_DAY,
    SHIFTS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)
from sourceline.normalise.dates.words import ONES, ORDINALS, TENS

BEGINNINGS = frozenset(
    [
        *(MONTHS | WEEKDAYS | NAMED_DAYS | SEASONS | SHIFTS | UNITS | DECADE_WORDS | ONES | TENS | ORDINALS),
        *(FEAST_STARTS | PARTS | PARTS_OF_DAY | VAGUE),
        *"from between that same q h wk a an another in within w ad eoy last final ' ‘".split(),
    ]
)
"""What a date may begin with, beside figures; most words of a text are none and are passed over at once."""


class Grammar(Offsets):
    """Readers over the words of one text."""

    def beginnings(self) -> list[int]:
        """The tokens that a date may begin with, and those that end a paragraph."""
        return [i for i, word in enumerate(self.words.low) if word in BEGINNINGS or word[0].isdigit() or word == "\n"]

    def read(self, i: int) -> Read | None:
        """A date or a range of dates that begins at this token, one of `beginnings`."""
        w = self.words
        word = w.at(i)
        if i in self.listed:
            return self.listed[i]
        if word == "from":
            first = self._end(i + 1)
            return (
                self._range_after(first, {"to", "until", "till", "through", "thru", "-", "–", "—"}) if first else None
            )
        if word == "between":
            first = self._end(i + 1)
            return self._range_after(first, {"and", "to", "through", "-", "–", "—", "~"}) if first else None
        first = self.read_one(i)
        if first is None and not (word[0].isdigit() or word in ORDINALS or word in TENS):
            return None
        if first is None and w.at(i + 1) in {"-", "–", "—", "~", "to"} and w.digits(i + 2, 4, 4):
            first = self._year_of_pair(i)
        if first is None:
            if found := self._days_of_month(i):
                return found
            first = self._bare_day(i)
            return self._range_after(first, {"to", "through", "-", "–", "—"}, months=True) if first else None
        return self._range_after(first, {"to", "through", "thru", "till", "until", "-", "–", "—", "~"}) or first

    def _end(self, i: int) -> Read | None:
        """One end of a range that a preposition announces: here a bare day or year is enough."""
        w = self.words
        if w.at(i) == "the":
            i += 1
        if w.at(i) == "now":
            return i + 1, counted(cal.one_day)
        found = self.read_one(i)
        if found is not None:
            return found
        return self._plain_year(i) or self._bare_day(i)

    def _range_after(self, first: Read, joins: set[str], months: bool = False) -> Read | None:
        w = self.words
        j, begin = first
        if w.at(j) == "," and w.at(j + 1) in joins:
            j += 1
        join = w.at(j)
        if join not in joins or begin.reason or begin.last:
            return None
        k = j + 1
        while w.at(k) in {"-", "the", "from"}:
            k += 1
        current = w.at(k) == "current" and w.at(k + 1) in {"date", "day"}
        if current or w.at(k) in {"present", "now"} or (w.at(k) == "today" and begin.count is None):
            k += current or (w.at(k) == "present" and w.at(k + 1) == "day")
            return k + 1, replace(begin, last=counted(cal.one_day))
        last = self.read_one(k)
        if last is None and begin.day is not None and begin.month is not None:
            last = self._bare_day(k)  # March 3-5
            if last and (w.at(last[0]) in COUNTED or w.at(last[0]) in UNITS):
                last = None
            elif last and (year := self._year_after(last[0])):
                last = year[0], replace(last[1], year=year[1])
        if last is None and begin.year is not None and begin.month is None:
            last = self._plain_year(k) or self._short_year(k, begin.year)
            if last is None and begin.year < 1000 and (early := w.digits(k, 3, 3)) and early > begin.year:
                last = k + 1, Named(year=early)
        if last is None and begin.in_year is None and begin.day is None and begin.month is not None:
            last = self._month(k, sure=True)
        if last is None or last[1].last or last[1].reason or not joinable(begin, last[1], months, join):
            return None
        return last[0], replace(begin, last=last[1])

    def _dispatch(self, i: int) -> Read | None:
        w = self.words
        word = w.at(i)
        if not word:
            return None
        if word[0].isdigit():
            return read_numeric(w, i) or self._figure(i)
        if word in MONTHS and (found := self._month(i)):
            return found
        if word in WEEKDAYS and (found := self._weekday(i)):
            return found
        if word in NAMED_DAYS:
            return self._named_day(i)
        if word in FEAST_STARTS and (found := self._feast(i)):
            return found
        if word in SEASONS and (found := self._season(i)):
            return found
        if word in SHIFTS or word in {"that", "same"}:
            return self._shifted(i)
        if word in PARTS and (found := self._part(i)):
            return found
        if word in UNITS and (found := self._unit_first(i)):
            return found
        if word in {"q", "h", "week", "wk"}:
            return self._quarter_sign(i)
        if word in PARTS_OF_DAY:
            return self._night_before(i)
        if word in {"'", "’", "‘"} or word in DECADE_WORDS:
            return self._decade(i)
        if word in {"ad", "a"} and (found := self._anno_domini(i)):
            return found
        if word in {"in", "within"}:
            return self._ahead(i)
        if word == "w" and w.at(i + 1) == "/" and w.at(i + 2) == "c":
            return self._week_of(i + 1, "week")
        if word == "eoy":
            return i + 1, counted(lambda d: cal.find_year(d.year))
        return self._number_word(i)

    def _figure(self, i: int) -> Read | None:
        """What begins with digits and is not wholly numeric."""
        w = self.words
        if found := self._day_month(i):
            return found
        if found := self._two_days(i):
            return found
        if found := self._ordinal_phrase(i):
            return found
        if found := self._offset(i):
            return found
        if found := self._early_year(i):
            return found
        number = w.digits(i, 2, 4)
        if number is None:
            return self._quarter_of_figure(i)
        end = self._plural_mark(i + 1)
        if end is not None and (w.at(i + 1) == "s" or w.at(i)[-1] == "0"):
            if len(w.at(i)) == 4 and number % 10 == 0:
                if number % 100 == 0 and number != 2000:
                    return end, known(cal.find_century(number // 100 + 1)) if number >= 100 else unknown("no such year")
                return end, known(cal.find_decade(number)) if number else unknown("no such year")
            if (
                len(w.at(i)) == 2
                and number % 10 == 0
                and number >= 20
                and (w.at(i - 1) in {"the", "early", "late", "mid", "-"} or self._joins_decade(i))
                and w.at(end) not in {"°", "degrees", "fahrenheit"}
            ):
                return end, two_digit_decade(number)
        if found := self._year_first(i):
            return found
        era = w.at(i + 1)
        if era in {"ad", "ce"} and w.is_figure(i):
            self.tells_of_antiquity = self.tells_of_antiquity or number < 1000
            return i + 2, Named(year=number)
        if era in {"bc", "bce"} and w.is_figure(i):
            return i + 2, unknown("before the common era")
        k = i + 1 + (w.at(i + 1) in {"-", ","})
        if w.at(k) in {"q", "h"} and w.glued(k) and len(w.at(i)) == 4:
            months, part = (3, w.digits(k + 1, 1, 1)) if w.at(k) == "q" else (6, w.digits(k + 1, 1, 1))
            if part is not None and 1 <= part <= 12 // months:
                return k + 2, Named(year=number, in_year=lambda y: cal.find_months(y, months * (part - 1) + 1, months))
        k += w.at(k) == "the"
        if len(w.at(i)) == 4 and (quarter := self._nth_part(k)) and quarter[0] > k and w.at(k) != "last":
            return quarter[0], Named(year=number, in_year=quarter[1])
        return self._evident_year(i)

    def _year_first(self, i: int) -> Read | None:
        """2031 March, 2031 March 6."""
        w = self.words
        year, month = w.digits(i, 4, 4), MONTHS.get(w.at(i + 1))
        if year is None or month is None or not 1000 <= year <= 2999 or not w.is_figure_year(i) or w.breaks_line(i):
            return None
        if w.at(i + 1) == "may" and not w.capital(i + 1):
            return None
        if w.digits(i + 2) is None:
            return i + 2, Named(year=year, month=month)
        day = self._month(i + 1, sure=True)
        return (day[0], replace(day[1], year=year)) if day and day[1].day and day[1].year is None else None


def joinable(first: Named, last: Named, months: bool, join: str) -> bool:
    """Whether the two can be the ends of one range."""
    if first.day is not None and first.month is None and first.weekday is None:
        return last.month is not None and last.day is not None
    if months or (first.year is not None and first.month is None and last.month is not None and last.year is None):
        return False
    if last.day is not None and last.month is None and last.weekday is None:
        return first.month is not None and first.day is not None
    if first.count or first.stretch or last.count or last.stretch:
        alike = bool(first.count) == bool(last.count) and bool(first.stretch) == bool(last.stretch)
        return not (first.from_mention or last.from_mention) and (alike or join[0].isalpha())
    if (first.weekday is None) != (last.weekday is None) and first.day is None and last.day is None:
        return False
    return not (first.month is not None and last.month is None and last.year is not None and first.year is None)
