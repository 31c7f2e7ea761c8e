"""Number words of English, and the shares and vague numbers made of them."""

from __future__ import annotations

from fractions import Fraction

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"nought": 0, "naught": 0}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
} | {"fourty": 40}
SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT_SCALES = {
    "k": 10**3,
    "mm": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mil": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
    "tln": 10**12,
}
"""As they are written behind a numeral ("$3.5bn"), in any case."""
LETTER_SCALES = {"m": 10**6, "M": 10**6, "b": 10**9, "B": 10**9, "t": 10**12, "T": 10**12}
"""As they are written behind a sum of money ("$40m"); elsewhere most of them are units."""
DOZEN = {"dozen", "dozens", "doz", "dozs", "dz", "dzs"}

_ORDINAL_UNITS = {
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
    "hundredth": 100,
    "thousandth": 10**3,
    "millionth": 10**6,
    "billionth": 10**9,
    "trillionth": 10**12,
}
SHARES = {"half": 2, "quarter": 4} | _ORDINAL_UNITS
"""A share in the singular ("a third") with what it divides by."""
MANY_SHARES = {"halves": 2, "quarters": 4} | {f"{word}s": value for word, value in _ORDINAL_UNITS.items()}
SHARE_AFTER_TENS = {"first": 1, "second": 2} | {w: v for w, v in _ORDINAL_UNITS.items() if v < 10}
"""The last part of "twenty-fifth"."""

VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2 * 10**3, 10**4 - 1),
    "millions": (2 * 10**6, 10**7 - 1),
    "billions": (2 * 10**9, 10**10 - 1),
    "trillions": (2 * 10**12, 10**13 - 1),
}
"""From two of the word to just short of the next round word: the interval that the design gives "dozens"."""
VAGUE_SINGULAR = {f"{word[:-1]}": bounds for word, bounds in VAGUE.items() if word != "scores"}
"""Behind "several" and "a few": "several hundred" is as much as "hundreds"."""
TIMES_VAGUE = {"tens": 10, "hundreds": 100}
"""In front of "of thousands"."""


def vague_bounds(word: str, times: int = 1) -> tuple[Fraction, Fraction] | None:
    """What "thousands", or with times=10 "tens of thousands", may be."""
    if word not in VAGUE or (times > 1 and word in {"dozens", "scores", "hundreds"}):
        return None
    low, high = VAGUE[word]
    return Fraction(low * times), Fraction((high + 1) * times - 1)
