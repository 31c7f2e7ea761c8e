"""Years, decades, seasons and feasts: which bare figures are years, the nineties, summer 2010, Christmas."""

from __future__ import annotations

from collections.abc import Callable

from sourceline.normalise.dates import calendar as cal
from sourceline.normalise.dates.calendar import Stretch
from sourceline.normalise.dates.counting import nearest_century, two_digit_decade
from sourceline.normalise.dates.early import EarlyYears
from sourceline.normalise.dates.months import Months
from sourceline.normalise.dates.named import Named, counted
from sourceline.normalise.dates.numeric import names_pages
from sourceline.normalise.dates.readers import Read
from sourceline.normalise.dates.vocabulary import (
    BEFORE_YEAR,
    COUNTED,
    DECADE_WORDS,
    FEAST_CUES,
    FEAST_WORDS,
    LABELS,
    LONGEST_FEAST,
    NEARLY,
    YEARLY,
)
from sourceline.normalise.dates.words import Words


class Years(Months, EarlyYears):
    def _plain_year(self, i: int) -> Read | None:
        """A year where the grammar asks for one: no other evidence is needed."""
        w = self.words
        year = w.digits(i, 4, 4)
        if year is None or not 1000 <= year <= 2999 or not w.is_figure_year(i) or w.at(i + 1) in COUNTED:
            return None
        if self._plural_mark(i + 1):
            return None
        return i + 1, Named(year=year)

    def _short_year(self, i: int, first: int) -> Read | None:
        """The 31 of "2029-31"."""
        w = self.words
        number = w.digits(i, 2, 2)
        bracketed = w.at(i + 1) == ")" and w.at(i - 3) == "("
        if number is None or len(w.at(i)) != 2 or number <= first % 100 or not (w.glued(i - 1) or bracketed):
            return None
        return i + 1, Named(year=first // 100 * 100 + number)

    def _year_of_pair(self, i: int) -> Read | None:
        """The 1715 of "1715 - 1774"."""
        w = self.words
        first, second = self._plain_year(i), self._plain_year(i + 2)
        if first is None or second is None:
            return None
        a, b = first[1].year or 0, second[1].year or 0
        carried_on = (w.glued(i - 1) and w.at(i - 1) == "-") or (
            w.glued(i + 2) and w.at(i + 3) == "-" and w.glued(i + 3)
        )
        return first if 1400 <= a < b <= 2100 and not carried_on and not names_pages(w, i) else None

    def _evident_year(self, i: int) -> Read | None:
        """A bare figure that its neighbours show to be a year."""
        w = self.words
        year = w.digits(i, 4, 4)
        if year is None or not 1000 <= year <= 2999 or not w.is_figure_year(i) or w.at(i + 1) in COUNTED:
            return None
        before, after = w.at(i - 1), w.at(i + 1)
        if before == "than" and w.at(i - 2) not in {"later", "earlier"}:
            return None
        if after in {"ft", "year"} or before in LABELS or (before in NEARLY and year % 100 == 0):
            return None
        found = i + 1, Named(year=year)
        if 1900 <= year <= 2100 and (
            (after in YEARLY and before not in NEARLY) or (before == "," and self._is_citation(i))
        ):
            return found
        if (
            self.year_end > 0
            and i - self.year_end in {1, 2}
            and all(w.at(k) in {",", "and", "or", "&", "/"} for k in range(self.year_end, i))
        ):
            return found
        if before == "." and w.at(i - 2) in {"m", "b", "d", "c", "ca", "div", "est"}:
            return found
        if after in {"or", "and"} and w.at(i + 2) in {"later", "earlier", "onwards", "beyond"}:
            return found
        if before in {"\n", ""} and after in {"\n", ""} and 1800 <= year <= 2100:
            return found
        if before in BEFORE_YEAR or (before == "-" and w.at(i - 2) in {"mid", "pre", "post", "late", "early"}):
            if before in {
                "of",
                "to",
                "and",
                "or",
                "than",
                "over",
                "by",
                "around",
                "after",
                "before",
                "between",
            } and looks_counted(w, i):
                return None
            if (
                before in {"and", "or", "to"}
                and not (len(w.at(i - 2)) == 4 and w.at(i - 2).isdigit())
                and before != "or"
            ):
                return None if not 1600 <= year <= 2100 else found
            return found
        if not 1400 <= year <= 2100:
            return None
        if before in {"(", "["} and (after in {")", "]", ",", ";", "-", "–", "—", ":"}):
            return found
        if after in {")", "]"} and before in {",", ";", "-", "–", "—", "."}:
            return found
        if (
            before in {"for", "as"}
            and 1500 <= year <= 2100
            and not looks_counted(w, i)
            and w.at(i - 2) not in {"cost", "sold"}
        ):
            return found if after in {".", ",", ";", "\n", "", ")", "?", "!", "and", "with", "the"} else None
        if before in {",", "."} and after in {".", "\n", ""} and 1800 <= year <= 2100 and w.at(i - 2)[:1].isalpha():
            return found
        if before in {".", "\n", ",", ""} and w.capital(i + 1) and 1900 <= year <= 2100 and not w.at(i - 2).isdigit():
            return found
        if before in {",", ";"} and (after in {";", ")", ","}) and 1700 <= year <= 2100:
            return found
        if before == "'s" and after in {"“", '"', "‘"}:
            return found
        if (
            before in {"the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "'s"}
            and after[:1].isalpha()
            and not looks_counted(w, i, plural=before != "a")
        ):
            return found
        if 1800 <= year <= 2100 and w.capital(i - 1) and before[:1].isalpha() and not after[:1].isdigit():
            return found
        if (
            after[:1].isalpha()
            and w.capital(i + 1)
            and 1800 <= year <= 2100
            and before in {"at", "for", "with", "won", "win"}
        ):
            return found
        return None

    def _is_citation(self, i: int) -> bool:
        """Whether a name and a comma stand before a year, all in a bracket: "(Dorn & Conte, 2014 and"."""
        w = self.words
        if not w.capital(i - 2):
            return False
        for k in range(i - 3, max(-1, i - 12), -1):
            if w.at(k) in {"(", "["}:
                return True
            if w.at(k) in {")", "]", ".", "\n"}:
                return False
        return False

    def _plural_mark(self, j: int) -> int | None:
        """The token after the "s" of 1990s or 1990's."""
        w = self.words
        if w.at(j) == "s" and w.glued(j - 1):
            return j + 1
        if w.at(j) == "'s" and w.glued(j - 1):
            return j + 1
        return None

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
        shown = w.at(i - 1) in {"of", "in", "since", "until", "from", "by", "after", "before"} or w.at(i + 2) in YEARLY
        if end is None and shown and w.is_free_after(i + 1) and not (w.glued(i + 1) and w.at(i + 2) in {"'", "’"}):
            return i + 2, counted(lambda d: cal.find_year(nearest_century(number, d)))  # class of '71
        return None

    def _joins_decade(self, i: int) -> bool:
        """Whether what stands here goes on from a decade: the 90s of "the 1980s and 90s"."""
        w = self.words
        if w.at(i - 1) not in {"and", "or", "to", "&"} or w.at(i - 2) != "s":
            return False
        return w.digits(i - 3, 4, 4) is not None or (w.digits(i - 3, 2, 2) is not None and w.at(i - 4) == "the")

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
        stands_alone = w.is_figure(j) or (w.glued(j - 1) and w.raw(j - 1) == "AD" and w.is_free_after(j))
        if year is None or not stands_alone:
            return None
        self.tells_of_antiquity = self.tells_of_antiquity or year < 1000
        return j + 1, Named(year=year)

    def _season(self, i: int) -> Read | None:
        """summer 2010, the winter of 1776-77, summer of last year; a bare "summer" is no date."""
        w = self.words
        name = w.at(i)
        j = i + 1 + (w.at(i + 1) in {"of", ","})
        year = w.digits(j, 4, 4)
        if year is not None and w.is_figure_year(j):
            end = j + 1
            if (
                w.at(end) in {"-", "–", "/"}
                and (second := w.digits(end + 1, 2, 4)) is not None
                and second % 100 == (year + 1) % 100
            ):
                end += 2
            return end, Named(year=year, in_year=lambda y: cal.find_season(y, name))
        if relative := self._relative_year(i + 1):
            return relative[0], relative[1](lambda year: cal.find_season(year, name))
        return None

    def _feast(self, i: int) -> Read | None:
        """Christmas 2030, Labor Day weekend, Easter last year."""
        names = (self._feast_name(i, length) for length in range(LONGEST_FEAST, 0, -1))
        found = next(filter(None, names), None)
        return self._feast_in_year(i, *found) if found else None

    def _feast_in_year(self, i: int, place: Callable[[int], Stretch], end: int) -> Read | None:
        w = self.words
        year = self._year_after(end)
        after = year[0] if year else end
        if w.at(after) == "weekend":
            year = year or self._year_after(after + 1)
            end = max(after + 1, year[0] if year else 0)
            return end, Named(in_year=lambda y: cal.long_weekend(place(y).first), year=year[1] if year else None)
        if year:
            return after, Named(in_year=place, year=year[1])
        if w.at(i) == "new" and w.at(end - 1) == "year":
            if not w.capital(i) and w.at(i - 1) not in {"before", "after", "until", "since"}:
                return None
            if w.at(i - 1) in {"chinese", "lunar", "jewish", "islamic", "tibetan", "persian", "vietnamese", "orthodox"}:
                return None
        if relative := self._relative_year(end):
            return relative[0], relative[1](place)
        alone = end == i + 1
        if alone and (w.at(i - 1) not in FEAST_CUES or w.capital(end) or w.at(end) in {"tree", "trees"}):
            return None  # Christmas Island, Merry Christmas
        return end, Named(in_year=place)

    def _feast_name(self, i: int, length: int) -> tuple[Callable[[int], Stretch], int] | None:
        """The feast of so many words that begins here, and the token after it."""
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


def looks_counted(w: Words, i: int, plural: bool = False) -> bool:
    """Whether a figure counts what comes next: "of 1900 villagers"; after "the" a plural says nothing."""
    after = w.at(i + 1)
    if after in COUNTED:
        return True
    if plural or not after.isalpha() or w.capital(i + 1):
        return False
    return (
        after.endswith("s")
        and not after.endswith("ss")
        and after not in {"was", "is", "has", "as", "this", "its", "his", "us", "perhaps", "does"}
    )
