"""Dates in figures alone: ISO 8601, day/month/year, year-month and pairs of years."""

from __future__ import annotations

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.calendar import Stretch
from sourceline.normalise.dates.named import AMBIGUOUS_ORDER, Named, counted, known, unknown
from sourceline.normalise.dates.vocabulary import MONTHS
from sourceline.normalise.dates.words import Words

SIGNS = frozenset("-/.")
AMBIGUOUS_PAIR = "a month or two years"
SEASON_NOUNS = frozenset(
    ["season", "school", "academic", "fiscal", "financial", "campaign", "winter", "budget", "year", "session"]
)


def read_numeric(w: Words, i: int, weekday: int | None = None) -> tuple[int, Named] | None:
    """A date in figures that begins at this token and is not part of something longer.

    `weekday`: the one that stands before it ("Friday 29/3"), which shows that even two figures are a day, and may tell
    which of them is the month.
    """
    if w.digits(i) is None or not _begins(w, i):
        return None
    sign = w.at(i + 1)
    if (sign not in SIGNS and sign not in {"–", "—"}) or not (w.glued(i) and w.glued(i + 1)):
        return None
    return (
        _three(w, i, sign, weekday)
        or _week(w, i, sign)
        or _named_month(w, i, sign)
        or _two(w, i, sign)
        or _day_and_month(w, i, weekday)
    )


def names_pages(w: Words, i: int) -> bool:
    """Whether the figures from here on are page numbers."""
    return w.at(i - 1) == "pages" or (w.at(i - 1) == "." and w.at(i - 2) in {"p", "pp"})


def _begins(w: Words, i: int) -> bool:
    if not w.glued(i - 1):
        return True
    before = w.at(i - 1)
    if before in {".", "-", "/", ":", "_", "@", "#", "$", "£", "€", "="} or before[-1:].isalnum():
        return before == "=" or (before == "-" and not w.glued(i - 2)) or (before == "." and w.at(i - 2).isalpha())
    return True


def _ends(w: Words, j: int) -> bool:
    """Whether the figure before this token is not carried on ("6/3/2031/7", "1.2.3.4")."""
    if not w.glued(j - 1):
        return True
    after = w.at(j)
    if after in {"-", "/", "."}:
        return not (w.glued(j) and (w.at(j + 1)[:1].isdigit() or w.at(j + 1) in MONTHS))
    return after == "t" or not after[:1].isalnum()


def _three(w: Words, i: int, sign: str, weekday: int | None = None) -> tuple[int, Named] | None:
    """2031-03-06, 06/03/2031, 6.3.31."""
    if w.at(i + 3) != sign or not (w.glued(i + 2) and w.glued(i + 3)):
        return None
    a, b, c = w.digits(i), w.digits(i + 2, 1, 2), w.digits(i + 4)
    if a is None or b is None or c is None:
        return None
    end = i + 5
    if not _ends(w, end) and not (w.at(end) == "-" and _three(w, end + 1, sign)):
        return None
    lengths = len(w.at(i)), len(w.at(i + 4))
    if lengths[0] == 4 and lengths[1] <= 2:
        return end, Named(year=a, month=b, day=c)
    if lengths[0] > 2 or lengths[1] not in {2, 4}:
        return None
    if lengths[1] == 4:
        return end, _in_order(a, b, c, weekday)
    if sign != "/":  # 1.2.31 is as likely a version or a section
        return None
    if not 1 <= a <= 31 or not 1 <= b <= 31 or (a > 12 and b > 12):
        return None
    if a != b and a <= 12 and b <= 12:
        return end, unknown(AMBIGUOUS_ORDER)
    day, month = (a, b) if a > 12 else (b, a)
    return end, counted(lambda d: cal.find_day(_century(c, d.year), month, day))


def _century(short: int, year: int) -> int:
    full = year // 100 * 100 + short
    return full - 100 if full > year + 20 else full


def _in_order(a: int, b: int, year: int, weekday: int | None) -> Named:
    if a <= 12 and b <= 12 and a != b and a and b:
        if weekday is None:
            return unknown(AMBIGUOUS_ORDER)
        return Named(year=year, in_year=lambda y: _by_weekday(a, b, [y], weekday))
    if b > 12:
        return Named(month=a, day=b, year=year)
    return Named(month=b, day=a, year=year)


