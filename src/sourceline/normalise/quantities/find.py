"""Quantities in a text: each amount as a closed interval, with its unit or the noun that it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from sourceline.model.text import Span
from sourceline.model.value import Quantity
from sourceline.normalise.quantities.amounts import (
    HYPHENS,
    PERCENT,
    YEARS,
    Amount,
    as_percentage,
    find_money_before,
    find_sign_before,
    read_amount,
    shared_scale,
)
from sourceline.normalise.quantities.counted import read_counted
from sourceline.normalise.quantities.lexemes import Kind, Lexemes, word_set
from sourceline.normalise.quantities.modifiers import (
    Bound,
    Modifier,
    bounded,
    find_modifier_before,
    read_modifier_behind,
)
from sourceline.normalise.quantities.number_words import DOZEN, MANY_SHARES, SCALES, SHARES, TENS, UNITS, VAGUE
from sourceline.normalise.quantities.numbers import read_number
from sourceline.normalise.quantities.other_figures import (
    is_age,
    is_age_of_somebody,
    is_attached,
    is_in_address,
    is_name,
    is_numbered_name,
    is_part_of_game_or_year,
    is_pronoun,
    is_spoken_year,
    is_telephone_number,
    may_be_year,
    skip_chain,
    skip_other_figure,
    word_before,
)
from sourceline.normalise.quantities.rows import figures_behind
from sourceline.normalise.quantities.units import TIME



def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, those of one initial together: it is tried at every word of a text."""
    by_initial: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_initial.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{initial}(?:{'|'.join(rests)})" for initial, rests in sorted(by_initial.items()))


_ROUND = "|".join(["hundred", "dozen", "half", "few", "couple", *SCALES, *SHARES])
_WORDS = {*UNITS, *TENS, *SCALES, *VAGUE, *"hundred dozen half quarter tens several many minus negative".split()}
_BEGINNING_OF_LOWER = (
    rf"\d|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\.(?<!\d\.)\d"
    rf"|(?<![^\W_])(?:(?:{_alternatives(_WORDS)})(?![^\W_])|a\s{{1,4}}(?:{_ROUND})(?![^\W_]))"
)
_BEGINNING = re.compile(_BEGINNING_OF_LOWER)
_BEGINNING_IN_ANY_CASE = re.compile(_BEGINNING_OF_LOWER, re.IGNORECASE)
"""As the one for texts in small letters, but four times as slow."""
_TELEPHONE = re.compile(r"\d{1,15}(?:[ \u00a0().-]{1,3}\d{1,15}){0,12}")
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
_PAST_OR_NEXT = word_set("past last next coming previous following recent")
_BEFORE_A_DURATION = word_set("in within after for by of only just than lasted lasts last took takes least")
_AFTER_A_SHARE = word_set("of the a an its their his her our all those these that as")
_BEFORE_A_SHARE = word_set("by than to only just or a between least most")
_STRONG = "strong"
_NO_NOUN_AFTER_HYPHEN = word_set(
    "way time times fold sided off plus odd ish something to and or up down in out on th star"
)
_JOINS = re.compile(r",?\s{1,4}(?:and|but)\s{1,4}|,\s{1,4}")


class _Found(NamedTuple):
    start: int
    end: int
    low: Bound | int
    high: Bound | int
    unit: str | None
    counted: tuple[int, int] | None
    vague: bool


