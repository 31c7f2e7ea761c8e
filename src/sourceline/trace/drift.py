"""How a claim's figure moved from document to document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sourceline.model.trace import Drift, Figure
from sourceline.model.value import Quantity
from sourceline.trace.testimony import Testimony

_CLOCK = re.compile(r"\d{1,2}[.:]\d\d")
_MOST = 0.6
"""Share of the asserting mentions that must give a figure: otherwise the claim is none about a figure."""


def find_drift(testimonies: Sequence[Testimony], what: str | None) -> Drift | None:
    """The claim's figure, document by document, where it moves: values that exclude each other, or a bound that is
    dropped ("up to 40", then 40)."""
    asserting = [t for t in testimonies if t.asserts]
    told = [t for t in asserting if _quantities(t)]
    key = _key(told)
    if not told or (what is None and sum(bool(_of_key(t, key)) for t in told) < _MOST * len(asserting)):
        return None
    support = Counter((q.low, q.high) for t in told for q in set(_of_key(t, key)))
    values: list[Figure] = []
    seen: set[str] = set()
    for testimony in told:
        held = _of_key(testimony, key)
        if not held or testimony.article.version in seen:
            continue
        seen.add(testimony.article.version)
        best = max(held, key=lambda q: (q.counted is not None, support[q.low, q.high], -q.span.start))
        values.append(
            Figure(
                version=testimony.article.version,
                document=testimony.article.name,
                low=best.low,
                high=best.high,
                as_of=testimony.time.date().isoformat(),
            )
        )
    if not _moves(values):
        return None
    unit = key if any(q.unit == key for t in told for q in _quantities(t)) else None
    return Drift(what=what or key, unit=unit, values=tuple(values))


def _key(told: Sequence[Testimony]) -> str:
    """The unit or the head of the noun that most mentions share; empty where most count without a noun."""
    counted = Counter(key for t in told for key in {_noun(q) for q in _quantities(t)} if key)
    most = max(counted.values(), default=0)
    return min((key for key, number in counted.items() if number == most), default="") if most > 1 else ""


def _noun(quantity: Quantity) -> str:
    """What is counted or measured, by its head: "diplomat" of "six Kestrian diplomats"."""
    if quantity.unit:
        return quantity.unit
    return quantity.counted.split()[-1].casefold().removesuffix("s") if quantity.counted else ""


def _of_key(testimony: Testimony, key: str) -> list[Quantity]:
    """A mention's quantities of that noun; without any, those that name no noun."""
    quantities = _quantities(testimony)
    same = [q for q in quantities if _noun(q) == key]
    return same or [q for q in quantities if not _noun(q)] or [q for q in quantities if not q.unit]


def _quantities(testimony: Testimony) -> list[Quantity]:
    """Those that are no clock times ("at 9.41")."""
    return [q for q in testimony.mention.quantities if q.unit or q.counted or not _CLOCK.fullmatch(q.span.text)]


def _moves(values: Sequence[Figure]) -> bool:
    ends = [(v.low, v.high) for v in values]
    least = min((high for _, high in ends if high is not None), default=None)
    most = max((low for low, _ in ends if low is not None), default=None)
    if least is not None and most is not None and most > least:
        return True
    bounded = {high for low, high in ends if low in (None, 0) and high is not None}
    return any(low == high and high in bounded for low, high in ends)
