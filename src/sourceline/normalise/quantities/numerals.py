"""The value of a numeral as news writes it: grouped, decimal, with an exponent, in any decimal script."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

LARGEST = 10**27
"""Nothing that news counts or measures is larger; what is, is not guessed at."""
SMALLEST = Fraction(1, 10**15)

_MOST_DIGITS = 30
_PLAIN = re.compile(r"\d*(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:\.\d+)?")
_SEPARATORS = str.maketrans({"٫": ".", "٬": ",", "．": ".", "，": ","})
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


def read_numeral(numeral: str) -> Fraction | None:
    """The value, or None where it cannot be told: "1,2,3", "1.2.3", "1,5", digits of two scripts, or far too large."""
    if len(numeral) > 2 * _MOST_DIGITS:
        return None
    if len(numeral) < 19 and numeral.isdecimal() and numeral.isascii():
        return Fraction(int(numeral))
    digits = _ascii_digits(numeral.translate(_SEPARATORS))
    if digits is None:
        return None
    mantissa, _, exponent = digits.lower().partition("e")
    if not any(form.fullmatch(mantissa) for form in (_PLAIN, _GROUPED, _INDIAN, _SPACED)):
        return None
    bare = re.sub(r"[^\d.]", "", mantissa)
    if len(bare) > _MOST_DIGITS or len(exponent) > 4:
        return None
    return power(Fraction(bare), 10, int(exponent)) if exponent else within_reason(Fraction(bare))


def power(factor: Fraction, base: Fraction | int, exponent: int) -> Fraction | None:
    """factor x base ** exponent, or None where that is no figure that news would give."""
    if abs(exponent) > 60 or (base == 0 and exponent < 0):
        return None
    return within_reason(factor * Fraction(base) ** exponent)


def within_reason(value: Fraction) -> Fraction | None:
    return value if value == 0 or SMALLEST <= abs(value) <= LARGEST else None


def read_vulgar(sign: str) -> Fraction | None:
    """The value of "½" and its like."""
    return Fraction(unicodedata.numeric(sign)).limit_denominator(10) if sign and sign in _VULGAR else None


def _ascii_digits(numeral: str) -> str | None:
    """The numeral in ASCII digits; None where its digits are of more than one script."""
    if numeral.isascii():
        return numeral
    zeros = {ord(c) - unicodedata.decimal(c) for c in numeral if c.isdecimal()}
    if len(zeros) != 1:
        return None
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in numeral)
