"""A number in a text: a numeral, number words, both together, a share, or a word as vague as "dozens"."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from sourceline.normalise.quantities.cardinals import (
    AND,
    Number,
    is_round,
    read_cardinal,
    read_denominator,
    read_words,
    scaled,
)
from sourceline.normalise.quantities.lexemes import Kind, Lexeme, Lexemes
from sourceline.normalise.quantities.number_words import (
    DOZEN,
    SCALES,
    TENS,
    TIMES_VAGUE,
    UNITS,
    VAGUE,
    VAGUE_SINGULAR,
    vague_bounds,
)

_ONE = {"a", "an", "one"}
_OF_THE = {"the", "its", "their", "his", "her", "our", "all", "those", "these", "a", "some", "about", "roughly"}
_FEW = {"several", "few", "many"}


def read_number(lexemes: Lexemes, index: int, money: bool = False) -> Number | None:
    """The number that begins at that lexeme, or None. `money`: behind a sign of money, "40m" is millions."""
    first = lexemes[index]
    negative = first.lower in {"minus", "negative"} or (
        first.text in {"-", "−"} and lexemes[index + 1].kind is not Kind.WORD
    )
    if negative:
        number = _read_unsigned(lexemes, index + 1, money)
        if number is None or number.vague:
            return None
        return replace(number, low=-number.high, high=-number.low)
    return _read_unsigned(lexemes, index, money)


def _read_unsigned(lexemes: Lexemes, index: int, money: bool) -> Number | None:
    vague = _read_vague(lexemes, index)
    if vague is not None:
        return vague
    part = _read_share(lexemes, index)
    if part is not None:
        return _of_whole(lexemes, part)
    number = read_cardinal(lexemes, index, money)
    if number is None:
        return None
    return _read_ratio(lexemes, number) or _with_fraction(lexemes, number)


def _read_vague(lexemes: Lexemes, index: int) -> Number | None:
    """ "dozens", "tens of thousands", "several hundred", "a few dozen", "a couple of hundred", "a couple of"."""
    at = index
    if lexemes[at].lower == "a" and lexemes[at + 1].lower in {"few", "couple"}:
        at += 1
    word = lexemes[at].lower
    if word == "couple":
        return _read_couple(lexemes, index, at)
    if word in _FEW:
        nxt = lexemes[at + 1].lower
        bounds = VAGUE_SINGULAR.get(nxt) or VAGUE.get(nxt)
        if bounds is None or nxt == "scores":
            return None
        return Number(Fraction(bounds[0]), Fraction(bounds[1]), at + 2, vague=True)
    if at != index:
        return None
    if word in TIMES_VAGUE and lexemes[at + 1].lower == "of":
        times = vague_bounds(lexemes[at + 2].lower, TIMES_VAGUE[word])
        if times is not None:
            return Number(*times, at + 3, vague=True)
    bounds_of_word = vague_bounds(word)
    if bounds_of_word is None or (word == "scores" and lexemes[at + 1].lower != "of"):
        return None
    again = lexemes[at + 1].lower in {"and", "upon"} and lexemes[at + 2].lower == word
    return Number(*bounds_of_word, at + 3 if again else at + 1, vague=True)


def _read_couple(lexemes: Lexemes, index: int, at: int) -> Number | None:
    if index == at:
        return None
    of = lexemes[at + 1].lower == "of"
    behind = at + 2 if of else at + 1
    number = Number(Fraction(2), Fraction(3), behind, vague=True)
    word = lexemes[behind].lower
    if word in SCALES or word == "hundred" or word in DOZEN:
        return number.times(SCALES.get(word, 100 if word == "hundred" else 12), behind + 1)
    # "a couple of" counts roughly two; "a couple" may be two people who are married.
    return number if of and lexemes[behind].lower not in {"the", "them", "us"} else None


def _read_share(lexemes: Lexemes, index: int) -> Number | None:
    """A share in words: "half", "a third", "two-thirds", "three quarters", "half a", "one one-hundredth"."""
    first = lexemes[index]
    if first.lower == "half":
        return Number.exactly(Fraction(1, 2), index + 1, share=True)
    if first.lower == "quarter" and lexemes[index + 1].lower in SCALES:
        return Number.exactly(Fraction(1, 4), index + 1, share=True)
    begins = index + 1 if first.lower == "a" and lexemes[index + 1].lower == "hundred" else index
    if lexemes[begins].lower in _BEGINS_CARDINAL:
        cardinal = read_words(lexemes, begins, Fraction(0))
        if cardinal is None or not cardinal.known:
            return None
        above, at = cardinal, cardinal.after
    elif first.lower in _ONE:
        above, at = Number.exactly(Fraction(1), index + 1), index + 1
    else:
        return None
    below = read_denominator(lexemes, at, one=above.low == 1)
    if below is None or not above.low:
        return None
    return Number.exactly(above.low / below[0], below[1], share=True)


_BEGINS_CARDINAL = {*UNITS, *TENS, "hundred"}


def _of_whole(lexemes: Lexemes, part: Number) -> Number:
    """A share times what it is a share of, where that is a number: "half a million", "a third of the 1,200"."""
    at = part.after
    of = lexemes[at].lower == "of"
    if of:
        at += 1
    if lexemes[at].lower in {"a", "the", "an"} or (of and lexemes[at].lower in _OF_THE):
        at += 1
    word = lexemes[at]
    if (word.lower in SCALES or word.lower in {"dozen", "hundred"}) and lexemes[at - 1].lower != "the":
        factor = SCALES.get(word.lower, 12 if word.lower == "dozen" else 100)
        return part.times(factor, at + 1)
    if not of or (word.kind is Kind.WORD and word.lower not in (UNITS | TENS)):
        return part
    whole = read_cardinal(lexemes, at, money=False)
    if whole is None or not whole.known or whole.share or whole.low <= 2 or _may_be_year(word):
        return part
    if lexemes[whole.after].text in {"%", "$"} or whole.low < 10:
        return part
    return replace(part.times(whole.low, whole.after), scale=Fraction(1))


def _may_be_year(word: Lexeme) -> bool:
    return word.text.isdigit() and len(word.text) == 4


def _read_ratio(lexemes: Lexemes, number: Number) -> Number | None:
    """ "one in five", "three out of ten", "one over three"."""
    at = number.after
    word = lexemes[at].lower
    if number.scale != 1 or not number.known or number.low.denominator != 1 or number.share:
        return None
    if word == "out" and lexemes[at + 1].lower == "of":
        at += 2
    elif word == "in" or (word == "over" and number.low == 1):
        at += 1
    else:
        return None
    every = lexemes[at].lower == "every"
    at += every
    if (
        lexemes[at].kind is Kind.WORD
        and lexemes[at].lower not in (UNITS | TENS)
        and not is_round(lexemes[at])
        and lexemes[at].lower != "a"
    ):
        return None
    if _may_be_year(lexemes[at]):
        return None
    below = read_cardinal(lexemes, at, money=False)
    if below is None or not below.known or below.low.denominator != 1 or not 0 < number.low < below.low:
        return None
    if number.low != 1 and below.low not in _USUAL_WHOLES:
        return None
    if lexemes[below.after].lower in _NO_RATIO_BEFORE or lexemes[below.after].text in {"-", "–", "%", ":", "/"}:
        return None
    return Number.exactly(number.low / below.low, below.after, share=True)


_USUAL_WHOLES = {3, 4, 5, 10, 100, 1000}
"""Of what people say "three in ten"; "killed 12 in 40 attacks" is two counts."""
_NO_RATIO_BEFORE = {
    f"{word}{s}"
    for word in (
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "place",
        "part",
        "percent",
        "per",
    )
    for s in ("", "s")
}


def _spells_and_a_half(lexemes: Lexemes, at: int) -> bool:
    """Whether "-and-a-half" stands there."""
    parts = [lexemes[at + i].lower for i in range(6)]
    return parts in (["-", "and", "-", one, "-", "half"] for one in ("a", "one"))


def _with_fraction(lexemes: Lexemes, number: Number) -> Number:
    """ "two and a half", "one and a quarter million", "3 million and a half"."""
    at = number.after
    if not number.known or number.share:
        return number
    if lexemes[at].text == "-" and _spells_and_a_half(lexemes, at):
        return scaled(lexemes, Number.exactly(number.low + Fraction(1, 2), at + 6), False)
    if lexemes[at].lower != AND:
        return number
    part = _read_share(lexemes, at + 1)
    if part is None or (lexemes[at + 1].lower in {"half", "quarter"}) or part.low >= 1:
        return number
    behind = lexemes[part.after].lower
    if number.scale >= 1000 and behind in SCALES and SCALES[behind] < number.scale:
        return Number.exactly(number.low + part.low * SCALES[behind], part.after + 1)
    if number.scale >= 1000 and behind not in SCALES:
        return Number.exactly(number.low + part.low * number.scale, part.after, number.scale)
    return scaled(lexemes, Number.exactly(number.low + part.low, part.after), False)
