"""Quantities in a text: each amount as a closed interval, with its unit or the noun that it counts."""

from __future__ import annotations

import re
from dataclasses import replace
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
)
from sourceline.normalise.quantities.beginnings import Beginnings
from sourceline.normalise.quantities.counted import read_counted
from sourceline.normalise.quantities.lexemes import Kind, Lexemes, word_set
from sourceline.normalise.quantities.modifiers import (
    Bound,
    Modifier,
    bounded,
    find_modifier_before,
    read_modifier_behind,
)
from sourceline.normalise.quantities.number_words import DOZEN, MANY_SHARES, SCALES, VAGUE
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
from sourceline.normalise.quantities.ranges import Interval, read_range
from sourceline.normalise.quantities.rows import figures_behind
from sourceline.normalise.quantities.units import TIME

_TELEPHONE = re.compile(r"\d{1,15}(?:[ \u00a0().-]{1,3}\d{1,15}){0,12}")
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


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of the text in order, none overlapping another.

    The span runs from the first word of a modifier to the unit or to the noun counted ("at least 11 facilities").
    A share of something not given in figures is a percentage ("two-thirds": 66.7 %). Dates, times, years, ranks and
    numbers that only name something are no quantities, and neither is what could be read in two ways.
    """
    found: list[_Found] = []
    position = floor = 0
    beginnings = Beginnings(text)
    while (beginning := beginnings.first_from(position)) is not None:
        one, position = _find_at(text, beginning, floor)
        position = max(position, beginning + 1)
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
    interval, rejected = read_range(text, lexemes, amount, floor)
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


def _is_no_quantity(text: str, lexemes: Lexemes, interval: Interval, before: str, counts: bool) -> bool:
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


def _is_no_share(lexemes: Lexemes, interval: Interval, before: str) -> bool:
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


def _modify_before(text: str, interval: Interval, floor: int) -> tuple[Bound, Bound, int, bool]:
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


def _read_counted(lexemes: Lexemes, interval: Interval, after: int) -> tuple[tuple[int, int] | None, int]:
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
