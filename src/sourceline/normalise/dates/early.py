"""Years of three figures, which need more to show them than later ones: "c. 347", "(837–908)", "in AD 842"."""

from __future__ import annotations

from sourceline.normalise.dates.named import Named
from sourceline.normalise.dates.readers import Read, Readers

_DASHES = frozenset(["-", "–", "—"])
_WEAK = frozenset(["in", "since", "until", "by", "after", "before", "around", "about", "from", "circa"])


class EarlyYears(Readers):
    def _early_year(self, i: int) -> Read | None:
        w = self.words
        year = w.digits(i, 3, 3)
        if year is None or year < 100 or not w.is_figure_year(i):
            return None
        before, after = w.at(i - 1), w.at(i + 1)
        counts = after[:1].isalpha() and not w.capital(i + 1)
        last = w.digits(i + 2, 3, 4) if after in _DASHES else None
        if before == "(" and last is not None and year < last < 2100 and w.at(i + 3) == ")":
            self.tells_of_antiquity = True
            return i + 3, Named(year=year, last=Named(year=last))
        abbreviated = before == "." and w.at(i - 2) in {"c", "ca"}
        if abbreviated and (not after[:1].isalpha() or after in {"to", "and", "or"}):
            self.tells_of_antiquity = True
            return i + 1, Named(year=year)
        return (i + 1, Named(year=year)) if self.tells_of_antiquity and before in _WEAK and not counts else None