@dataclass(frozen=True, slots=True)
class _Interval:
    """One amount, or two as the ends of a range."""

    low: Fraction
    high: Fraction
    unit: str | None
    share: bool
    vague: bool
    start: int
    after: int
    is_range: bool


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of the text in order, none overlapping another.

    The span runs from the first word of a modifier to the unit or to the noun counted ("at least 11 facilities").
    A share of something not given in figures is a percentage ("two-thirds": 66.7 %). Dates, times, years, ranks and
    numbers that only name something are no quantities, and neither is what could be read in two ways.
    """
    found: list[_Found] = []
    position = floor = 0
    lower, beginnings = text.lower(), _BEGINNING
    if len(lower) != len(text):  # İ becomes two characters
        lower, beginnings = text, _BEGINNING_IN_ANY_CASE
    while (beginning := beginnings.search(lower, position)) is not None:
        one, position = _find_at(text, beginning.start(), floor)
        position = max(position, beginning.start() + 1)
        if one is not None:
            if found and (joined := _join(text, found[-1], one)) is not None:
                found[-1] = joined
            else:
                found.append(one)
            for start, floor, value in figures_behind(text, one.start, one.end):
                found.append(_Found(start, floor, value, value, None, None, vague=False))
            floor = found[-1].end
            position = max(position, floor)
    return tuple(_quantity(text, one) for one in found)


def _quantity(text: str, found: _Found) -> Quantity:
    return Quantity(
        span=Span.of(text, found.start, found.end),
        low=_plain(found.low),
        high=_plain(found.high),
        unit=found.unit,
        counted=text[found.counted[0] : found.counted[1]] if found.counted else None,
    )


def _plain(bound: Bound | int) -> int | float | None:
    if bound is None:
        return None
    return int(bound) if bound.denominator == 1 else float(bound)


def _find_at(text: str, start: int, floor: int) -> tuple[_Found | None, int]:
    """The quantity whose number begins there, if there is one, and where to look further."""
    lexemes = Lexemes(text, start)
    if is_telephone_number(text, start):
        number = _TELEPHONE.match(text, start)
        if number is not None and len(number[0]) > 6:
            return None, number.end()
    chain = skip_chain(lexemes, 0)
    if chain is not None:
        return None, lexemes[chain - 1].end
    money = find_money_before(text, start, floor)
    first = money[1] if money else start
    sign = find_sign_before(text, first) if first > floor else None
    amount = read_amount(text, lexemes, 0, money[0] if money else None)
    if amount is None:
        return None, lexemes[0].end
    if not amount.known:
        return None, amount.end
    attached = is_attached(text, sign if sign is not None else first)
    if attached or is_in_address(text, start) or is_name(text, lexemes[0]):
        return None, amount.end
    if sign is not None and text[sign + 1].isspace() and read_counted(lexemes, amount.after, singular=False, of=False):
        sign = None  # an item of a list
    if sign is not None:
        amount = replace(amount, number=replace(amount.number, low=-amount.number.high, high=-amount.number.low))
    begin = sign if sign is not None else first
    return _complete(text, lexemes, replace(amount, start=begin), floor)


def _complete(text: str, lexemes: Lexemes, amount: Amount, floor: int) -> tuple[_Found | None, int]:
    """The quantity around an amount: the other end of its range, what it counts, its modifiers."""
    interval, rejected = _read_range(text, lexemes, amount, floor)
    if interval is None:
        return None, rejected
    end, after = lexemes[interval.after - 1].end, interval.after
    behind = read_modifier_behind(lexemes, after)
    if behind is not None:
        end, after = lexemes[behind[1] - 1].end, behind[1]
    counted: tuple[int, int] | None = None
    if interval.unit is None and not interval.share:
        counted, after = _read_counted(lexemes, interval, after)
        if counted is not None:
            end = counted[1]
        elif after > (behind[1] if behind else interval.after):
            end = lexemes[after - 1].end
    if behind is None and (behind := read_modifier_behind(lexemes, after)) is not None:
        end = lexemes[behind[1] - 1].end
    counts = counted is not None or interval.unit is not None or interval.share or behind is not None
    low, high, start, modified = _modify_before(text, interval, floor)
    first, before = lexemes[0], word_before(text, interval.start)
    if interval.is_range and not counts and may_be_year(lexemes[0]) and may_be_year(lexemes[interval.after - 1]):
        return None, end
    if not interval.is_range and not (modified and counts and not may_be_year(lexemes[0])):
        other = skip_other_figure(text, lexemes, 0, amount.after, counts, modified)
        if other is not None and not (amount.is_money or interval.unit == PERCENT):
            return None, lexemes[other - 1].end
    if first.kind is Kind.WORD and not counts and is_spoken_year(lexemes, interval.after):
        second = read_number(lexemes, interval.after)
        return None, lexemes[(second.after if second else interval.after) - 1].end
    if not modified and _is_no_quantity(text, lexemes, interval, before, counts):
        return None, lexemes[interval.after - 1].end
    if behind is not None:
        low, high = bounded(low, high, behind[0])
    unit = PERCENT if interval.share else interval.unit
    if not counts and (is_age(text, interval.start) or is_age_of_somebody(text, lexemes, interval.after)):
        unit = YEARS
    return _Found(start, end, low, high, unit, counted, interval.vague), end


def _is_no_quantity(text: str, lexemes: Lexemes, interval: _Interval, before: str, counts: bool) -> bool:
    first = lexemes[0]
    lower = first.lower
    if is_pronoun(lexemes, 0, interval.after, before) or (
        lower == "one" and interval.low == interval.high == 1 and not counts
    ):
        return True
    if interval.unit in TIME and before.lower() in _PAST_OR_NEXT:
        return True
    if lower == "one" and interval.unit == "days" and before.lower() not in _BEFORE_A_DURATION:
        return True  # "one day the dam will fail"
    if before.lower() == "or" and lower == "two" and not counts:
        return True  # "a day or two"
    if lower in SCALES:
        return True  # "million" without a number
    if interval.share and first.kind is Kind.WORD and not interval.is_range:
        return _is_no_share(lexemes, interval, before)
    if lower in VAGUE and before.lower() in {"the", "his", "her", "their", "its"} and lower == "scores":
        return True
    return not counts and is_numbered_name(text, lexemes, interval.after, before)


def _is_no_share(lexemes: Lexemes, interval: _Interval, before: str) -> bool:
    """A "half" of a match, the "quarter" of a year, a "third" that is a rank."""
    if is_part_of_game_or_year(lexemes, 0, before):
        return True
    last, behind = lexemes[interval.after - 1].lower, lexemes[interval.after]
    if last in MANY_SHARES or lexemes[0].lower not in {"a", "half", "quarter"}:
        return False
    if lexemes[0].lower == "half":
        return behind.lower not in _AFTER_A_SHARE and before.lower() not in _BEFORE_A_SHARE
    if behind.lower == "of" or (not before and behind.kind is Kind.END):
        return False
    return before.lower() not in _BEFORE_A_SHARE or (
        behind.kind is Kind.WORD and last != "half" and _is_noun(behind.lower)
    )


def _is_noun(word: str) -> bool:
    return word not in {
        "in", "on", "at", "by", "from", "to", "for", "since", "after", "over", "during", "compared", "and", "or", "but",
        "this", "last", "as", "when", "while", "because", "if", "between", "before", "under", "more", "less", "fewer",
    }  # fmt: skip


def _modify_before(text: str, interval: _Interval, floor: int) -> tuple[Bound, Bound, int, bool]:
    low: Bound
    high: Bound
    low, high = interval.low, interval.high
    if interval.share:
        low, high = as_percentage(interval.low, interval.high)
    start, modified = interval.start, False
    for _ in range(2):
        found = find_modifier_before(text, start, floor)
        if found is None or (modified and found[0] not in {Modifier.AT_LEAST, Modifier.AT_MOST}):
            break
        low, high = bounded(low, high, found[0])
        start, modified = found[1], True
        if found[0] in {Modifier.AT_LEAST, Modifier.AT_MOST}:
            break
    return low, high, start, modified


def _read_counted(lexemes: Lexemes, interval: _Interval, after: int) -> tuple[tuple[int, int] | None, int]:
    """Where the noun counted stands, and the index behind it; behind a hyphen it stands in the singular."""
    hyphen, word = lexemes[after], lexemes[after + 1]
    if hyphen.text in HYPHENS and hyphen.glued:
        if not word.glued or word.kind is not Kind.WORD or lexemes[0].lower == "one":
            return None, after
        if word.lower == _STRONG:
            return None, after + 2
        if word.lower in _NO_NOUN_AFTER_HYPHEN or word.lower.endswith(("ed", "ing")) or len(word.text) < 3:
            return None, after
        return (word.start, word.end), after + 2
    last = lexemes[interval.after - 1].lower
    of = interval.vague or last in DOZEN
    noun = read_counted(lexemes, after, singular=interval.low == interval.high == 1, of=of)
    if noun is not None:
        return (noun.start, noun.end), noun.after
    more = lexemes[after].lower == "more" and word.lower not in {"than", "of"}
    return None, after + 1 if more else after


def _read_range(text: str, lexemes: Lexemes, first: Amount, floor: int) -> tuple[_Interval | None, int]:
    """The amount, or with the second that follows it the range of both; None, and where to go on, for a score."""
    number = first.number
    alone = _Interval(
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
        _Interval(low.low, second.number.high, second.unit, number.share, False, start, second.after, is_range=True),
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


def _join(text: str, first: _Found, second: _Found) -> _Found | None:
    """ "at least 14 but no more than 20 aides": two bounds of one quantity."""
    open_above = first.high is None and second.low is None
    open_below = first.low is None and second.high is None
    if not (open_above or open_below) or second.start - first.end > 12:
        return None
    if _JOINS.fullmatch(text, first.end, second.start) is None:
        return None
    unit, counted = second.unit or first.unit, second.counted or first.counted
    if (first.unit or unit) != unit or (first.counted and second.counted):
        return None
    low, high = (first.low, second.high) if open_above else (second.low, first.high)
    if low is None or high is None or low >= high:
        return None
    return _Found(first.start, second.end, low, high, unit, counted, vague=False)
