"""An amount: a number with the unit it is measured in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from sourceline.normalise.quantities.cardinals import Number
from sourceline.normalise.quantities.lexemes import Kind, Lexemes, word_set
from sourceline.normalise.quantities.numbers import read_number
from sourceline.normalise.quantities.units import CODES, MONEY, MONEY_SIGNS, TIME, YEARS, Unit, read_unit

PERCENT = "%"
HYPHENS = {"-", "‐", "‑"}

_MONEY_BEFORE = re.compile(
    r"(?:(?<![^\W_])(?:(?i:us|u\.s\.?|au|ca|c|nz|hk|nt|mx|usd|aud|cad|nzd|hkd|mxn|mex)\s?|[ASR]))?\$\s?$"
    r"|[€£¥￥₹₽₴₺₪₩₦₱฿₫₡₾₭₸₼₲₵₮]\s?$"
)
_CODE_BEFORE = re.compile(r"(?<![^\W_])([A-Z]{3})[ \u00a0]?$")
_SIGN_BEFORE = re.compile(r"(?:^|(?<=[\s(\[“\"‘'<>=]))[-−]$")
_APART_SIGN_BEFORE = re.compile(
    r"(?:^|[(:=]|(?<![^\W_])(?:to|at|of|is|was|by|from|below|above|between))\s?[-−][ \u00a0]$"
)
_METRES_BEHIND = word_set(
    "deep high long wide tall thick away above below underwater apart from sprint race hurdles freestyle relay "
    "butterfly backstroke breaststroke dash off x by north south east west depth height"
)
_METRES_BEFORE = re.compile(
    r"\b(?:height|depth|length|width|distance|altitude|elevation|wave|waves) (?:of|is|was)\s+(?:\w+\s+)?$"
)
_OLD = frozenset({"old", "olds", "old's", "old’s"})
_CENTS = ({"cent", "cents"}, 100)
_LESSER = {
    "ft": ({"inch", "inches", "in"}, 12),
    "GBP": ({"pence", "penny"}, 100),
    **dict.fromkeys(("USD", "EUR", "AUD", "CAD", "NZD"), _CENTS),
}
"""The unit that may follow another to make one amount of both, and how many of it are one of the other."""
_NOT_AN_AMOUNT_BEHIND = frozenset({"ago", "earlier", "later", "hence"})


@dataclass(frozen=True, slots=True)
class Amount:
    number: Number
    unit: str | None
    start: int
    end: int
    after: int
    """The index of the first lexeme behind it."""
    known: bool = True

    @property
    def is_money(self) -> bool:
        return self.unit in MONEY


def find_money_before(text: str, start: int, floor: int = 0) -> tuple[str, int] | None:
    """The money whose sign or code stands right before a number, with where it begins: "US$", "€", "EUR "."""
    begin = max(floor, start - 8)
    found = _MONEY_BEFORE.search(text, begin, start)
    if found is not None:
        sign = "".join(found[0].lower().split())
        return MONEY_SIGNS[sign.replace(".", "")], found.start()
    code = _CODE_BEFORE.search(text, begin, start)
    if code is not None and code[1] in CODES:
        return CODES[code[1]], code.start()
    return None


def find_sign_before(text: str, start: int) -> int | None:
    """Where the minus sign before a figure stands, if one does: a hyphen between two words is none.

    A sign that stands apart is a dash, or opens an item of a list, unless a preposition or a bracket comes before it.
    """
    apart = _APART_SIGN_BEFORE.search(text, max(0, start - 12), start)
    if apart is not None and (apart[0][0] not in "-−" or not text[: min(start, 12)].strip(" -−")):
        opens_list = apart[0].lstrip()[0] in "-−" and "\n-" in text[start : start + 4000]
        return None if opens_list else start - 2
    found = _SIGN_BEFORE.search(text, max(0, start - 1), start) if start else None
    if found is None:
        return None
    before = text[start - 2 : start - 1]
    return found.start() if not before or before.isspace() or before in "([“\"‘'<>=" else None


def read_amount(text: str, lexemes: Lexemes, index: int, money: str | None) -> Amount | None:
    """The amount that begins at that lexeme; `money` is the money whose sign stands in front of it."""
    number = read_number(lexemes, index, money is not None)
    if number is None:
        return None
    start = lexemes[index].start
    if not number.known:
        return _unknown(lexemes, start, number)
    if money is not None:
        return Amount(number, money, start, lexemes[number.after - 1].end, number.after)
    number = _in_millions(text, lexemes, index, number)
    unit = _read_unit_of(lexemes, number)
    glued = lexemes[number.after]
    if unit is None:
        if (
            glued.glued
            and glued.kind is Kind.WORD
            and glued.lower not in {"s", "st", "nd", "rd", "th", "am", "pm", "plus"}
        ):
            return _unknown(lexemes, start, replace(number, after=number.after + 1))
        return Amount(number, None, start, lexemes[number.after - 1].end, number.after)
    behind = lexemes[unit.after]
    if behind.glued and behind.kind in {Kind.WORD, Kind.NUMERAL}:
        return _unknown(lexemes, start, replace(number, after=unit.after))
    number, after = _with_lesser_unit(lexemes, number, unit)
    after = _behind_age(lexemes, unit, after)
    amount = Amount(replace(number, share=False), unit.symbol, start, lexemes[after - 1].end, after)
    if unit.symbol in TIME and lexemes[after].lower in _NOT_AN_AMOUNT_BEHIND:
        return replace(amount, known=False)
    if unit.symbol in TIME and lexemes[after].lower == "from" and lexemes[after + 1].lower == "now":
        return replace(amount, known=False)
    return amount


def _unknown(lexemes: Lexemes, start: int, number: Number) -> Amount:
    return Amount(number, None, start, lexemes[number.after - 1].end, number.after, known=False)


def _in_millions(text: str, lexemes: Lexemes, index: int, number: Number) -> Number:
    """ "40m" is forty million unless something nearby speaks of metres."""
    letter, behind = lexemes[number.after], lexemes[number.after + 1]
    if letter.text != "m" or not letter.glued or lexemes[number.after - 1].kind is not Kind.NUMERAL:
        return number
    if (
        behind.lower in _METRES_BEHIND
        or (behind.glued and behind.kind is not Kind.SIGN)
        or behind.text in {"-", "²", "³", "x", "/", "×"}
    ):
        return number
    start = lexemes[index].start
    if _METRES_BEFORE.search(text, max(0, start - 40), start):
        return number
    return number.times(10**6, number.after + 1)


def _read_unit_of(lexemes: Lexemes, number: Number) -> Unit | None:
    at = number.after
    if number.vague and lexemes[at].lower == "of":
        at += 1
        return read_unit(lexemes, at)
    hyphen = lexemes[at]
    if hyphen.text in HYPHENS and hyphen.glued and lexemes[at + 1].glued:
        return read_unit(lexemes, at + 1)
    if not number.share:
        return read_unit(lexemes, at)
    # Of a share only what is measured: "half an hour", "a quarter of a mile", "1/4 mile", but not "a third day".
    if lexemes[at].lower == "of" and lexemes[at + 1].lower in {"a", "an", "one"}:
        return read_unit(lexemes, at + 2)
    if lexemes[at].lower in {"a", "an"}:
        return read_unit(lexemes, at + 1)
    in_words = lexemes[at - 1].kind is Kind.WORD and lexemes[at - 1].lower not in {"half", "quarter", "quarters"}
    return None if in_words else read_unit(lexemes, at)


def _with_lesser_unit(lexemes: Lexemes, number: Number, unit: Unit) -> tuple[Number, int]:
    """ "five feet 2 inches" is one length, "three dollars and 50 cents" one sum."""
    at = unit.after
    if unit.symbol not in _LESSER or number.low.denominator != 1 or number.vague:
        return number, at
    words, parts = _LESSER[unit.symbol]
    behind = at + 1 if lexemes[at].lower == "and" else at
    lesser = read_number(lexemes, behind)
    if lesser is None or not lesser.known or lesser.share or lexemes[lesser.after].lower not in words:
        return number, at
    if not 0 <= lesser.low < parts:
        return number, at
    return Number.exactly(number.low + lesser.low / parts, lesser.after + 1), lesser.after + 1


def _behind_age(lexemes: Lexemes, unit: Unit, after: int) -> int:
    if unit.symbol not in TIME:
        return after
    if lexemes[after].text in HYPHENS and lexemes[after].glued and lexemes[after + 1].lower in _OLD:
        return after + 2
    if lexemes[after].lower == "old":
        return after + 1
    if lexemes[after].lower == "of" and lexemes[after + 1].lower == "age":
        return after + 2
    return after


def shared_scale(first: Number, second: Number) -> Number:
    """The first of two numbers in the scale of the second: "2 to 3 million", "three or four hundred"."""
    if first.scale == 1 and second.scale > 1 and first.low < second.low / second.scale:
        return first.times(second.scale, first.after)
    return first


def as_percentage(low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """A share as a percentage, so that "a third" and "33%" can be compared."""
    return low * 100, high * 100


__all__ = [
    "PERCENT",
    "YEARS",
    "Amount",
    "as_percentage",
    "find_money_before",
    "find_sign_before",
    "read_amount",
    "shared_scale",
]
