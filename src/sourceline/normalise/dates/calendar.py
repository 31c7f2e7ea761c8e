"""Stretches of days on the (proleptic Gregorian) calendar, and how each is written."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta


class NotOnCalendar(Exception):
    """No such day; the message is the reason to give."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from first to last, both included, with the two ends as written ("2031-03", "2031-W10")."""

    first: date
    last: date
    head: str
    tail: str

    @property
    def value(self) -> str:
        return self.head if self.head == self.tail else f"{self.head}/{self.tail}"

    @property
    def finest(self) -> int:
        """How exactly its end is told: 0 to the day, 1 to the week, 2 to the month, 3 to the year."""
        return {10: 0, 8: 1, 7: 2}.get(len(self.tail), 3)

    def until(self, other: Stretch) -> Stretch:
        if other.last < self.first:
            raise NotOnCalendar("the end is before the beginning")
        return Stretch(self.first, other.last, self.head, other.tail)


def find_year(year: int) -> Stretch:
    if not MINYEAR <= year <= MAXYEAR:
        raise NotOnCalendar("no such year")
    return Stretch(date(year, 1, 1), date(year, 12, 31), f"{year:04}", f"{year:04}")


def find_month(year: int, month: int) -> Stretch:
    find_year(year)
    if not 1 <= month <= 12:
        raise NotOnCalendar("no such month")
    name = f"{year:04}-{month:02}"
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]), name, name)


def find_day(year: int, month: int, day: int) -> Stretch:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise NotOnCalendar("no such day")
    if not 1 <= day <= find_month(year, month).last.day:
        raise NotOnCalendar("no such day")
    return one_day(date(year, month, day))


def one_day(day: date) -> Stretch:
    return Stretch(day, day, day.isoformat(), day.isoformat())


def days(first: date, last: date) -> Stretch:
    return one_day(first).until(one_day(last))


def week_of(day: date) -> Stretch:
    """The ISO week, Monday to Sunday."""
    monday = move_days(day, -day.weekday())
    year, week, _ = day.isocalendar()
    return Stretch(monday, move_days(monday, 6), f"{year:04}-W{week:02}", f"{year:04}-W{week:02}")


def find_week(year: int, week: int) -> Stretch:
    find_year(year)
    try:
        return week_of(date.fromisocalendar(year, week, 1))
    except ValueError:
        raise NotOnCalendar("no such week") from None


def weekend_of(day: date) -> Stretch:
    saturday = move_days(day, 5 - day.weekday())
    return days(saturday, move_days(saturday, 1))


def long_weekend(day: date) -> Stretch:
    """The weekend of a feast, with the feast where it falls on a Thursday, a Friday or a Monday."""
    weekday = day.weekday()
    if weekday == 0:
        return days(move_days(day, -2), day)
    weekend = weekend_of(day)
    return days(day, weekend.last) if weekday in {3, 4} else weekend


