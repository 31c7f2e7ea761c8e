"""Parts of a stretch: early 2009, the third quarter, the first week of March, the end of the year."""

from __future__ import annotations

from datetime import date

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.calendar import Stretch
from sourceline.normalise.dates.counting import day_of_month, month_away, rest_of, some_in, then, then_stretch
from sourceline.normalise.dates.named import Named, counted, from_mention, known, unknown
from sourceline.normalise.dates.quarters import Quarters
from sourceline.normalise.dates.readers import Read
from sourceline.normalise.dates.tense import find_tense
from sourceline.normalise.dates.vocabulary import (
    FEAST_STARTS,
    MONTHS,
    PARTS,
    PARTS_OF_DAY,
    SHIFTS,
    STARTING_WITH,
    UNITS,
    WEEKDAYS,
    YEARLY,
)


class Parts(Quarters):
    def _unit_first(self, i: int) -> Read | None:
        """the day before yesterday, the day after tomorrow, the week after next, the week of March 3, the year 2030."""
        w = self.words
        unit = UNITS[w.at(i)]
        if w.at(i).endswith("s"):
            return None
        after, then = w.at(i + 1), w.at(i + 2)
        if unit == "day" and (after, then) == ("before", "yesterday"):
            return i + 3, counted(lambda d: cal.one_day(cal.move_days(d, -2)))
        if unit == "day" and (after, then) == ("after", "tomorrow"):
            return i + 3, counted(lambda d: cal.one_day(cal.move_days(d, 2)))
        if after == "after" and then == "next":
            return i + 3, counted(lambda d: cal.unit_around(cal.move(cal.unit_around(d, unit).first, unit, 2), unit))
        if after == "before" and then == "last":
            return i + 3, counted(lambda d: cal.unit_around(cal.move(cal.unit_around(d, unit).first, unit, -2), unit))
        if unit == "year" and (after == "end" or (after in {"-", "'s"} and then == "end")):
            end = i + (2 if after == "end" else 3)
            return self._plain_year(end) or (end, counted(lambda d: cal.find_year(d.year)))
        if unit == "year":
            if after == "of" and w.digits(i + 2, 4, 4) is not None:
                return i + 3, Named(year=w.digits(i + 2, 4, 4))
            if (year := w.digits(i + 1, 1, 4)) is not None and w.is_figure(i + 1):
                if w.at(i - 1) in {"school", "fiscal", "financial", "academic"}:
                    return i + 2, unknown("not a calendar year")
                told = len(w.at(i + 1)) >= 3 or (w.at(i - 1) == "the" and w.at(i - 2) in {"in", "of", "by", "until"})
                self.tells_of_antiquity = self.tells_of_antiquity or (told and 0 < year < 1000)
                return (i + 2, Named(year=year)) if told or year == 0 else None
            if said := w.year_in_words(i + 1):
                return said[0], Named(year=said[1])
        cued = w.at(i - 2) in {"over", "at", "during", "throughout", "on", "for"} or after in {".", ",", "", "\n"}
        if unit == "weekend" and w.at(i - 1) == "the" and cued and after != "of":
            ahead = find_tense(w, i, i + 1) is True
            return i + 1, counted(lambda d: cal.weekend_of(d if ahead or d.weekday() > 4 else cal.move_days(d, -7)))
        if unit in {"week", "weekend"}:
            return self._week_of(i, unit) or (self._quarter_sign(i) if unit == "week" else None)
        if after in {"before", "after"} and w.at(i - 1) == "the" and w.at(i + 2) in {".", ",", "", "?", "!", ";", ")"}:
            sign = -1 if after == "before" else 1
            return i + 2, from_mention(
                lambda d: cal.unit_around(cal.move(cal.unit_around(d, unit).first, unit, sign), unit), unit
            )
        return self._beside(i, unit) if after in {"before", "after"} and w.at(i - 1) == "the" else None

    def _beside(self, i: int, unit: str) -> Read | None:
        """the day after Christmas, the year before 2015."""
        w = self.words
        sign = -1 if w.at(i + 1) == "before" else 1
        if unit == "day":
            inner = self.read_one(i + 2 + (w.at(i + 2) == "the"))
            single = inner and (inner[1].day or inner[1].weekday is not None or w.at(i + 2) in FEAST_STARTS)
        elif unit == "year":
            inner = self._plain_year(i + 2)
            single = inner and not w.capital(inner[0]) and w.at(inner[0]) not in YEARLY
        else:
            return None
        if inner is None or not single or inner[1].last or inner[1].reason:
            return None

        def place(day: date) -> Stretch:
            return cal.unit_around(cal.move(day, unit, sign), unit)

        return inner[0], then(inner[1], place, find_tense(w, i, inner[0]) is True)

    def _week_of(self, i: int, unit: str) -> Read | None:
        w = self.words
        j = i + 1
        if w.at(j) in STARTING_WITH:
            j += 1
            j += w.at(j) == "on"
        elif w.at(j) in {"of", "before", "after"}:
            j += 1
        else:
            return None
        way = w.at(i + 1)
        j += w.at(j) == "the"
        inner = self.read_one(j)
        if (
            inner is None
            or inner[1].last
            or inner[1].reason
            or not (inner[1].day or inner[1].in_year or inner[1].stretch or inner[1].count)
        ):
            return None
        starting = w.at(i + 1) in STARTING_WITH
        end = inner[0]
        if unit == "weekend" and inner[1].day and w.at(end) in {"-", "–", "and"}:
            sunday = w.day_number(end + 1)
            end = sunday[0] if sunday and sunday[1] == inner[1].day + 1 else end  # September 9-10
        if inner[1].count and not starting:
            return None

        def place(day: date) -> Stretch:
            if starting:
                return cal.days(day, cal.move_days(day, 6))
            whole = cal.unit_around(day, unit)
            if way == "after" and (unit == "week" or whole.first <= day):
                return cal.unit_around(cal.move_days(day, 7), unit)
            return cal.unit_around(cal.move_days(day, -7), unit) if way == "before" else whole

        return end, then(inner[1], place)

    def _part(self, i: int) -> Read | None:
        """early 2009, mid-August, later this year: given as the whole, for the format has no thirds."""
        w = self.words
        j = i + 1
        if w.at(i) in {"beginning", "start", "end", "middle", "rest", "remainder"}:
            if w.at(j) != "of":
                return None
            j += 1
        elif w.at(j) in {"-", "in", "on", "to"}:
            if w.at(j) == "to" and w.at(j + 1) != "mid":
                return None
            j += 1
            j += w.at(j) == "mid"
            j += w.at(j) == "-"
        j += w.at(j) == "the"
        rest = w.at(i) in {"rest", "remainder"}
        if rest and (w.at(j - 1) == "the" or w.at(j) in {"this", "next"}):
            k = j + (w.at(j) in {"this", "next"})
            shift = 1 if w.at(j) == "next" else 0
            if (unit := UNITS.get(w.at(k))) in {"week", "month", "year", "decade"} and not (
                unit == "year" and w.digits(k + 1, 4, 4)
            ):
                return k + 1, counted(lambda d: rest_of(d, unit or "", shift))
        if (
            w.at(j) in UNITS
            and not w.at(j).endswith("s")
            and UNITS[w.at(j)] in {"week", "month", "year", "decade", "century"}
            and w.at(j - 1) == "the"
        ):
            unit = UNITS[w.at(j)]
            if not (unit == "year" and w.digits(j + 1, 4, 4)):
                return j + 1, counted(lambda d: cal.unit_around(d, unit))
        if year := self._plain_year(j):
            return year
        if w.at(j) in MONTHS and w.capital(j):
            return self._month(j, sure=True)
        if w.at(j) in WEEKDAYS:
            return None
        return self.read_one(j) if w.at(j) not in PARTS and w.at(j) != "a" else None

    def _ordinal_phrase(self, i: int) -> Read | None:
        """19th century; third quarter of 2016; first week of March; second Monday in October; 21st of this month."""
        w = self.words
        ordinal = (i + 1, -1) if w.at(i) in {"last", "final"} else w.ordinal(i)
        if ordinal is None:
            return None
        j, number = ordinal
        hyphen = w.at(j) == "-" and w.glued(j)
        noun = w.at(j + hyphen)
        if noun in {"century", "c"} and 0 < number <= 99:
            if noun == "c":
                return None
            if w.at(j + hyphen + 1) in {"bc", "bce"}:
                return j + hyphen + 2, unknown("before the common era")
            return j + hyphen + 1, known(cal.find_century(number))
        if (
            w.at(j) in {"and", "or", "to", "-", "–"}
            and (other := w.ordinal(j + 1 + (w.at(j + 1) == "the")))
            and w.at(other[0]) in {"centuries", "century"}
        ):
            return other[0] + 1, known(cal.find_century(number).until(cal.find_century(max(number, other[1]))))
        if part := self._nth_part(i):
            return (
                self._part_of(part[0], part[1], w.at(part[0] - 1) == "quarter")
                or self._half_century(part[0], number)
                or self._half_month(part[0], number)
            )
        in_day = j + 1 + (w.at(j + 1) in PARTS_OF_DAY)
        if noun in WEEKDAYS and w.at(in_day) in {"in", "of"} and number < 6:
            k, weekday = in_day + 1, WEEKDAYS[noun]
            if w.at(k) in {"this", "next", "last"} and w.at(k + 1) == "month":
                return k + 2, self._nth_weekday_of_month(weekday, number, SHIFTS[w.at(k)])
            month = self._month(k + (w.at(k) == "the"), sure=True)
            if month and month[1].month and month[1].day is None:
                named = month[1]
                wanted = named.month
                assert wanted is not None
                return month[0], Named(year=named.year, in_year=lambda y: cal.nth_weekday(y, wanted, weekday, number))
        if noun in {"week", "weekend", "day", "month"} and w.at(j + 1) in {"in", "of"}:
            return self._nth_of(j + 2, noun, number)
        several = w.cardinal(j) if number in {1, -1} else None
        if several and w.at(several[0]) in {"days", "weeks", "months"} and w.at(several[0] + 1) in {"of", "in"}:
            return (
                self._nth_of(several[0] + 2, UNITS[w.at(several[0])], number, several[1]) if several[1] < 400 else None
            )
        if noun in {"of", "this", "next", "last", "day"} and 1 <= number <= 31:
            k = j + (noun == "day")
            k += w.at(k) == "of"
            k += w.at(k) == "the"
            if w.at(k) in {"this", "next", "last", "previous", "following", "current"} and w.at(k + 1) == "month":
                shift = SHIFTS[w.at(k)]
                return k + 2, counted(lambda d: day_of_month(month_away(d, shift), number))
            if w.at(k) == "month" and w.at(k - 1) == "the":
                return k + 1, counted(lambda d: day_of_month(d, number))
        cue = w.at(i - 2) if w.at(i - 1) == "the" else w.at(i - 1)
        cued = cue in {"on", "until", "by", "since"} and (w.at(i - 1) == "the" or (cue == "on" and w.digits(i)))
        if cued and w.at(j) in {"", ".", ",", "\n", ";", "?", "!", ")", "and", "or"} and 1 <= number <= 31:
            return j, Named(day=number)
        return None

    def _nth_weekday_of_month(self, weekday: int, number: int, shift: int) -> Named:
        def place(day: date) -> Stretch:
            month = month_away(day, shift)
            return cal.nth_weekday(month.year, month.month, weekday, number)

        return counted(place)

    def _nth_of(self, j: int, noun: str, number: int, count: int = 1) -> Read | None:
        """The stretch that "the first week of" or "the last day of" is taken from."""
        w = self.words
        j += w.at(j) == "the"
        whole = self._plain_year(j) or (self._month(j, sure=True) if w.at(j) in MONTHS else None)
        if whole is None and w.at(j) in SHIFTS and w.at(j + 1) in {"month", "year"}:
            whole = self.read_one(j)
        if whole is None and w.at(j) == "year" and w.digits(j + 1, 4, 4):
            whole = j + 2, Named(year=w.digits(j + 1, 4, 4))
        if whole is None and w.at(j) in {"month", "year"}:
            unit = w.at(j)
            whole = j + 1, counted(lambda d: cal.unit_around(d, unit))
        if whole is None or whole[1].day is not None:
            return None
        if noun == "month" and (whole[1].month or whole[1].in_year):
            return None
        return whole[0], then_stretch(whole[1], lambda s: some_in(s, noun, number, count))
