"""Distances: three weeks ago, two days after Easter, a year later, yesterday."""

from __future__ import annotations

from datetime import date

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.calendar import Stretch
from sourceline.normalise.dates.counting import at_unit, many, offset_from
from sourceline.normalise.dates.named import NOT_EXACT, Named, counted, from_mention, unknown
from sourceline.normalise.dates.readers import Read
from sourceline.normalise.dates.shifts import Shifts
from sourceline.normalise.dates.tense import CLAUSE_ENDS, find_tense
from sourceline.normalise.dates.vocabulary import (
    BEFORE_YEAR,
    COUNTED,
    FEAST_STARTS,
    LAST,
    MONTHS,
    NAMED_DAYS,
    NEXT,
    SHIFTS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)

_ARTICLES = frozenset(["a", "an", "another"])
_AFTER_ARTICLE = frozenset([*UNITS, *LAST, *NEXT, *VAGUE, "dozen", "hundred"])
"""Behind an article that stands for one: anything else there is no date, and articles are the commonest words."""


class Offsets(Shifts):
    def _number_word(self, i: int) -> Read | None:
        """two weeks ago; nineteen ninety six; the third quarter; the first week of March; twenty-sixth of May."""
        w = self.words
        if w.at(i) in _ARTICLES and w.at(i + 1) not in _AFTER_ARTICLE:
            return None
        if (w.at(i) in VAGUE or w.at(i) == "a") and (vague := self._vague_ago(i)):
            return vague
        if found := self._offset(i):
            return found
        if found := self._ordinal_phrase(i):
            return found
        if found := self._day_month(i):
            return found
        said = w.year_in_words(i)
        if said and said[0] - i > 1 and w.at(i - 1) in BEFORE_YEAR | {"(", ","} and w.at(said[0]) not in COUNTED:
            return said[0], Named(year=said[1])
        return None

    def _vague_ago(self, i: int) -> Read | None:
        w = self.words
        k = i + (w.at(i) == "a")
        if w.at(k) not in VAGUE:
            return None
        k += 1
        k += w.at(k) == "of"
        if w.at(k) in UNITS and w.at(k + 1) in {"ago", "back"}:
            return k + 2, unknown(NOT_EXACT)
        return None

    def _offset(self, i: int) -> Read | None:
        """three weeks ago; two days after tomorrow; a fortnight later; ten days from now."""
        w = self.words
        number = w.cardinal(i)
        if number is None:
            return None
        j, count = number
        half = w.at(j) == "and" and w.at(j + 1) == "a" and w.at(j + 2) == "half"
        j += 3 * half
        way = w.at(j)
        if (way in LAST or way in NEXT) and way not in {"following", "preceding"} and (unit := UNITS.get(w.at(j + 1))):
            ahead, wanted = way in NEXT, unit
            plural = w.at(j + 1).endswith("s") and count < 10000 and wanted != "weekend"
            return (j + 2, counted(lambda d: many(d, wanted, count, ahead))) if plural else None
        unit = UNITS.get(w.at(j))
        if unit == "weekend" and w.at(j + 1) == "ago" and count < 10000:
            return j + 2, counted(lambda d: cal.weekend_of(cal.move_days(d, -7 * count)))
        if unit is None or unit == "weekend" or count > 100000:
            return None
        k = j + 1
        if w.at(k) == "and" and w.at(k + 1) == "a" and w.at(k + 2) == "half":
            half, k = True, k + 3
        way = w.at(k)
        bound = (w.at(i - 1) == "than" and w.at(i - 2) in {"more", "less", "fewer"}) or w.at(i - 1) in {"over", "under"}
        if way in {"ago", "back"} and (way == "ago" or w.at(k + 1) in {".", ",", ""}):
            return self._ago(k + 1, unit, count, half, bound)
        if half or bound:
            return None
        if compound := self._compound(k, unit, count):
            return compound
        if way in {"later", "afterwards", "earlier", "beforehand", "prior"}:
            sign = 1 if way in {"later", "afterwards"} else -1
            if w.at(k + 1) in {"than", "to"}:
                return None
            return k + 1, from_mention(lambda d: at_unit(d, unit, sign * count), unit)
        if way in {"from", "after", "before"} or (way == "hence"):
            if way == "hence":
                return k + 1, counted(lambda d: at_unit(d, unit, count))
            sign = -1 if way == "before" else 1
            if w.at(k + 1) == "now":
                return k + 2, counted(lambda d: at_unit(d, unit, sign * count))
            start = k + 1 + (w.at(k + 1) == "the")
            inner = (
                self.read_one(start)
                if w.at(start) in NAMED_DAYS
                or w.at(start) in SHIFTS
                or w.at(start) in MONTHS
                or w.at(start) in WEEKDAYS
                or w.at(start) in FEAST_STARTS
                or w.at(start)[:1].isdigit()
                else None
            )
            if inner is None and w.at(k + 1) in {"that", "then"} and not w.at(k + 2)[:1].isalpha():
                return k + 2, from_mention(lambda d: at_unit(d, unit, sign * count), unit)
            if inner is not None and inner[1].last is None and inner[1].reason is None:
                ahead = find_tense(w, i, inner[0]) is True
                return inner[0], offset_from(inner[1], unit, sign * count, ahead)
        return None

    def _compound(self, k: int, unit: str, count: int) -> Read | None:
        """2 years, 1 month and 21 days ago."""
        w = self.words
        parts = [(unit, count)]
        while len(parts) < 4:
            j = k
            while w.at(j) in {"and", ","}:
                j += 1
            number = w.cardinal(j)
            following = UNITS.get(w.at(number[0])) if number else None
            if number is None or following is None or following == "weekend" or number[1] > 100000:
                break
            parts.append((following, number[1]))
            k = number[0] + 1
        if len(parts) == 1 or w.at(k) not in {"ago", "later", "earlier"}:
            return None
        sign = 1 if w.at(k) == "later" else -1
        finest = next((u for u in ("day", "week", "fortnight", "month") if u in dict(parts)), "year")

        def place(day: date) -> Stretch:
            for name, number in parts:
                day = cal.move(day, name, sign * number)
            return at_unit(day, finest, 0)

        return k + 1, counted(place) if w.at(k) == "ago" else from_mention(place, finest)

    def _ago(self, end: int, unit: str, count: int, half: bool, bound: bool) -> Read:
        w = self.words
        if bound:
            return end, unknown(NOT_EXACT)
        if half:
            return end, counted(
                lambda d: cal.unit_around(cal.move_months(d, -(12 * count + 6)), "month")
            ) if unit == "year" else unknown(NOT_EXACT)
        if w.at(end) in {"today", "tomorrow", "yesterday"}:
            offset = NAMED_DAYS[w.at(end)]
            return end + 1, counted(lambda d: cal.one_day(cal.move(cal.move_days(d, offset), unit, -count)))
        return end, counted(lambda d: at_unit(d, unit, -count))

    def _night_before(self, i: int) -> Read | None:
        """the night before, the morning after: from the date named before."""
        w = self.words
        way = w.at(i + 1)
        if w.at(i - 1) != "the" or way not in {"before", "after"} or w.at(i + 2) not in CLAUSE_ENDS | {",", ""}:
            return None
        sign = -1 if way == "before" else 1
        return i + 2, from_mention(lambda d: cal.one_day(cal.move_days(d, sign)), "day")

    def _named_day(self, i: int) -> Read | None:
        w = self.words
        if w.at(i) == "today" and w.at(i - 1) == "usa":
            return None
        offset = NAMED_DAYS[w.at(i)]
        return i + 1, counted(lambda d: cal.one_day(cal.move_days(d, offset)))
