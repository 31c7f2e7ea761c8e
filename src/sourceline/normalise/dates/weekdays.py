"""Days of the week, alone or with a date."""

from __future__ import annotations

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.counting import weekday_of_week
from sourceline.normalise.dates.named import Named, counted, from_mention
from sourceline.normalise.dates.numeric import read_numeric
from sourceline.normalise.dates.readers import Read
from sourceline.normalise.dates.vocabulary import (
    COUNTED,
    MONTHS,
    PAPERS,
    PARTS_OF_DAY,
    PARTS_OF_DAY_OFTEN,
    SHIFTS,
    UNITS,
    WEEKDAYS,
)
from sourceline.normalise.dates.years import Years


def _names_a_day(named: Named) -> bool:
    return bool(named.day or named.stretch or named.reason or (named.month is None and (named.in_year or named.count)))


class Weekdays(Years):
    def _in_week(self, j: int, weekday: int) -> Read | None:
        """The "of next week" behind a weekday, or "last week", or "of that week"."""
        w = self.words
        of = w.at(j) == "of"
        k = j + of
        k += of and w.at(k) == "the"
        if w.at(k + 1) != "week":
            return None
        if w.at(k) in {"that", "same", "following"} and of:
            shift = SHIFTS.get(w.at(k), 0)
            return k + 2, from_mention(lambda d: weekday_of_week(d, weekday, shift), "week")
        if w.at(k) in {"last", "this", "next"} or (of and w.at(k) in SHIFTS):
            shift = SHIFTS[w.at(k)]
            return k + 2, counted(lambda d: weekday_of_week(d, weekday, shift))
        return None

    def _weeks_away(self, j: int, weekday: int) -> Read | None:
        """The "two weeks from now" or "three weeks ago" behind a weekday."""
        w = self.words
        number = w.cardinal(j)
        if number is None or number[1] > 1000 or UNITS.get(w.at(number[0])) != "week":
            return None
        k, weeks = number[0] + 1, number[1]
        if w.at(k) == "ago":
            return k + 1, counted(lambda d: weekday_of_week(d, weekday, -weeks))
        if w.at(k) == "from" and w.at(k + 1) in {"now", "today"}:
            return k + 2, counted(lambda d: weekday_of_week(d, weekday, weeks))
        return None

    def _shared_week(self, i: int, j: int) -> int | None:
        """The week of a weekday that is told with another: "Monday or Tuesday next week", "next Monday or Tuesday"."""
        w = self.words
        joins = {"and", "or", "&"}
        if w.at(j) in joins and w.at(j + 1) in WEEKDAYS:
            k = j + 2 + (w.at(j + 2) == "of")
            return SHIFTS[w.at(k)] if w.at(k) in {"last", "this", "next"} and w.at(k + 1) == "week" else None
        told = w.at(i - 1) in joins and w.at(i - 2) in WEEKDAYS and w.at(i - 3) in {"last", "this", "next"}
        return SHIFTS[w.at(i - 3)] if told else None

    def _weekday(self, i: int) -> Read | None:
        w = self.words
        name = w.at(i)
        weekday = WEEKDAYS[name]
        short = not name.endswith("day")
        j = i + 1
        if short and w.at(j) == "." and w.glued(i):
            j += 1
        every = {"every", "each"}
        if w.at(i - 1) in {"/", "and", "or", ","} and w.at(i - 2) in WEEKDAYS and w.at(i - 3) in every:
            return None
        if w.at(i - 1) in every or (w.at(i - 1) == "other" and w.at(i - 2) in every) or w.at(j) in PARTS_OF_DAY_OFTEN:
            return None
        if w.at(i - 1) in every or (w.at(i - 1) == "a" and w.at(i - 2) == "on"):
            return None
        if w.at(i - 1) == "on" and w.at(i - 2) in {"week", "month"} and w.at(i - 3) in {"a", "per", "each", "every"}:
            return None  # flights twice a week on Monday
        if w.capital(j) and (w.at(j) in PAPERS or (w.at(j) in PARTS_OF_DAY and w.capital(j + 1))):
            return None
        k = j
        while w.at(k) in {",", "the", "(", "-"}:
            k += 1
        if k - j <= 2:
            date_read = (
                self._day_month(k) or (self._month(k) if w.at(k) in MONTHS else None) or read_numeric(w, k, weekday)
            )
            if date_read and _names_a_day(date_read[1]):
                end = date_read[0] + (w.at(k - 1) == "(" and w.at(date_read[0]) == ")")
                return end, date_read[1]
        day = w.day_number(k) if k == j or w.at(k - 1) == "the" else None
        if day and 1 <= day[1] <= 31 and (day[0] > k + 1 or self._is_day_end(day[0]) or w.at(day[0]) in {"!", "?"}):
            carried_on = w.glued(day[0] - 1) and w.at(day[0]) in {".", "-", "/", ":"} and w.glued(day[0])
            if (
                not (carried_on and w.at(day[0] + 1)[:1].isdigit())
                and w.at(day[0]) not in COUNTED
                and w.at(day[0]) not in {"a", "p", "am", "pm"}
            ):
                return day[0], Named(weekday=weekday, day=day[1])
        if short and not (w.capital(i) and (w.at(i - 1) in {"on", "last", "next", "this"} or w.at(j - 1) == ".")):
            return None
        if found := self._in_week(j + (w.at(j) in PARTS_OF_DAY), weekday) or self._weeks_away(j, weekday):
            return found
        if (shift := self._shared_week(i, j)) is not None:
            return j, counted(lambda d: weekday_of_week(d, weekday, shift))
        if w.at(j) == "week" and w.at(j + 1) not in {"'s"} and w.at(i - 1) in {"on", "next"}:
            after = (weekday + 6) % 7  # on Monday week: that after the next
            return j + 1, counted(lambda d: cal.one_day(cal.move_days(d, (after - d.weekday()) % 7 + 8)))
        return j, Named(weekday=weekday)
