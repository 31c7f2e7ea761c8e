"""The grammar: what is named by the words from here on. Each reader takes a token's index and gives the index after
what it has read, with what that names, or None. None of them reads further than a bounded number of tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sourceline.normalise import calendar as cal
from sourceline.normalise.calendar import FEASTS, SEASONS, Stretch
from sourceline.normalise.named import NOT_EXACT, Named, counted, from_mention, known, unknown
from sourceline.normalise.numeric import read_numeric
from sourceline.normalise.tense import find_tense
from sourceline.normalise.words import Words

Read = tuple[int, Named]

MONTHS = {
    name: i + 1
    for i, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|"
        "october oct|november nov|december dec".split("|")
    )
    for name in names.split()
}
FULL_MONTHS = frozenset("january february july september october november december".split())
"""Names that are hardly ever anything but months; the others ("May", "Mar.") need words beside them that show it."""
WEEKDAYS = {
    name: i
    for i, names in enumerate(
        "monday mon|tuesday tues tue|wednesday weds wed|thursday thurs thur thu|friday fri|saturday sat|sunday sun".split("|")
    )
    for name in names.split()
}
UNITS = {
    name: unit
    for unit in ("day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century")
    for name in (unit, f"{unit}s")
} | {"centuries": "century"}
LAST = frozenset("last past previous preceding".split())
NEXT = frozenset("next coming following upcoming".split())
SHIFTS = dict.fromkeys(LAST, -1) | dict.fromkeys(("this", "current"), 0) | dict.fromkeys(NEXT, 1)
PARTS = frozenset("early earlier late later mid middle beginning start end rest remainder".split())
VAGUE = frozenset("several few many some recent couple numerous countless".split())
BEFORE_MONTH = frozenset(
    "in since until till by from last next this early late mid during of before after through between past previous "
    "earlier later to and or over throughout around for".split()
) | {"-", "–", "—", "("}
BEFORE_YEAR = frozenset(
    "in since until till from during before after through between by around circa ca c early late mid earlier later "
    "throughout post pre year summer winter spring autumn fall over versus vs to and or than of".split()
)
COUNTED = frozenset(
    "people men women children persons workers troops soldiers feet foot metres meters miles km kilometres kilometers "
    "tonnes tons kg pounds dollars euros yen hours minutes seconds days weeks months years times percent per points "
    "votes words pages members jobs homes million billion thousand mg ml cm mm mhz watts calories bc bce b".split()
)
DECADE_WORDS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
PAPERS = frozenset(
    "times telegraph mirror mail post express herald business mercury tribune world independent star sun age "
    "review".split()
)
PARTS_OF_DAY = frozenset("night morning afternoon evening nite".split())
PARTS_OF_DAY_OFTEN = frozenset(f"{part}s" for part in PARTS_OF_DAY)
STARTING_WITH = frozenset("starting beginning commencing c".split())
FEAST_CUES = frozenset(
    "on by before after since until till at this last next during over for around of in day".split()
) | {""}
FEAST_WORDS = {tuple(Words(name).low): place for name, place in FEASTS.items()}
FEAST_STARTS = frozenset(name[0] for name in FEAST_WORDS)
LONGEST_FEAST = max(map(len, FEAST_WORDS))
NAMED_DAYS: dict[str, int] = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


class Grammar:
    """Readers over the words of one text."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.year_end = -1
        """The token after the last year that was found: "2016 and 2017" needs no more evidence."""

    def read(self, i: int) -> Read | None:
        """A date or a range of dates that begins at this token."""
        w = self.words
        word = w.at(i)
        if word == "from":
            first = self._end(i + 1)
            return self._range_after(first, {"to", "until", "till", "through", "thru", "-", "–", "—"}) if first else None
        if word == "between":
            first = self._end(i + 1)
            return self._range_after(first, {"and", "to", "through", "-", "–", "—", "~"}) if first else None
        first = self.read_one(i)
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
        found = self.read_one(i)
        if found is not None:
            return found
        return self._plain_year(i) or self._bare_day(i)

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
        return k + 2, counted(lambda d: day_of_month(month_away(d, shift), a).until(day_of_month(month_away(d, shift), b)))

    def _stands_free(self, i: int) -> bool:
        w = self.words
        if w.glued(i - 1) and (w.at(i - 1) in {".", ",", ":", "$", "£", "€", "/"} or w.at(i - 1).isalnum()):
            return w.at(i - 1) in {",", ":"} and not w.at(i - 2).isdigit()
        return not (w.glued(i) and w.at(i + 1) in {":", "%"})

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
        if w.at(k) in {"present", "now"} or (w.at(k) == "today" and begin.count is None):
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
        if last is None and begin.in_year is None and begin.day is None and begin.month is not None:
            last = self._month(k, sure=True)
        if last is None or last[1].last or last[1].reason or not joinable(begin, last[1], months, join):
            return None
        return last[0], replace(begin, last=last[1])

    def _short_year(self, i: int, first: int) -> Read | None:
        """The 31 of "2029-31"."""
        w = self.words
        number = w.digits(i, 2, 2)
        if number is None or len(w.at(i)) != 2 or number <= first % 100 or not w.glued(i - 1):
            return None
        return i + 1, Named(year=first // 100 * 100 + number)

    def read_one(self, i: int) -> Read | None:
        """A single date that begins at this token."""
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

    # Months

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
            year = self._year_after(self._after_clock(day[0]))
            return (year[0], Named(month=month, day=day[1], year=year[1])) if year else (day[0], Named(month=month, day=day[1]))
        if (year := self._year_after(j)) and not (w.digits(j) is not None and w.at(year[0]) in COUNTED):
            return year[0], Named(month=month, year=year[1])
        if w.at(j) in {"'", "’", "‘"} and (short := w.digits(j + 1, 2, 2)) is not None and w.glued(j):
            return j + 2, counted(lambda d: cal.find_month(nearest_century(short, d), month))
        if relative := self._relative_year(j):
            return relative[0], counted(lambda d: cal.find_month(d.year + relative[1], month))
        if sure or self._is_month(i, j):
            return j if w.at(j - 1) != "." or w.raw(j)[:1].islower() else j - 1, Named(month=month)
        return None

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
            w.at(after)[:1].isalpha() or (w.at(after) in {":", "%"}) or (w.at(after) == "." and w.glued(after) and w.at(after + 1).isdigit())
        ):
            return False
        if w.digits(k) is None:  # "March second", but no "May one"
            return w.at(i) not in {"may", "march", "mar"} or w.capital(i) or self._year_after(after) is not None
        return w.at(i) not in {"may", "march"} or w.capital(i) or w.at(i - 1) in BEFORE_MONTH or self._is_day_end(after)

    def _is_day_end(self, after: int) -> bool:
        w = self.words
        return w.at(after) in {"", ".", ",", "\n", ")", "st", "nd", "rd", "th", "-", "–"} or self._year_after(after) is not None

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
            return name not in {"may", "march", "mar", "dec", "jan"} and w.at(i - 1) in BEFORE_MONTH
        if w.at(i - 1) not in BEFORE_MONTH and not (w.at(i - 1) == "." or i == 0 or w.at(i - 1) == "\n"):
            return w.at(i - 1) in {"a", "an", "the", "'s", "that", "its", "his", "her", "their"} and name in {"april", "june", "august"}
        if w.at(i - 1) in {"to", "and", "or", "for", "of", ".", "", "\n", "(", "by", "over", "around"}:
            return name in {"april", "june", "august"} and not w.capital(after) and w.at(after) not in {"'s", "said", "was"}
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
        if year is not None and w.is_free_after(k) and not (w.at(k + 1) == "-" and w.at(k + 2).isdigit() and len(w.at(k + 2)) == 3):
            if len(w.at(k)) == 3 and w.at(j) != "of" and w.at(j) != ",":
                return None
            if w.at(k + 1) in COUNTED and w.at(k + 1) not in {"bc", "bce", "b"}:
                return None
            return (k + 2 if w.at(k - 1) == "(" and w.at(k + 1) == ")" else k + 1), year
        if w.at(k)[:1].isalpha() and (said := w.year_in_words(k)):
            return said
        return None

    def _relative_year(self, j: int) -> tuple[int, int] | None:
        """ "(of) last year", "this year", "next year" after a month or day."""
        w = self.words
        if w.at(j) in {"of", ",", "the"}:
            j += 1
        if w.at(j) in {"last", "this", "next", "previous", "current"} and w.at(j + 1) == "year" and w.at(j + 2) != "'s":
            return j + 2, SHIFTS[w.at(j)]
        return None

    # Days of the week

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
        if w.capital(j) and (w.at(j) in PAPERS or (w.at(j) in PARTS_OF_DAY and w.capital(j + 1))):
            return None
        k = j
        while w.at(k) in {",", "the", "(", "-"}:
            k += 1
        if k - j <= 2:
            date_read = self._day_month(k) or (self._month(k) if w.at(k) in MONTHS else None) or read_numeric(w, k, sure=True)
            if date_read and (date_read[1].day or date_read[1].stretch or date_read[1].reason):
                end = date_read[0] + (w.at(k - 1) == "(" and w.at(date_read[0]) == ")")
                return end, date_read[1]
        day = w.day_number(k) if k == j or w.at(k - 1) == "the" else None
        if day and 1 <= day[1] <= 31 and (day[0] > k + 1 or self._is_day_end(day[0]) or w.at(day[0]) in {"!", "?"}):
            carried_on = w.glued(day[0] - 1) and w.at(day[0]) in {".", "-", "/", ":"} and w.glued(day[0])
            if not (carried_on and w.at(day[0] + 1)[:1].isdigit()) and w.at(day[0]) not in COUNTED and w.at(day[0]) not in {"a", "p", "am", "pm"}:
                return day[0], Named(weekday=weekday, day=day[1])
        if short and not (w.capital(i) and (w.at(i - 1) in {"on", "last", "next", "this"} or w.at(j - 1) == ".")):
            return None
        if w.at(j) == "of" and w.at(j + 2) == "week" and w.at(j + 1) in SHIFTS:
            shift = SHIFTS[w.at(j + 1)]
            return j + 3, counted(lambda d: weekday_of_week(d, weekday, shift))
        if w.at(j) in {"last", "this", "next"} and w.at(j + 1) == "week":
            shift = SHIFTS[w.at(j)]
            return j + 2, counted(lambda d: weekday_of_week(d, weekday, shift))
        if w.at(j) == "week" and w.at(j + 1) not in {"'s"} and w.at(i - 1) in {"on", "next"}:
            return None
        return j, Named(weekday=weekday)

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
        if month is None or (not w.capital(j) and w.at(j) in {"may", "march", "mar", "dec"} and not self._is_day_end(j + 1)):
            return None
        if w.digits(i) is None and w.at(j - 1) != "of" and not w.capital(j):
            return None
        k = j + 1
        if w.at(k) == "." and w.at(j) not in FULL_MONTHS and (w.digits(k + 1, 4, 4) or w.raw(k + 1)[:1].islower()) and w.at(j) not in {"may", "june", "july", "march", "april"}:
            k += 1
        if w.at(k) == "-" and (year := w.digits(k + 1, 4, 4)):
            return k + 2, Named(day=day[1], month=month, year=year)
        if year := self._year_after(k):
            return year[0], Named(day=day[1], month=month, year=year[1])
        if relative := self._relative_year(k):
            return relative[0], counted(lambda d: cal.find_day(d.year + relative[1], month, day[1]))
        return k, Named(day=day[1], month=month)

    # Words that count from today

    def _named_day(self, i: int) -> Read | None:
        w = self.words
        if w.at(i) == "today" and w.at(i - 1) == "usa":
            return None
        offset = NAMED_DAYS[w.at(i)]
        return i + 1, counted(lambda d: cal.one_day(cal.move_days(d, offset)))

    def _shifted(self, i: int) -> Read | None:
        """last week, this March, next Tuesday, the past two years, that year, the same day."""
        w = self.words
        word = w.at(i)
        j = i + 1
        if word == "last" and (part := self._ordinal_phrase(i)):
            return part
        if word in {"this", "that"} and w.at(j) in {"past", "last", "coming", "same", "next", "upcoming"}:
            word = w.at(j)
            j += 1
        mentioned = word in {"that", "same", "following", "previous", "preceding"}
        shift = SHIFTS.get(word, 0)
        noun = w.at(j)
        if w.at(j) == "year" and w.at(j - 1) in SHIFTS and (w.at(j + 1) in MONTHS or w.at(j + 1) in FEAST_STARTS):
            inner = self._feast(j + 1) or self._month(j + 1, sure=True)
            if inner and inner[1].year is None and inner[1].count is None:
                return inner[0], counted(lambda d: in_year(inner[1], d.year + shift))
        if noun in UNITS and (not noun.endswith("s") or (word, noun) == ("this", "years")):
            return self._shifted_unit(j, word, mentioned, shift)
        if noun in PARTS_OF_DAY and word in {"last", "this"}:
            back = -1 if word == "last" else 0
            return j + 1, counted(lambda d: cal.one_day(cal.move_days(d, back)))
        if noun in WEEKDAYS and (noun.endswith("day") or w.capital(j)):
            return self._shifted_weekday(j, word, shift)
        if noun in MONTHS:
            inner = self._month(j, sure=True)
            if inner is None or (noun == "may" and not w.capital(j)):
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

    def _shifted_unit(self, j: int, word: str, mentioned: bool, shift: int) -> Read | None:
        w = self.words
        unit = UNITS[w.at(j)]
        if word in {"same", "following"} and unit == "day" and w.at(j - 2) != "the" and w.at(j - 2) != "that":
            return None
        end = j + 1
        if word == "that" and (w.at(end)[:1].isalpha() and w.at(end) not in {"and", "in", "to", "the", "when", "he", "she", "it", "of", "for", "as", "by", "at", "on", "with", "would", "was", "were", "is", "had"}):
            return None
        if word in {"next", "previous", "last"} and unit == "day":
            return (end, from_mention(lambda d: cal.one_day(cal.move_days(d, shift)))) if w.at(j - 2) == "the" else None
        if unit == "day" and word in {"this", "current", "past", "coming", "upcoming"}:
            return None
        on = end + (w.at(end) == "on")
        if unit == "week" and w.at(on) in WEEKDAYS and not mentioned:
            weekday = WEEKDAYS[w.at(on)]
            return on + 1, counted(lambda d: weekday_of_week(d, weekday, shift))
        if word in {"past", "last"} and w.at(j - 2) == "the" and w.at(j - 3) in {"over", "for", "in", "during", "within"} and unit not in {"week", "weekend", "quarter"}:
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
        return end, (from_mention(place) if mentioned and word != "previous" or (word == "previous" and self.words.at(j - 2) == "the") else counted(place))

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
            return end, from_mention(lambda d: nearest_weekday(d, weekday))
        if word in {"next", "following"} and w.at(j - 2) == "the":
            return end, from_mention(lambda d: cal.one_day(cal.move_days(d, (weekday - d.weekday() - 1) % 7 + 1)))
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
        if word in {"following", "preceding"}:
            return None
        ahead = word in NEXT
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
        timed = False
        if w.at(j) in {"'", "'s"} and w.at(j + 1) == "time":
            j, timed = j + 2, True
        elif w.at(j) == "time":
            j, timed = j + 1, True
        if w.at(i) == "within":
            return (j, counted(lambda d: cal.days(d, cal.move_days(cal.move(d, unit, number[1]), -1)))) if number[1] else None
        if timed or find_tense(w, i, j) is True:
            return j, counted(lambda d: at_unit(d, unit, number[1]))
        return None

    def _number_word(self, i: int) -> Read | None:
        """two weeks ago; nineteen ninety six; the third quarter; the first week of March; twenty-sixth of May."""
        w = self.words
        if w.at(i) in VAGUE or w.at(i) == "a":
            if vague := self._vague_ago(i):
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
            return k + 1, from_mention(lambda d: at_unit(d, unit, sign * count))
        if way in {"from", "after", "before"} or (way == "hence"):
            if way == "hence":
                return k + 1, counted(lambda d: at_unit(d, unit, count))
            sign = -1 if way == "before" else 1
            if w.at(k + 1) == "now":
                return k + 2, counted(lambda d: at_unit(d, unit, sign * count))
            start = k + 1 + (w.at(k + 1) == "the")
            inner = self.read_one(start) if w.at(start) in NAMED_DAYS or w.at(start) in SHIFTS or w.at(start) in MONTHS or w.at(start) in WEEKDAYS or w.at(start) in FEAST_STARTS or w.at(start)[:1].isdigit() else None
            if inner is None and w.at(k + 1) in {"that", "then"} and not w.at(k + 2)[:1].isalpha():
                return k + 2, from_mention(lambda d: at_unit(d, unit, sign * count))
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

        return k + 1, counted(place) if w.at(k) == "ago" else from_mention(place)

    def _ago(self, end: int, unit: str, count: int, half: bool, bound: bool) -> Read:
        w = self.words
        if bound:
            return end, unknown(NOT_EXACT)
        if half:
            return end, counted(lambda d: cal.unit_around(cal.move_months(d, -(12 * count + 6)), "month")) if unit == "year" else unknown(NOT_EXACT)
        if w.at(end) in {"today", "tomorrow", "yesterday"}:
            offset = NAMED_DAYS[w.at(end)]
            return end + 1, counted(lambda d: cal.one_day(cal.move(cal.move_days(d, offset), unit, -count)))
        return end, counted(lambda d: at_unit(d, unit, -count))

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
            return i + (2 if after == "end" else 3), counted(lambda d: cal.find_year(d.year))
        if unit == "year":
            if after == "of" and w.digits(i + 2, 4, 4) is not None:
                return i + 3, Named(year=w.digits(i + 2, 4, 4))
            if (year := w.digits(i + 1, 1, 4)) is not None and w.is_figure(i + 1):
                if w.at(i - 1) in {"school", "fiscal", "financial", "academic"}:
                    return i + 2, unknown("not a calendar year")
                zero_or_long = year == 0 or len(w.at(i + 1)) >= 3
                return (i + 2, Named(year=year)) if zero_or_long else None
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
            return i + 2, from_mention(lambda d: cal.unit_around(cal.move(cal.unit_around(d, unit).first, unit, sign), unit))
        return None

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
        shift = {"before": -7, "after": 7}.get(w.at(i + 1), 0)
        j += w.at(j) == "the"
        inner = self.read_one(j)
        if inner is None or inner[1].last or inner[1].reason or not (inner[1].day or inner[1].in_year or inner[1].stretch or inner[1].count):
            return None
        starting = w.at(i + 1) in STARTING_WITH
        if inner[1].count and not starting:
            return None

        def place(day: date) -> Stretch:
            if starting:
                return cal.days(day, cal.move_days(day, 6))
            return cal.unit_around(cal.move_days(day, shift), unit)

        return inner[0], then(inner[1], place)

    # Parts of a stretch

    def _part(self, i: int) -> Read | None:
        """early 2009, mid-August, later this year, the end of last month: given as the whole, the format has no thirds."""
        w = self.words
        j = i + 1
        if w.at(i) in {"beginning", "start", "end", "middle", "rest", "remainder"}:
            if w.at(j) != "of":
                return None
            j += 1
        elif w.at(j) in {"-", "in", "on", "to"}:
            if w.at(j) == "to" and not (w.at(j + 1) == "mid"):
                return None
            j += 1
            j += w.at(j) == "mid"
            j += w.at(j) == "-"
        j += w.at(j) == "the"
        rest = w.at(i) in {"rest", "remainder"}
        if rest and (w.at(j - 1) == "the" or w.at(j) in {"this", "next"}):
            k = j + (w.at(j) in {"this", "next"})
            shift = 1 if w.at(j) == "next" else 0
            if (unit := UNITS.get(w.at(k))) in {"week", "month", "year", "decade"} and not (unit == "year" and w.digits(k + 1, 4, 4)):
                return k + 1, counted(lambda d: rest_of(d, unit or "", shift))
        if w.at(j) in UNITS and not w.at(j).endswith("s") and UNITS[w.at(j)] in {"week", "month", "year", "decade", "century"} and w.at(j - 1) == "the":
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
        if w.at(j) in {"and", "or", "to", "-", "–"} and (other := w.ordinal(j + 1 + (w.at(j + 1) == "the"))) and w.at(other[0]) in {"centuries", "century"}:
            return other[0] + 1, known(cal.find_century(number).until(cal.find_century(max(number, other[1]))))
        if part := self._nth_part(i):
            return self._part_of(part[0], part[1], w.at(part[0] - 1) == "quarter") or self._half_century(part[0], number)
        if noun in WEEKDAYS and w.at(j + 1) in {"in", "of"} and number < 6:
            month = self._month(j + 2 + (w.at(j + 2) == "the"), sure=True)
            if month and month[1].month and month[1].day is None:
                weekday, named = WEEKDAYS[noun], month[1]
                wanted = named.month
                assert wanted is not None
                return month[0], Named(year=named.year, in_year=lambda y: cal.nth_weekday(y, wanted, weekday, number))
        if noun in {"week", "weekend", "day", "month"} and w.at(j + 1) in {"in", "of"}:
            return self._nth_of(j + 2, noun, number)
        if number in {1, -1} and (many_read := w.cardinal(j)) and w.at(many_read[0]) in {"days", "weeks", "months"}:
            if w.at(many_read[0] + 1) in {"of", "in"} and 0 < many_read[1] < 400:
                unit = UNITS[w.at(many_read[0])]
                return self._nth_of(many_read[0] + 2, unit, number, many_read[1])
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
        if cue in {"on", "until", "by", "since"} and (cue == "on" or w.at(i - 1) == "the"):
            if w.at(j) in {"", ".", ",", "\n", ";", "?", "!", ")", "and", "or"} and 1 <= number <= 31:
                return j, Named(day=number)
        return None

    def _nth_part(self, i: int) -> tuple[int, Callable[[int], Stretch]] | None:
        """A numbered quarter or half, placed in a year."""
        w = self.words
        ordinal = (i + 1, -1) if w.at(i) in {"last", "final"} else w.ordinal(i)
        if ordinal is None:
            return None
        noun, number = w.at(ordinal[0]), ordinal[1]
        if noun == "quarter" and number in {-1, 1, 2, 3, 4}:
            return ordinal[0] + 1, lambda y: cal.find_quarter(y, number if number > 0 else 4)
        if noun == "half" and number in {1, 2}:
            return ordinal[0] + 1, lambda y: cal.find_months(y, 6 * number - 5, 6)
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
        whole = self._ordinal_phrase(j + 1 + (w.at(j + 1) == "the"))
        if whole is None or whole[1].stretch is None:
            return None
        first = whole[1].stretch.first.year + (50 if number == 2 else 0)
        return whole[0], known(cal.find_years(first, first // 50 * 50 + 49))

    def _nth_of(self, j: int, noun: str, number: int, count: int = 1) -> Read | None:
        """The stretch that "the first week of" or "the last day of" is taken from."""
        w = self.words
        j += w.at(j) == "the"
        whole = self._plain_year(j) or (self._month(j, sure=True) if w.at(j) in MONTHS else None)
        if whole is None and w.at(j) in SHIFTS and w.at(j + 1) in {"month", "year"}:
            whole = self._shifted(j)
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

    def _quarter_sign(self, i: int) -> Read | None:
        """Q3 2016, week 27 of last year."""
        w = self.words
        word = w.at(i)
        if word in {"week", "wk"}:
            number = w.digits(i + 1, 1, 2)
            if number is None or not w.is_figure(i + 1):
                return None
            j = i + 2 + (w.at(i + 2) in {"of", "in", ","})
            if (year := w.digits(j, 4, 4)) is not None:
                return j + 1, Named(year=year, in_year=lambda y: cal.find_week(y, number))
            if w.at(j) in {"this", "last", "next"} and w.at(j + 1) == "year":
                shift = SHIFTS[w.at(j)]
                return j + 2, counted(lambda d: cal.find_week(d.year + shift, number))
            if w.at(i - 1) in {"the", "in", "during"} and not w.capital(i):
                return i + 2, counted(lambda d: cal.find_week(d.year, number))
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

    # Seasons, feasts, decades, bare figures

    def _season(self, i: int) -> Read | None:
        """summer 2010, the winter of 1776-77, summer of last year; a bare "summer" is no date."""
        w = self.words
        name = w.at(i)
        j = i + 1 + (w.at(i + 1) in {"of", ","})
        year = w.digits(j, 4, 4)
        if year is not None and w.is_figure_year(j):
            end = j + 1
            if w.at(end) in {"-", "–", "/"} and (second := w.digits(end + 1, 2, 4)) is not None and second % 100 == (year + 1) % 100:
                end += 2
            return end, Named(year=year, in_year=lambda y: cal.find_season(y, name))
        if relative := self._relative_year(i + 1):
            return relative[0], counted(lambda d: cal.find_season(d.year + relative[1], name))
        return None

    def _feast(self, i: int) -> Read | None:
        w = self.words
        for length in range(LONGEST_FEAST, 0, -1):
            name = self._feast_name(i, length)
            if name is None:
                continue
            place, end = name
            year = self._year_after(end)
            named = Named(in_year=place, year=year[1] if year else None)
            after = year[0] if year else end
            if w.at(after) == "weekend":
                year = year or self._year_after(after + 1)
                named = Named(in_year=lambda y: cal.long_weekend(place(y).first), year=year[1] if year else None)
                return max(after + 1, year[0] if year else 0), named
            if year:
                return after, named
            if w.at(i) == "new" and w.at(end - 1) == "year" and not w.capital(i):
                return None
            if relative := self._relative_year(end):
                return relative[0], counted(lambda d: place(d.year + relative[1]))
            if length == 1 and (w.at(i - 1) not in FEAST_CUES or w.capital(end) or w.at(end) in {"tree", "trees"}):
                return None  # Christmas Island, Merry Christmas
            return end, Named(in_year=place)
        return None

    def _feast_name(self, i: int, length: int) -> tuple[Callable[[int], Stretch], int] | None:
        w = self.words
        parts: list[str] = []
        j = i
        while len(parts) < length and j < len(w):
            if w.at(j) == "." and parts == ["st"]:
                j += 1
                continue
            parts.append(w.at(j))
            j += 1
        place = FEAST_WORDS.get(tuple(parts))
        return (place, j) if place else None

    def _decade(self, i: int) -> Read | None:
        """the nineties; '90s."""
        w = self.words
        if w.at(i) in DECADE_WORDS:
            if w.at(i - 1) in {"the", "early", "late", "mid", "-"} and w.at(i + 1) != "of":
                return i + 1, two_digit_decade(DECADE_WORDS[w.at(i)])
            return None
        if not w.glued(i):
            return None
        number = w.digits(i + 1, 2, 2)
        if number is None:
            return None
        end = self._plural_mark(i + 2)
        if end and number % 10 == 0:
            return end, two_digit_decade(number)
        return None

    def _plural_mark(self, j: int) -> int | None:
        """The token after the "s" of 1990s or 1990's."""
        w = self.words
        if w.at(j) == "s" and w.glued(j - 1):
            return j + 1
        if w.at(j) == "'s" and w.glued(j - 1):
            return j + 1
        return None

    def _anno_domini(self, i: int) -> Read | None:
        w = self.words
        j = i + 1
        if w.at(i) == "a":
            if not (w.at(i + 1) == "." and w.at(i + 2) == "d" and w.at(i + 3) == "."):
                return None
            j = i + 4
        elif w.raw(i) != "AD":
            return None
        year = w.digits(j, 1, 4)
        return (j + 1, Named(year=year)) if year is not None and w.is_figure(j) else None

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
        number = w.digits(i, 2, 4)
        if number is None:
            return None
        end = self._plural_mark(i + 1)
        if end is not None and (w.at(i + 1) == "s" or w.at(i)[-1] == "0"):
            if len(w.at(i)) == 4 and number % 10 == 0:
                if number % 100 == 0 and number != 2000:
                    return end, known(cal.find_century(number // 100 + 1)) if number >= 100 else unknown("no such year")
                return end, known(cal.find_decade(number)) if number else unknown("no such year")
            if len(w.at(i)) == 2 and number % 10 == 0 and number >= 20 and w.at(i - 1) in {"the", "early", "late", "mid", "-"}:
                return end, two_digit_decade(number)
        if len(w.at(i)) == 4 and 1000 <= number <= 2999 and w.at(i + 1) in MONTHS and w.is_figure_year(i):
            if w.digits(i + 2) is None and (w.at(i + 1) != "may" or w.capital(i + 1)):
                return i + 2, Named(year=number, month=MONTHS[w.at(i + 1)])
        era = w.at(i + 1)
        if era in {"ad", "ce"} and w.is_figure(i):
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

    def _plain_year(self, i: int) -> Read | None:
        """A year where the grammar asks for one: no other evidence is needed."""
        w = self.words
        year = w.digits(i, 4, 4)
        if year is None or not 1000 <= year <= 2999 or not w.is_figure_year(i) or w.at(i + 1) in COUNTED:
            return None
        if self._plural_mark(i + 1):
            return None
        return i + 1, Named(year=year)

    def _year_of_pair(self, i: int) -> Read | None:
        """The 1715 of "1715 - 1774"."""
        w = self.words
        first, second = self._plain_year(i), self._plain_year(i + 2)
        if first is None or second is None:
            return None
        a, b = first[1].year or 0, second[1].year or 0
        carried_on = w.glued(i - 1) and w.at(i - 1) == "-" or (w.glued(i + 2) and w.at(i + 3) == "-" and w.glued(i + 3))
        return first if 1400 <= a < b <= 2100 and not carried_on else None

    def _evident_year(self, i: int) -> Read | None:
        """A bare figure that its neighbours show to be a year."""
        w = self.words
        year = w.digits(i, 4, 4)
        if year is None or not 1000 <= year <= 2999 or not w.is_figure_year(i) or w.at(i + 1) in COUNTED:
            return None
        before, after = w.at(i - 1), w.at(i + 1)
        if before == "than" and w.at(i - 2) not in {"later", "earlier"}:
            return None
        found = i + 1, Named(year=year)
        if before in {"-", "–", "—"} and w.at(i - 2).isdigit() and len(w.at(i - 2)) == 4:
            return found
        if self.year_end > 0 and i - self.year_end in {1, 2} and all(w.at(k) in {",", "and", "or", "&", "/"} for k in range(self.year_end, i)):
            return found
        if before == "." and w.at(i - 2) in {"m", "b", "d", "c", "ca", "div", "est"}:
            return found
        if after in {"or", "and"} and w.at(i + 2) in {"later", "earlier", "onwards", "beyond"}:
            return found
        if before in {"\n", ""} and after in {"\n", ""} and 1800 <= year <= 2100:
            return found
        if before in BEFORE_YEAR or (before == "-" and w.at(i - 2) in {"mid", "pre", "post", "late", "early"}):
            if before in {"of", "to", "and", "or", "than", "over", "by", "around", "after", "before", "between"} and looks_counted(w, i):
                return None
            if before in {"and", "or", "to"} and not (len(w.at(i - 2)) == 4 and w.at(i - 2).isdigit()) and before != "or":
                return None if not 1600 <= year <= 2100 else found
            return found
        if not 1400 <= year <= 2100:
            return None
        if before in {"(", "["} and (after in {")", "]", ",", ";", "-", "–", "—", ":"}):
            return found
        if after in {")", "]"} and before in {",", ";", "-", "–", "—", "."}:
            return found
        if before in {"for", "as"} and 1500 <= year <= 2100 and not looks_counted(w, i) and w.at(i - 2) not in {"cost", "sold"}:
            return found if after in {".", ",", ";", "\n", "", ")", "?", "!", "and", "with", "the"} else None
        if before in {",", "."} and after in {".", "\n", ""} and 1800 <= year <= 2100 and w.at(i - 2)[:1].isalpha():
            return found
        if before in {".", "\n", ",", ""} and w.capital(i + 1) and 1900 <= year <= 2100 and not w.at(i - 2).isdigit():
            return found
        if before in {",", ";"} and (after in {";", ")", ","}) and 1700 <= year <= 2100:
            return found
        if before == "'s" and after in {"“", '"', "‘"}:
            return found
        if before in {"the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "'s"} and after[:1].isalpha() and not looks_counted(w, i, plural=before != "a"):
            return found
        if 1800 <= year <= 2100 and w.capital(i - 1) and before[:1].isalpha() and not after[:1].isdigit():
            return found if before not in {"article", "section", "route", "boeing", "room", "no", "page"} else None
        if after[:1].isalpha() and w.capital(i + 1) and 1800 <= year <= 2100 and before in {"at", "for", "with", "won", "win"}:
            return found
        return None


def looks_counted(w: Words, i: int, plural: bool = False) -> bool:
    """Whether a figure counts what comes next: "of 1900 villagers"; after "the" a plural says nothing."""
    after = w.at(i + 1)
    if after in COUNTED:
        return True
    if plural or not after.isalpha() or w.capital(i + 1):
        return False
    return after.endswith("s") and not after.endswith("ss") and after not in {"was", "is", "has", "as", "this", "its", "his", "us", "perhaps", "does"}


def joinable(first: Named, last: Named, months: bool, join: str) -> bool:
    """Whether the two can be the ends of one range."""
    if first.day is not None and first.month is None and first.weekday is None:
        return last.month is not None and last.day is not None
    if months:
        return False
    if last.day is not None and last.month is None and last.weekday is None:
        return first.month is not None and first.day is not None
    if first.count or first.stretch or last.count or last.stretch:
        alike = bool(first.count) == bool(last.count) and bool(first.stretch) == bool(last.stretch)
        return not (first.from_mention or last.from_mention) and (alike or join[0].isalpha())
    if (first.weekday is None) != (last.weekday is None) and first.day is None and last.day is None:
        return False
    return not (first.month is not None and last.month is None and last.year is not None and first.year is None)


def nearest_century(short: int, day: date) -> int:
    """The year ending in these two digits that is at most 20 years ahead."""
    year = day.year // 100 * 100 + short
    return year - 100 if year > day.year + 20 else year


def two_digit_decade(number: int) -> Named:
    if number >= 30:
        return known(cal.find_decade(1900 + number))
    return counted(lambda d: cal.find_decade(nearest_century(number, d)))


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