def _week(w: Words, i: int, sign: str) -> tuple[int, Named] | None:
    """2031-W10, 2031-W10-4."""
    year = w.digits(i, 4, 4)
    if year is None or sign != "-" or w.at(i + 2) != "w" or not w.glued(i + 2):
        return None
    week = w.digits(i + 3, 2, 2)
    if week is None:
        return None
    weekday = w.digits(i + 5, 1, 1) if w.at(i + 4) == "-" and w.glued(i + 3) and w.glued(i + 4) else None
    if weekday is not None and 1 <= weekday <= 7:
        return i + 6, Named(
            year=year, in_year=lambda y: cal.one_day(cal.move_days(cal.find_week(y, week).first, weekday - 1))
        )
    return i + 4, Named(year=year, in_year=lambda y: cal.find_week(y, week))


def _named_month(w: Words, i: int, sign: str) -> tuple[int, Named] | None:
    """6-Mar-2031, 2031-Mar-6, 2031-Mar."""
    month = MONTHS.get(w.at(i + 2))
    if month is None or sign not in {"-", "/"}:
        return None
    first = w.digits(i)
    last = w.digits(i + 4) if w.at(i + 3) == sign and w.glued(i + 2) and w.glued(i + 3) else None
    if len(w.at(i)) == 4:
        if last is not None and len(w.at(i + 4)) <= 2:
            return i + 5, Named(year=first, month=month, day=last)
        return i + 3, Named(year=first, month=month)
    if last is not None and len(w.at(i + 4)) == 4:
        return i + 5, Named(year=last, month=month, day=first)
    return None


def _two(w: Words, i: int, sign: str) -> tuple[int, Named] | None:
    """2031-03, 2029-31, 1961-1965, 03/2031."""
    a, b = w.digits(i), w.digits(i + 2)
    if a is None or b is None:
        return None
    end = i + 3
    lengths = len(w.at(i)), len(w.at(i + 2))
    if not _ends(w, end) or (w.at(end) == "%"):
        return None
    if lengths == (4, 4) and sign in {"-", "–", "—", "/"}:
        return (end, Named(year=a, last=Named(year=b))) if 1400 <= a < b <= 2100 and not names_pages(w, i) else None
    if lengths == (4, 2) and 1000 <= a <= 2999 and sign in {"-", "–", "/", "—"}:
        follows = b > a % 100
        two_years = Named(year=a, last=Named(year=a // 100 * 100 + b))
        if a % 100 == 99 and b == 0:
            return end, Named(year=a, last=Named(year=a + 1))
        if sign != "-" or w.at(end) in SEASON_NOUNS:
            return (end, two_years) if follows else None
        if 1 <= b <= 12:
            return end, unknown(AMBIGUOUS_PAIR) if b == a % 100 + 1 else Named(year=a, month=b)
        return (end, two_years) if follows else None
    if lengths == (4, 1) and sign in {"/", "-"} and 1000 <= a <= 2999 and 1 <= b <= 9:
        return end, Named(year=a, month=b)
    if (w.at(i), sign, w.at(i + 2)) == ("9", "/", "11"):
        return end, known(cal.find_day(2001, 9, 11))  # a name: nobody writes that day of another year so
    if lengths[0] <= 2 and lengths[1] == 4 and sign in {"/", "-"} and 1000 <= b <= 2999:
        return (end, Named(year=b, month=a)) if 1 <= a <= 12 else None
    return None


def _by_weekday(a: int, b: int, years: list[int], weekday: int) -> Stretch:
    """The one day of these years whose day and month the two figures are and that falls on the weekday."""
    days = [cal.find_day(year, *order) for year in years for order in ((a, b), (b, a))]
    fitting = [day for day in days if day.first.weekday() == weekday]
    if len(fitting) != 1:
        raise cal.NotOnCalendar(AMBIGUOUS_ORDER)
    return fitting[0]


def _day_and_month(w: Words, i: int, weekday: int | None) -> tuple[int, Named] | None:
    """20/11, 11/20: only where something shows that it is no fraction."""
    a, b = w.digits(i, 1, 2), w.digits(i + 2, 1, 2)
    if a is None or b is None or w.at(i + 1) != "/" or not _ends(w, i + 3) or w.at(i + 3) == "%":
        return None
    if (
        not (weekday is not None or w.at(i - 1) in DAY_CUES)
        or not (1 <= a <= 31 and 1 <= b <= 31)
        or (a > 12 and b > 12)
    ):
        return None
    if a <= 12 and b <= 12 and a != b:
        if weekday is None:
            return i + 3, unknown(AMBIGUOUS_ORDER)
        return i + 3, counted(lambda d: _by_weekday(a, b, [d.year], weekday))
    return i + 3, Named(month=min(a, b), day=max(a, b))


DAY_CUES = frozenset(["on", "until", "till", "since", "dated", "from", "between"])
