"""Two amounts as the ends of a range: "between 40 and 60", "from 2 to 3 million", "two- to three-week"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from sourceline.normalise.quantities.amounts import (
    HYPHENS,
    Amount,
    find_money_before,
    read_amount,
    shared_scale,
)
from sourceline.normalise.quantities.counted import read_counted
from sourceline.normalise.quantities.lexemes import Kind, Lexemes
from sourceline.normalise.quantities.modifiers import find_modifier_before
from sourceline.normalise.quantities.other_figures import skip_chain

_BETWEEN = re.compile(r"(?<![^\W_])between\s{1,4}$", re.IGNORECASE)
_FROM = re.compile(r"(?<![^\W_])(?:anywhere\s{1,4})?from\s{1,4}$", re.IGNORECASE)
_CHANGE = re.compile(
    r"(?<![^\W_])(?:rise|rises|rose|risen|rising|fall|falls|fell|fallen|falling|increas\w*|decreas\w*|drop\w*|grow\w*|"
    r"grew|cut|cuts|cutting|rais\w*|lower\w*|reduc\w*|climb\w*|slip\w*|slid\w*|jump\w*|went|go|goes|gone|going|up|down|"
    r"mov\w*|shrink\w*|shrank|shrunk|chang\w*|widen\w*|narrow\w*|declin\w*|expand\w*|surg\w*|soar\w*|plung\w*|"
    r"tumbl\w*|sank|sink\w*|swell\w*|swollen|dwindl\w*|edg\w*|eas\w*|upgrad\w*|downgrad\w*|revis\w*|gain\w*)(?![^\W_])",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.;!?\n]\s")


@dataclass(frozen=True, slots=True)
class Interval:
    """One amount, or two as the ends of a range."""

    low: Fraction
    high: Fraction
    unit: str | None
    share: bool
    vague: bool
    start: int
    after: int
    is_range: bool


def read_range(text: str, lexemes: Lexemes, first: Amount, floor: int) -> tuple[Interval | None, int]:
    """The amount, or with the second that follows it the range of both; None, and where to go on, for a score."""
    number = first.number
    alone = Interval(
        number.low, number.high, first.unit, number.share, number.vague, first.start, first.after, is_range=False
    )
    at = first.after
    if lexemes[at].text in HYPHENS and lexemes[at].glued and lexemes[at + 1].lower in {"to", "or"}:
        at += 1  # "two- to three-week"
    link = lexemes[at]
    begin = max(floor, first.start - 24)
    between = _BETWEEN.search(text, begin, first.start)
    source = _FROM.search(text, begin, first.start)
    dashed = link.text in {"-", "–", "‑", "—", "~", "−"} and lexemes[at + 1].kind is not Kind.WORD
    linked = dashed or link.lower in {"to", "through"} or (between and link.lower == "and") or link.lower == "or"
    if not linked or number.vague:
        return alone, 0
    second = _read_second(text, lexemes, first, at + 1)
    if second is None or not second.known:
        return alone, 0
    if dashed and link.glued and _is_score(text, lexemes, first, second):
        return None, second.end
    low = shared_scale(number, second.number)
    same = first.unit in {None, second.unit} and (number.share == second.number.share)
    if not same or not low.known or second.number.vague or low.low >= second.number.high:
        bare = dashed and first.unit is None and second.unit is None
        return (None, second.end) if bare and same and link.glued else (alone, 0)
    if link.lower == "or" and second.number.low > 2 * low.low:
        return alone, 0
    if link.lower in {"to", "through"} and source is not None and _tells_of_change(text, first.start):
        return alone, 0
    start = between.start() if between and link.lower == "and" else source.start() if source else first.start
    return (
        Interval(low.low, second.number.high, second.unit, number.share, False, start, second.after, is_range=True),
        0,
    )


def _read_second(text: str, lexemes: Lexemes, first: Amount, at: int) -> Amount | None:
    if lexemes[at].text in HYPHENS and lexemes[at].glued and lexemes[at - 1].kind is Kind.WORD:
        at += 1
    money = None
    if first.is_money:
        money = first.unit
        if lexemes[at].lower in {"us", "a", "c", "nz", "hk", "s"} and lexemes[at + 1].text == "$":
            at += 1
        if lexemes[at].kind is Kind.SIGN and find_money_before(text, lexemes[at].end) is not None:
            at += 1
    elif lexemes[at].kind is Kind.SIGN and lexemes[at].text in {"$", "€", "£", "¥"}:
        return None
    if lexemes[at].kind is Kind.NUMERAL and skip_chain(lexemes, at) is not None:
        return None
    return read_amount(text, lexemes, at, money)


def _is_score(text: str, lexemes: Lexemes, first: Amount, second: Amount) -> bool:
    """Two bare figures with a hyphen are a result, a season or a page reference unless they count something."""
    if first.unit is not None or second.unit is not None:
        return False
    figures = lexemes[0].text
    if figures.isdecimal() and len(figures) == 4 and 1500 <= int(figures) <= 2100:
        return True
    if first.number.low >= second.number.low and second.number.scale == 1:
        return True
    behind = read_counted(lexemes, second.after, singular=False, of=False)
    modifier = find_modifier_before(text, first.start, 0)
    return behind is None and modifier is None and second.number.scale == 1


def _tells_of_change(text: str, start: int) -> bool:
    """Whether "from 40 to 60" tells what became of something: then they are two amounts, not a range."""
    window = text[max(0, start - 90) : start]
    ends = [found.end() for found in _CLAUSE_END.finditer(window)]
    return _CHANGE.search(window, ends[-1] if ends else 0) is not None
