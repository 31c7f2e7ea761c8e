"""Rows of bare figures, as tables and lists have them: read at once, for there may be very many.

Whatever stands before and behind a figure is a figure too, so that nothing can be its unit, its noun, its modifier or
its label: it counts what it says. Figures of which that is not sure are left to be looked at one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from sourceline.normalise.quantities.numerals import read_numeral

_FIGURE = r"[0-9]++(?:[.,][0-9]++)*+"
_NEXT = re.compile(rf",?[ \n]({_FIGURE})(?=(,?[ \n])({_FIGURE})(?:,?[ \n]|$))")
_THOUSANDS = re.compile(r"[0-9]{3}(?![0-9,])")


def figures_behind(text: str, start: int, end: int) -> Iterator[tuple[int, int, Fraction | int]]:
    """Start, end and value of the bare figures that follow a quantity [start, end), if that is in figures itself, up to
    the last but one of the row. Years, and what may be parts of one number ("12 345"), end it."""
    if not (text[start].isdigit() and text[end - 1].isdigit()):
        return
    while (figure := _NEXT.match(text, end)) is not None:
        numeral, gap, behind = figure.groups()
        plain = numeral.isdigit()
        if plain and len(numeral) < 4 and gap == " " and _THOUSANDS.match(behind):
            return
        if plain and len(numeral) == 4 and 1500 <= int(numeral) <= 2100:
            return
        value = int(numeral) if plain and len(numeral) < 19 else read_numeral(numeral)
        if value is None:
            return
        start, end = figure.span(1)
        yield start, end, value
