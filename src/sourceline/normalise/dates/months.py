"""Months and days of months: March 6, 2031; the 6th of March; 18 and 19 June; 4 to 22 this month."""

from __future__ import annotations

from collections.abc import Callable

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.calendar import Stretch
from sourceline.normalise.dates.counting import day_of_month, month_away, nearest_century
from sourceline.normalise.dates.listed import days_behind
from sourceline.normalise.dates.named import Named, counted, from_mention
from sourceline.normalise.dates.readers import Read, Readers
from sourceline.normalise.dates.vocabulary import BEFORE_MONTH, COUNTED, FULL_MONTHS, MONTHS, SHIFTS


class Months(Readers):
    def _month(self, i: int, sure: bool = False) -> Read | None:
        """March 6, 2031; March 6; March 2031; March; March of 2031."""
        w = self.words
        month = MONTHS.get(w.at(i))
        if month is None:
            return None
        j = i + 1
        if w.at(j) == "." and len(w.at(i)) <= 4 and w.at(i) not in {"may", "june", "july"} and w.glued(i):
            j += 1
        k = j
        if w.at(k) in {"-", "/", ",", "the"} and (w.at(k) == "the" or w.glued(k)):
            k += 1
        if w.at(k) == "," and w.ordinal(k + 1) and w.digits(k + 1) is not None:
            k += 1
        if w.at(k) in {"of", ","} and w.digits(k + 1, 4, 4):
            k = j
        day = w.day_number(k)
        if day and self._is_day_of_month(i, k, day[0]):
            if w.at(day[0]) in {"(", ")"} and not w.digits(day[0] + 1, 4, 4):
                return day[0], Named(month=month, day=day[1])
            if year := self._year_after(self._after_clock(day[0])):
                return year[0], Named(month=month, day=day[1], year=year[1])
            return day[0], Named(month=month, day=day[1], year=self._list_days(day[0], month))
        if (year := self._year_after(j)) and not (w.digits(j) is not None and w.at(year[0]) in COUNTED):
            return year[0], Named(month=month, year=year[1])
        if w.at(j) in {"'", "’", "‘"} and (short := w.digits(j + 1, 2, 2)) is not None and w.glued(j):
            return j + 2, counted(lambda d: cal.find_month(nearest_century(short, d), month))
        if relative := self._relative_year(j):
            return relative[0], relative[1](lambda year: cal.find_month(year, month))
        if sure or self._is_month(i, j):
            return j if w.at(j - 1) != "." or w.raw(j)[:1].islower() else j - 1, Named(month=month)
        return None

    def _list_days(self, j: int, month: int) -> int | None:
        """Takes down the days that follow in a list, and gives the year behind the last of them."""
        days = days_behind(self.words, j)
        year = self._year_after(days[-1][1]) if days else None
        for first, end, number in days:
            last = year is not None and end == days[-1][1]
            named = Named(month=month, day=number, year=year[1] if year else None)
            self.listed[first] = (year[0] if year and last else end), named
        return year[1] if year else None

    def _after_clock(self, j: int) -> int:
        """The token after "15:50:06", so that the year behind it is seen."""
        w = self.words
        if w.digits(j, 2, 2) is None or w.at(j + 1) != ":" or w.at(j + 3) != ":" or not w.glued(j):
            return j
        return j + 5

    def _is_day_of_month(self, i: int, k: int, after: int) -> bool:
        w = self.words
        if w.at(after) == "%" or (w.at(after) in COUNTED and w.at(i) in {"may", "march", "mar"}):
            return False
        if w.glued(after - 1) and (
            w.at(after)[:1].isalpha()
            or w.at(after) == "%"
            or (w.at(after) in {".", ":"} and w.glued(after) and w.at(after + 1).isdigit())
        ):
            return False
        if w.digits(k) is None:  # "March second", but no "May one"
            return w.at(i) not in {"may", "march", "mar"} or w.capital(i) or self._year_after(after) is not None
        return w.at(i) not in {"may", "march"} or w.capital(i) or w.at(i - 1) in BEFORE_MONTH or self._is_day_end(after)

    def _is_day_end(self, after: int) -> bool:
        w = self.words
        return (
            w.at(after) in {"", ".", ",", "\n", ")", "st", "nd", "rd", "th", "-", "–"}
            or self._year_after(after) is not None
        )

    def _is_month(self, i: int, after: int) -> bool:
        """Whether a bare name is the month: "in May", not "May said", nor "he may"."""
        w = self.words
        name = w.at(i)
        if w.at(i - 1) in {"every", "each", "theresa"}:
            return False
        if w.at(after) in {"to", "through", "until", "-", "–"} and w.at(after + 1) in MONTHS and w.capital(i):
            return True
        if w.at(i - 1) == "of" and w.at(i - 2) in {"month", "months"}:
            return True
        if name in FULL_MONTHS:
            return w.capital(i) or w.at(i - 1) in BEFORE_MONTH
        if not w.capital(i):
            return name not in {"may", "march", "mar", "august", "dec", "jan"} and w.at(i - 1) in BEFORE_MONTH
        if w.at(i - 1) not in BEFORE_MONTH and not (w.at(i - 1) == "." or i == 0 or w.at(i - 1) == "\n"):
            return w.at(i - 1) in {"a", "an", "the", "'s", "that", "its", "his", "her", "their"} and name in {
                "april",
                "june",
                "august",
            }
        if w.at(i - 1) in {"to", "and", "or", "for", "of", ".", "", "\n", "(", "by", "over", "around"}:
            return (
                name in {"april", "june", "august"}
                and not w.capital(after)
                and w.at(after) not in {"'s", "said", "was"}
            )
        return not (w.capital(after) and w.at(after) not in {"i"} and w.at(after) not in MONTHS)

    def _year_after(self, j: int) -> tuple[int, int] | None:
        """ ", 2031", " 2031", " of 2031", "-2031" after a day or month: the token after it, and the year."""
        w = self.words
        k = j
        if w.at(k) in {",", "of", "/", "-", "in", "(", "the"} and not (w.at(k) == "-" and not w.glued(k)):
            k += 1
            if w.at(k) == "the" and w.at(k + 1) == "year":
                k += 2
            elif w.at(k) == "year":
                k += 1
        year = w.digits(k, 3, 4)
        if (
            year is not None
            and w.is_free_after(k)
            and not (w.at(k + 1) == "-" and w.at(k + 2).isdigit() and len(w.at(k + 2)) == 3)
        ):
            shown = w.at(j) in {"of", ","} or w.at(k + 1) == ")" or self.tells_of_antiquity
            if len(w.at(k)) == 3 and not shown:
                return None
            if w.at(k + 1) in COUNTED and w.at(k + 1) not in {"bc", "bce", "b"}:
                return None
            return (k + 2 if w.at(k - 1) == "(" and w.at(k + 1) == ")" else k + 1), year
        if w.at(k)[:1].isalpha() and (said := w.year_in_words(k)):
            return said
        return None

    def _relative_year(self, j: int) -> tuple[int, Callable[[Callable[[int], Stretch]], Named]] | None:
        """ "(of) last year", "this year", "the following year" after a month or day: what places it in that year."""
        w = self.words
        j += w.at(j) in {"of", ","}
        told = w.at(j) == "the" and w.at(j + 1) in {"same", "following", "next"}
        j += w.at(j) == "the"
        word = w.at(j)
        told = told or word == "that"
        if w.at(j + 1) != "year" or w.at(j + 2) == "'s":
            return None
        if told:
            shift = SHIFTS.get(word, 0)
            return j + 2, lambda place: from_mention(lambda d: place(d.year + shift), "year")
        if word in {"last", "this", "next", "previous", "current"}:
            return j + 2, lambda place: counted(lambda d: place(d.year + SHIFTS[word]))
        return None

    def _day_month(self, i: int) -> Read | None:
        """6 March 2031; the 6th of March; 6 March."""
        w = self.words
        day = w.day_number(i)
        if day is None or (w.digits(i) is not None and not self._stands_free(i)):
            return None
        if w.breaks_line(day[0] - 1) and w.digits(day[0] + 1, 1, 2) is not None:
            return None  # a heading's last word, and then a dateline
        j = day[0]
        if w.at(j) == "day" and day[0] > i:
            j += 1
        if w.at(j) == "." and w.glued(j - 1) and w.at(j + 1) in MONTHS and w.digits(i) is not None:
            j += 1
        if w.at(j) in {"of", "-", "/"}:
            j += 1
        month = MONTHS.get(w.at(j))
        if month is None or (
            not w.capital(j) and w.at(j) in {"may", "march", "mar", "dec"} and not self._is_day_end(j + 1)
        ):
            return None
        if w.digits(i) is None and w.at(j - 1) != "of" and not w.capital(j):
            return None
        k = j + 1
        if (
            w.at(k) == "."
            and w.at(j) not in FULL_MONTHS
            and (w.digits(k + 1, 4, 4) or w.raw(k + 1)[:1].islower())
            and w.at(j) not in {"may", "june", "july", "march", "april"}
        ):
            k += 1
        if w.at(k) == "-" and (figure := w.digits(k + 1, 4, 4)):
            return k + 2, Named(day=day[1], month=month, year=figure)
        if year := self._year_after(k):
            return year[0], Named(day=day[1], month=month, year=year[1])
        if relative := self._relative_year(k):
            return relative[0], relative[1](lambda year: cal.find_day(year, month, day[1]))
        return k, Named(day=day[1], month=month)

    def _two_days(self, i: int) -> Read | None:
        """The 18 of "18 and 19 June": a day of its own."""
        w = self.words
        day = w.day_number(i)
        if day is None or not self._stands_free(i) or w.at(day[0]) not in {"and", ",", "or", "&"}:
            return None
        other = self._day_month(day[0] + 1)
        if other is None or other[1].month is None:
            return None
        return day[0], Named(day=day[1], month=other[1].month, year=other[1].year)

    def _bare_day(self, i: int) -> Read | None:
        """A day's number without a month, which only the other end of a range can make a date."""
        w = self.words
        day = w.day_number(i)
        if day is None or not 1 <= day[1] <= 31 or (w.digits(i) is not None and not self._stands_free(i)):
            return None
        return day[0], Named(day=day[1])

    def _days_of_month(self, i: int) -> Read | None:
        """4 to 22 (in) this month."""
        w = self.words
        first = self._bare_day(i)
        if first is None or w.at(first[0]) not in {"to", "-", "–", "until", "till", "and", "through"}:
            return None
        last = self._bare_day(first[0] + 1 + (w.at(first[0] + 1) == "the"))
        if last is None:
            return None
        k = last[0] + (w.at(last[0]) in {"in", "of"})
        if w.at(k) not in {"this", "next", "last"} or w.at(k + 1) != "month":
            return None
        shift, a, b = SHIFTS[w.at(k)], first[1].day or 0, last[1].day or 0
        return k + 2, counted(
            lambda d: day_of_month(month_away(d, shift), a).until(day_of_month(month_away(d, shift), b))
        )

    def _stands_free(self, i: int) -> bool:
        w = self.words
        if w.glued(i - 1) and (w.at(i - 1) in {".", ",", ":", "$", "£", "€", "/"} or w.at(i - 1).isalnum()):
            return w.at(i - 1) in {",", ":"} and not w.at(i - 2).isdigit()
        return not (w.glued(i) and w.at(i + 1) in {":", "%"})