def find_months(year: int, first: int, count: int) -> Stretch:
    """Months from the first of a year, over its end if need be (a winter)."""
    last = first + count - 2
    return find_month(year, first).until(find_month(year + last // 12, last % 12 + 1))


def find_quarter(year: int, quarter: int) -> Stretch:
    return find_months(year, 3 * quarter - 2, 3)


def quarter_of(day: date) -> Stretch:
    return find_quarter(day.year, (day.month + 2) // 3)


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month: the meteorological seasons of the northern hemisphere."""


def find_season(year: int, name: str) -> Stretch:
    return find_months(year, SEASONS[name], 3)


def find_years(first: int, last: int) -> Stretch:
    return find_year(first).until(find_year(last))


def find_decade(year: int) -> Stretch:
    return find_years(max(1, year), year + 9)


def find_century(number: int) -> Stretch:
    """The 19th is 1800/1899, as ISO 8601 and general usage have it."""
    return find_years(max(1, 100 * number - 100), 100 * number - 1)


def move_days(day: date, count: int) -> date:
    try:
        return day + timedelta(count)
    except OverflowError:
        raise NotOnCalendar("beyond the calendar") from None


def move_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last where it is shorter."""
    months = 12 * day.year + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, find_month(year, month).last.day))


def move(day: date, unit: str, count: int) -> date:
    match unit:
        case "day":
            return move_days(day, count)
        case "week" | "weekend":
            return move_days(day, 7 * count)
        case "fortnight":
            return move_days(day, 14 * count)
        case "month":
            return move_months(day, count)
        case "quarter":
            return move_months(day, 3 * count)
        case "decade":
            return move_months(day, 120 * count)
        case "century":
            return move_months(day, 1200 * count)
    return move_months(day, 12 * count)


def unit_around(day: date, unit: str) -> Stretch:
    """The day, week, month... that a day lies in."""
    match unit:
        case "week":
            return week_of(day)
        case "weekend":
            return weekend_of(day)
        case "month":
            return find_month(day.year, day.month)
        case "quarter":
            return quarter_of(day)
        case "year":
            return find_year(day.year)
        case "decade":
            return find_decade(day.year // 10 * 10)
        case "century":
            return find_century(day.year // 100 + 1)
    return one_day(day)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> Stretch:
    """The number-th Monday (0) ... Sunday (6) of a month; -1 is the last."""
    whole = find_month(year, month)
    if number > 0:
        day = move_days(whole.first, (weekday - whole.first.weekday()) % 7 + 7 * (number - 1))
    else:
        day = move_days(whole.last, -((whole.last.weekday() - weekday) % 7))
    if day > whole.last:
        raise NotOnCalendar("no such day")
    return one_day(day)


def find_easter(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian computus: Meeus, Astronomical Algorithms, 8)."""
    find_year(year)
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def on(month: int, day: int) -> Callable[[int], Stretch]:
    return lambda year: find_day(year, month, day)


def after_easter(count: int) -> Callable[[int], Stretch]:
    return lambda year: one_day(move_days(find_easter(year), count))


def nth(month: int, weekday: int, number: int, then: int = 0) -> Callable[[int], Stretch]:
    return lambda year: one_day(move_days(nth_weekday(year, month, weekday, number).first, then))


FEASTS: dict[str, Callable[[int], Stretch]] = {
    "new year's day": on(1, 1),
    "new year day": on(1, 1),
    "new year": on(1, 1),
    "new year's eve": on(12, 31),
    "martin luther king day": nth(1, 0, 3),
    "epiphany": on(1, 6),
    "australia day": on(1, 26),
    "groundhog day": on(2, 2),
    "valentine's day": on(2, 14),
    "international women's day": on(3, 8),
    "presidents' day": nth(2, 0, 3),
    "st patrick's day": on(3, 17),
    "saint patrick's day": on(3, 17),
    "palm sunday": after_easter(-7),
    "maundy thursday": after_easter(-3),
    "good friday": after_easter(-2),
    "easter sunday": after_easter(0),
    "easter monday": after_easter(1),
    "easter": after_easter(0),
    "ascension day": after_easter(39),
    "whit sunday": after_easter(49),
    "pentecost": after_easter(49),
    "whit monday": after_easter(50),
    "ash wednesday": after_easter(-46),
    "shrove tuesday": after_easter(-47),
    "mardi gras": after_easter(-47),
    "april fools' day": on(4, 1),
    "earth day": on(4, 22),
    "st george's day": on(4, 23),
    "anzac day": on(4, 25),
    "cinco de mayo": on(5, 5),
    "may day": on(5, 1),
    "international workers' day": on(5, 1),
    "mother's day": nth(5, 6, 2),
    "memorial day": nth(5, 0, -1),
    "juneteenth": on(6, 19),
    "father's day": nth(6, 6, 3),
    "canada day": on(7, 1),
    "independence day": on(7, 4),
    "bastille day": on(7, 14),
    "labor day": nth(9, 0, 1),
    "columbus day": nth(10, 0, 2),
    "indigenous peoples' day": nth(10, 0, 2),
    "halloween": on(10, 31),
    "all saints' day": on(11, 1),
    "all souls' day": on(11, 2),
    "guy fawkes night": on(11, 5),
    "bonfire night": on(11, 5),
    "veterans day": on(11, 11),
    "armistice day": on(11, 11),
    "remembrance day": on(11, 11),
    "thanksgiving day": nth(11, 3, 4),
    "thanksgiving": nth(11, 3, 4),
    "black friday": nth(11, 3, 4, then=1),
    "cyber monday": nth(11, 3, 4, then=4),
    "st andrew's day": on(11, 30),
    "world aids day": on(12, 1),
    "human rights day": on(12, 10),
    "christmas eve": on(12, 24),
    "christmas day": on(12, 25),
    "christmas": on(12, 25),
    "xmas": on(12, 25),
    "boxing day": on(12, 26),
}
"""Feasts by name, with the day of each in a year (those of one country alone as that country keeps them)."""
