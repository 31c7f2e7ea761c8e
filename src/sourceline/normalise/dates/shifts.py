"""Words that shift: last week, this summer, next Tuesday, the past two years, that day."""

from __future__ import annotations

from datetime import date

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.calendar import SEASONS, Stretch
from sourceline.normalise.dates.counting import (
    at_unit,
    business_days,
    in_year,
    many,
    nearest_weekday,
    shifted_in_year,
    weekday_of_week,
)
from sourceline.normalise.dates.named import NOT_EXACT, Named, counted, from_mention, unknown
from sourceline.normalise.dates.parts import Parts
from sourceline.normalise.dates.readers import Read
from sourceline.normalise.dates.tense import find_tense
from sourceline.normalise.dates.vocabulary import (
    FEAST_STARTS,
    LAST,
    MONTHS,
    NEXT,
    PARTS_OF_DAY,
    SHIFTS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)


class Shifts(Parts):
    def _shifted(self, i: int) -> Read | None:
        """last week, this March, next Tuesday, the past two years, that year, the same day."""
        w = self.words
        word = w.at(i)
        j = i + 1
        last_quarter = w.at(j) == "quarter" and w.at(j + 1) != "of"
        if word == "last" and not last_quarter and (part := self._ordinal_phrase(i)):
            return part
        if word in {"this", "that"} and w.at(j) in {"past", "last", "coming", "same", "next", "upcoming"}:
            word = w.at(j)
            j += 1
        mentioned = word in {"that", "same", "following", "previous", "preceding"}
        shift = SHIFTS.get(word, 0)
        noun = w.at(j)
        if (
            (day := self._day_month(j))
            and word in {"this", "last", "next"}
            and day[1].count is None
            and day[1].year is None
        ):
            return day[0], counted(lambda d: shifted_in_year(day[1], d, shift))
        if w.at(j) == "year" and w.at(j - 1) in SHIFTS and (w.at(j + 1) in MONTHS or w.at(j + 1) in FEAST_STARTS):
            inner = self._feast(j + 1) or self._month(j + 1, sure=True)
            if inner and inner[1].year is None and inner[1].count is None:
                named = inner[1]
                return inner[0], counted(lambda d: in_year(named, d.year + shift))
        if noun in UNITS and (not noun.endswith("s") or (word, noun) == ("this", "years")):
            return self._shifted_unit(j, word, mentioned, shift)
        if noun in PARTS_OF_DAY:
            return self._shifted_part_of_day(j, word)
        if noun in WEEKDAYS and (noun.endswith("day") or w.capital(j)):
            return self._shifted_weekday(j, word, shift)
        if noun in MONTHS:
            inner = self._month(j, sure=True)
            if inner is None or (noun in {"may", "march", "august"} and not w.capital(j)):
                return None
            if inner[1].year or inner[1].count or word in {"that", "same"}:
                return inner
            return inner[0], counted(lambda d: shifted_in_year(inner[1], d, shift))
        if noun in SEASONS:
            season = Named(in_year=lambda y: cal.find_season(y, noun))
            past = find_tense(w, i, j + 1) is False
            return j + 1, counted(lambda d: shifted_in_year(season, d, shift, past))
        if noun in FEAST_STARTS and (feast := self._feast(j)) and feast[1].year is None:
            return feast[0], counted(lambda d: shifted_in_year(feast[1], d, shift))
        if noun in {"school", "academic", "fiscal", "financial"} and w.at(j + 1) == "year":
            return j + 2, unknown("not a calendar year")
        if word in LAST or word in NEXT:
            return self._shifted_many(j, word)
        return None

    def _shifted_part_of_day(self, j: int, word: str) -> Read | None:
        """last night, this morning; the next evening, that night, from the date named before."""
        w = self.words
        if word in {"last", "this"}:
            if word == "last" and (w.at(j + 1) == "of" or w.at(j - 2) in {"the", "our", "my", "his", "her", "their"}):
                return None  # the last night of a tour
            back = -1 if word == "last" else 0
            return j + 1, counted(lambda d: cal.one_day(cal.move_days(d, back)))
        if word in {"that", "same"} and not w.at(j + 1)[:1].isalpha():
            return j + 1, from_mention(cal.one_day, "day")
        if word in {"next", "following", "previous"} and w.at(j - 2) == "the":
            shift = SHIFTS[word]
            return j + 1, from_mention(lambda d: cal.one_day(cal.move_days(d, shift)), "day")
        return None

    def _shifted_unit(self, j: int, word: str, mentioned: bool, shift: int) -> Read | None:
        w = self.words
        unit = UNITS[w.at(j)]
        if word in {"same", "following"} and unit == "day" and w.at(j - 2) != "the" and w.at(j - 2) != "that":
            return None
        end = j + 1
        if word == "that" and (
            w.at(end)[:1].isalpha()
            and w.at(end)
            not in {
                "and",
                "in",
                "to",
                "the",
                "when",
                "he",
                "she",
                "it",
                "of",
                "for",
                "as",
                "by",
                "at",
                "on",
                "with",
                "would",
                "was",
                "were",
                "is",
                "had",
            }
        ):
            return None
        if word in {"next", "previous", "last"} and unit == "day":
            return (
                (end, from_mention(lambda d: cal.one_day(cal.move_days(d, shift)), "day"))
                if w.at(j - 2) == "the"
                else None
            )
        if unit == "day" and word in {"this", "current", "past", "coming", "upcoming"}:
            return None
        on = end + (w.at(end) == "on")
        if unit == "week" and w.at(on) in WEEKDAYS and not mentioned:
            weekday = WEEKDAYS[w.at(on)]
            return on + 1, counted(lambda d: weekday_of_week(d, weekday, shift))
        if (
            word in {"past", "last"}
            and w.at(j - 2) == "the"
            and w.at(j - 3) in {"over", "for", "in", "during", "within"}
            and unit not in {"week", "weekend", "quarter"}
        ):
            return end, counted(lambda d: cal.days(cal.move(d, unit, -1), cal.move_days(d, -1)))
        if unit == "year" and w.at(end) == "'s" and (quarter := self._nth_part(end + 1)):
            return quarter[0], counted(lambda d: quarter[1](d.year + shift))
        if unit == "fortnight":
            return end, counted(lambda d: many(d, unit, 1, shift > 0))
        if unit == "weekend":
            past = find_tense(w, j - 1, end) is False

            def place(d: date) -> Stretch:
                back = 7 if past and shift == 0 and d.weekday() < 4 else 0
                return cal.weekend_of(cal.move_days(d, 7 * shift - back))
        else:

            def place(d: date) -> Stretch:
                return cal.unit_around(cal.move(cal.unit_around(d, unit).first, unit, shift), unit)

        return end, (
            from_mention(place, unit)
            if (mentioned and word != "previous") or (word == "previous" and self.words.at(j - 2) == "the")
            else counted(place)
        )

    def _shifted_weekday(self, j: int, word: str, shift: int) -> Read | None:
        w = self.words
        weekday = WEEKDAYS[w.at(j)]
        plain = self._weekday(j)
        if plain is not None and (plain[1].day is not None or plain[1].stretch or plain[1].reason):
            return plain
        if plain is None and w.at(j).endswith("day"):
            return None
        end = plain[0] if plain else j + 1
        if word in {"that", "same"}:
            return end, from_mention(lambda d: nearest_weekday(d, weekday), "week")
        if word in {"next", "following"} and w.at(j - 2) == "the":
            after = (weekday + 6) % 7
            return end, from_mention(lambda d: cal.one_day(cal.move_days(d, (after - d.weekday()) % 7 + 1)), "day")
        if word == "next":
            return end, counted(lambda d: weekday_of_week(d, weekday, 1))
        if word in {"coming", "following", "upcoming"}:
            return end, counted(lambda d: cal.one_day(cal.move_days(d, (weekday - d.weekday() - 1) % 7 + 1)))
        if word == "previous":
            return end, counted(lambda d: weekday_of_week(d, weekday, -1))
        if word == "last":
            return end, counted(lambda d: weekday_of_week(d, weekday, -1))
        if shift < 0:
            return end, counted(lambda d: cal.one_day(cal.move_days(d, -((d.weekday() - weekday - 1) % 7 + 1))))
        return end, counted(lambda d: weekday_of_week(d, weekday, 0))

    def _shifted_many(self, j: int, word: str) -> Read | None:
        """the past two years, the next 5 days, the last few months."""
        w = self.words
        if w.at(j) in VAGUE or (w.at(j) == "a" and w.at(j + 1) in VAGUE):
            k = j + 1 + (w.at(j) == "a")
            k += w.at(k) == "of"
            return (k + 1, unknown(NOT_EXACT)) if w.at(k) in UNITS else None
        number = w.cardinal(j)
        k, count = number if number else (j, 1)
        business = w.at(k) in {"business", "working"}
        k += business
        unit = UNITS.get(w.at(k))
        if unit is None or unit == "weekend" or (number is None) or count > 100000:
            return None
        ahead = word in NEXT
        if word in {"following", "preceding"}:
            if w.at(j - 2) != "the" or w.at(j) in {"a", "an", "another"}:
                return None  # following a day of talks
            return (k + 1, from_mention(lambda d: many(d, unit, count, ahead), unit)) if not business else None
        if business:
            return k + 1, counted(lambda d: business_days(d, count if ahead else -count))
        return k + 1, counted(lambda d: many(d, unit, count, ahead))

    def _ahead(self, i: int) -> Read | None:
        """in two weeks' time."""
        w = self.words
        number = w.cardinal(i + 1)
        if number is None or (unit := UNITS.get(w.at(number[0]))) is None or unit == "weekend":
            return None
        j = number[0] + 1
        if unit == "day" and w.at(i + 1) == "a":
            return None  # how long something takes
        timed = False
        if w.at(j) in {"'", "'s"} and w.at(j + 1) == "time":
            j, timed = j + 2, True
        elif w.at(j) == "time":
            j, timed = j + 1, True
        if w.at(i) == "within":
            if not number[1] or w.at(j) in {"after", "of", "before"}:
                return None
            return j, counted(lambda d: cal.days(d, cal.move_days(cal.move(d, unit, number[1]), -1)))
        if timed or find_tense(w, i, j) is True:
            return j, counted(lambda d: at_unit(d, unit, number[1]))
        return None
