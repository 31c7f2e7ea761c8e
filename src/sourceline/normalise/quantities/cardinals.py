"""A cardinal number in a text: a numeral, number words, or both together ("3 hundred and 21")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from sourceline.normalise.quantities.lexemes import Kind, Lexeme, Lexemes
from sourceline.normalise.quantities.number_words import (
    DOZEN,
    LETTER_SCALES,
    MANY_SHARES,
    SCALES,
    SHARE_AFTER_TENS,
    SHARES,
    SHORT_SCALES,
    TENS,
    UNITS,
)
from sourceline.normalise.quantities.numerals import power, read_numeral, read_vulgar, within_reason

AND = "and"
HYPHENS = {"-", "‐", "‑", "–"}


@dataclass(frozen=True, slots=True)
class Number:
    low: Fraction
    high: Fraction
    after: int
    """The index of the first lexeme behind it."""
    scale: Fraction = Fraction(1)
    """By which its last part is multiplied: 10**6 in "3 million", so that "2 to 3 million" can share it."""
    share: bool = False
    """A part of something ("a third", "one in five"), not a count."""
    vague: bool = False
    known: bool = True
    """False for what has the form of a number but no value that can be told."""

    @classmethod
    def exactly(cls, value: Fraction, after: int, scale: Fraction | int = 1, share: bool = False) -> Number:
        kept = within_reason(value)
        known = kept is not None
        return cls(
            value if known else Fraction(0), value if known else Fraction(0), after, Fraction(scale), share, known=known
        )

    def times(self, factor: Fraction | int, after: int) -> Number:
        if not self.known or within_reason(self.high * factor) is None:
            return replace(self, after=after, known=False)
        scale = self.scale * factor
        return replace(self, low=self.low * factor, high=self.high * factor, after=after, scale=scale, share=False)


def read_cardinal(lexemes: Lexemes, index: int, money: bool) -> Number | None:
    first = lexemes[index]
    if first.kind is Kind.NUMERAL:
        return _read_figures(lexemes, index, money)
    vulgar = read_vulgar(first.text)
    if vulgar is not None:
        return scaled(lexemes, Number.exactly(vulgar, index + 1, share=True), money)
    if first.kind is not Kind.WORD:
        return None
    at = index
    if first.lower == "a" and is_round(lexemes[index + 1]):
        at = index + 1
    if lexemes[at].lower == "dozen":
        return Number.exactly(Fraction(12), at + 1, 12)
    number = read_words(lexemes, at, Fraction(0))
    if number is not None and number.known and _is_rank(lexemes, number):
        return replace(number, after=number.after + 2, known=False)
    return number


def is_round(lexeme: Lexeme) -> bool:
    return lexeme.lower in SCALES or lexeme.lower in {"hundred", "dozen"}


def _read_figures(lexemes: Lexemes, index: int, money: bool) -> Number | None:
    value = read_numeral(lexemes[index].text)
    at = index + 1
    if value is None:
        return Number(Fraction(0), Fraction(0), at, known=False)
    if lexemes[at].text in {"x", "×"} and lexemes[at + 2].text == "^":
        base, exponent = read_numeral(lexemes[at + 1].text), _read_exponent(lexemes, at + 3)
        if base is not None and exponent is not None:
            return _power(value, base, exponent)
    if lexemes[at].text == "^" and lexemes[at].glued:
        exponent = _read_exponent(lexemes, at + 1)
        if exponent is not None:
            return _power(Fraction(1), value, exponent)
        while lexemes[at].glued:
            at += 1
        return Number(value, value, at, known=False)
    fraction = _read_slashed(lexemes, index, value)
    if fraction is not None:
        return fraction
    second = _read_slashed(lexemes, at, None) if lexemes[at].gap.strip("\n") else None
    vulgar = read_vulgar(lexemes[at].text)
    if second is not None and value.denominator == 1:
        return scaled(lexemes, Number.exactly(value + second.low, second.after), money)
    if vulgar is not None:
        return scaled(lexemes, Number.exactly(value + vulgar, at + 1), money)
    if lexemes[at].lower in SCALES or lexemes[at].lower == "hundred":
        return read_words(lexemes, at, value)
    return scaled(lexemes, Number.exactly(value, at), money)


def _read_exponent(lexemes: Lexemes, index: int) -> tuple[int, int] | None:
    at, sign = index, 1
    if lexemes[at].text in {"+", "-", "−"}:
        sign = -1 if lexemes[at].text != "+" else 1
        at += 1
    value = read_numeral(lexemes[at].text) if lexemes[at].kind is Kind.NUMERAL else None
    if value is None or value.denominator != 1 or value > 10**6:
        return None
    return sign * int(value), at + 1


def _power(factor: Fraction, base: Fraction, exponent: tuple[int, int]) -> Number:
    value = power(factor, base, exponent[0])
    if value is None:
        return Number(Fraction(0), Fraction(0), exponent[1], known=False)
    return Number.exactly(value, exponent[1])


def _read_slashed(lexemes: Lexemes, index: int, value: Fraction | None) -> Number | None:
    """ "3/4": a proper fraction with a denominator that people use; what else has a slash is no number."""
    if lexemes[index].kind is not Kind.NUMERAL or lexemes[index + 1].text not in {"/", "⁄"}:
        return None
    if not lexemes[index + 1].glued or lexemes[index + 2].kind is not Kind.NUMERAL or not lexemes[index + 2].glued:
        return None
    above, below = read_numeral(lexemes[index].text), read_numeral(lexemes[index + 2].text)
    after = index + 3
    proper = above is not None and below in {2, 3, 4, 5, 6, 8, 10, 16} and 0 < above < below
    if not proper or above is None or below is None or lexemes[after].text == "/":
        return None if value is None else Number(value, value, after, known=False)
    return Number.exactly(above / below, after, share=value is not None)


def scaled(lexemes: Lexemes, number: Number, money: bool) -> Number:
    """With the scale behind it: "million", "bn", "k", "dozen"; behind a sign of money also a bare "m", "b" or "t"."""
    at = number.after
    if lexemes[at].text in HYPHENS and lexemes[at].glued and lexemes[at + 1].glued and lexemes[at + 1].lower in SCALES:
        at += 1  # "$3.5-million"
    word = lexemes[at]
    if word.kind is not Kind.WORD:
        return number
    factor = SCALES.get(word.lower) or SHORT_SCALES.get(word.lower)
    if word.lower == "mm" and not money:
        factor = None
    if factor is None and word.lower in DOZEN:
        factor = 12
    if factor is None and money:
        factor = LETTER_SCALES.get(word.text)
    if (
        factor is None
        and (word.text == "M" or (word.glued and word.text in {"B", "b"}))
        and not _is_unit_like(lexemes[at + 1])
    ):
        factor = LETTER_SCALES[word.text]
    if factor is None:
        return number
    scaled = number.times(factor, at + 1)
    if lexemes[at + 1].lower in SCALES and word.lower in SCALES:  # "three lakh crore"
        return scaled.times(SCALES[lexemes[at + 1].lower], at + 2)
    return scaled


def _is_unit_like(lexeme: Lexeme) -> bool:
    return lexeme.glued and lexeme.kind in {Kind.WORD, Kind.NUMERAL}


def read_words(lexemes: Lexemes, index: int, leading: Fraction) -> Number | None:
    """Number words from there on, behind a leading numeral if there is one ("3 hundred and 21")."""
    total, group, last, scale = Fraction(0), leading, None, 1
    at = index
    if leading:
        last = 1
    while True:
        here = _behind_and(lexemes, at, last)
        word = lexemes[here]
        lower = word.lower
        if lower in TENS and last is not None and here == at and read_denominator(lexemes, at, one=False):
            break  # "one hundred thirty-fifths"
        if lower in TENS and _fits(TENS[lower], last):
            group, last = group + TENS[lower], 10
        elif lower in UNITS and _fits(UNITS[lower], last):
            group, last = group + UNITS[lower], 1 if UNITS[lower] else 0
        elif word.kind is Kind.NUMERAL and last is not None and last >= 100 and here > at and not _is_large(word):
            group, last = group + Fraction(int(word.text)), 1
        elif word.kind is Kind.NUMERAL and last is not None and last >= 1000 and lexemes[here + 1].lower == "hundred":
            group, last = group + (read_numeral(word.text) or 0), 1
        elif lower == "hundred" and (last is None or last <= 10) and (group < 100 or at == index):
            group, last = (group or Fraction(1)) * 100, 100
        elif lower in SCALES and (group or last is None or lexemes[at - 1].lower in SCALES):
            factor = SCALES[lower]
            if group and (scale == 1 or factor < scale):
                total, group = total + group * factor, Fraction(0)
            elif not group and last is None:
                total = Fraction(factor)
            else:  # "three lakh crore", "two hundred thousand million"
                total, group = (total + group) * factor, Fraction(0)
            scale, last = factor, factor
        else:
            break
        at = here + 1
        if total > 10**30 or at - index > 24:
            return Number(Fraction(0), Fraction(0), at, known=False)
    if last is None or (leading and at == index):
        return None
    value = total + group
    number = Number.exactly(value, at, scale if not group else 100 if last == 100 else 1)
    hyphen = lexemes[at].text in HYPHENS and lexemes[at].glued and lexemes[at + 1].glued
    if lexemes[at + hyphen].lower in DOZEN:
        rest = value % 100
        if value > 100 and rest and AND in {lexemes[i].lower for i in range(index, at)}:
            # "three hundred and two dozen": nobody counts hundreds of dozens and two
            return Number.exactly(value - rest + rest * 12, at + hyphen + 1)
        return number.times(12, at + hyphen + 1)
    return _with_point(lexemes, number)


def _is_rank(lexemes: Lexemes, number: Number) -> bool:
    """ "the twenty-first century", "the hundred and fifth day"."""
    at, value = number.after, number.low
    behind = lexemes[at + 1] if lexemes[at].text in HYPHENS and lexemes[at].glued else lexemes[at]
    if value % 100 >= 20 and value % 10 == 0:
        return behind.lower in SHARE_AFTER_TENS and (behind.lower != "second" or behind.glued)
    return value >= 100 and value % 100 == 0 and lexemes[at].lower == AND and lexemes[at + 1].lower in SHARES


def _behind_and(lexemes: Lexemes, at: int, last: int | None) -> int:
    """The index of the next part of a number: behind an "and" after hundreds, behind the hyphen after tens."""
    word = lexemes[at]
    if last is not None and last >= 100 and word.lower == AND:
        nxt = lexemes[at + 1]
        if _begins_share(lexemes, at + 1) or (last == 100 and lexemes[at + 2].lower == "hundred"):
            return at
        if nxt.lower in UNITS or nxt.lower in TENS or (nxt.kind is Kind.NUMERAL and last == 100):
            return at + 1
    if last == 10 and word.text in HYPHENS and 0 < UNITS.get(lexemes[at + 1].lower, 0) < 10:
        return at + 1
    if last is not None and word.text in HYPHENS and word.glued and lexemes[at + 1].glued:
        behind = lexemes[at + 1].lower
        if behind == "hundred" or behind in SCALES:
            return at + 1
    return at


def _begins_share(lexemes: Lexemes, at: int) -> bool:
    """Whether what stands behind an "and" is a share: "and three quarters"."""
    if UNITS.get(lexemes[at].lower, 99) >= 10 and lexemes[at].kind is not Kind.NUMERAL:
        return False
    behind = at + 2 if lexemes[at + 1].text in HYPHENS else at + 1
    word = lexemes[behind].lower
    return word in MANY_SHARES or (lexemes[at].lower == "one" and word in SHARES)


def _fits(value: int, last: int | None) -> bool:
    return last is None or last >= 100 or (last == 10 and 0 < value < 10)


def _is_large(word: Lexeme) -> bool:
    return not (word.text.isascii() and word.text.isdigit() and len(word.text) <= 2)


def _with_point(lexemes: Lexemes, number: Number) -> Number:
    """ "two hundred point zero three", "point seventy-one"."""
    if lexemes[number.after].lower != "point" or not number.known:
        return number
    at = number.after + 1
    digits = ""
    while lexemes[at].lower in UNITS and UNITS[lexemes[at].lower] < 10 and len(digits) < 12:
        digits += str(UNITS[lexemes[at].lower])
        at += 1
    if not digits:
        rest = read_words(lexemes, at, Fraction(0)) if lexemes[at].lower in (UNITS | TENS) else None
        if rest is None or rest.low >= 100:
            return number
        digits, at = str(int(rest.low)), rest.after
    return scaled(lexemes, Number.exactly(number.low + Fraction(int(digits), 10 ** len(digits)), at), False)


def read_denominator(lexemes: Lexemes, index: int, one: bool) -> tuple[int, int] | None:
    at = index
    if lexemes[at].text in HYPHENS:
        at += 1
    word = lexemes[at].lower
    below = SHARES.get(word) if one else MANY_SHARES.get(word)
    if below is not None:
        return below, at + 1
    prefix = read_words(lexemes, at, Fraction(0)) if word in {"one", "ten", "hundred"} else None
    if prefix is not None and prefix.known:  # "one one-hundredth", "one one hundred and fifth", "ten-thousandths"
        behind = (
            prefix.after + 1
            if lexemes[prefix.after].text in HYPHENS or lexemes[prefix.after].lower == AND
            else prefix.after
        )
        last = SHARES.get(lexemes[behind].lower) if one else MANY_SHARES.get(lexemes[behind].lower)
        if last is not None and last != 2:
            return int(prefix.low * last if last >= 100 else prefix.low + last), behind + 1
    if word in TENS:
        behind = at + 2 if lexemes[at + 1].text in HYPHENS else at + 1
        ending = lexemes[behind].lower
        unit = SHARE_AFTER_TENS.get(ending if one else ending.removesuffix("s"))
        if unit is not None and (one or ending.endswith("s")):
            return TENS[word] + unit, behind + 1
    return None
