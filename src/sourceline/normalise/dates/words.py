"""A text as words for the grammar of dates: lower-cased tokens with their places, numbers read from words."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"[0-9]+|[^\W\d_]+(?:['’](?:ll|re|ve|d|t))?|\n[^\S\n]*\n\s*|['’]s\b|[^\w\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|_|\d"
)
"""Digits, letters, a blank line, a possessive, or one sign that can be seen. No branch goes back."""

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip


class Words:
    """Tokens of a text by index. Beyond either end every token is ""."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.low: list[str] = []
        curly = "’" in text
        for m in TOKEN.finditer(text):
            start, end = m.span()
            word = text[start:end].lower()
            self.starts.append(start)
            self.ends.append(end)
            self.low.append("\n" if word[0] == "\n" else word.replace("’", "'") if curly else word)

    def __len__(self) -> int:
        return len(self.low)

    def at(self, i: int) -> str:
        return self.low[i] if 0 <= i < len(self.low) else ""

    def raw(self, i: int) -> str:
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.low) else ""

    def glued(self, i: int) -> bool:
        """Whether nothing stands between this token and the next."""
        return 0 <= i < len(self.low) - 1 and self.ends[i] == self.starts[i + 1]

    def capital(self, i: int) -> bool:
        return self.raw(i)[:1].isupper()

    def digits(self, i: int, least: int = 1, most: int = 4) -> int | None:
        word = self.at(i)
        return int(word) if least <= len(word) <= most and word.isascii() and word.isdigit() else None

    def is_figure(self, i: int) -> bool:
        """Whether the digits here are a number of their own, not part of 2,000 or 3.14 or $19 or 5% or A4."""
        if self.glued(i - 1):
            before = self.at(i - 1)
            if before in {"$", "£", "€", "¥", "#", "_", "@", "/", "\\", "="} or before[-1:].isalnum():
                return False
            if before in {",", ".", ":", "-", "'"} and self.glued(i - 2) and self.at(i - 2)[-1:].isalnum():
                return False
        if self.glued(i):
            after = self.at(i + 1)
            if after in {"%", "_", "@", "°", "€", "£", "\\", "="} or after[:1].isalpha():
                return False
            if after in {",", ".", ":"} and self.glued(i + 1) and self.at(i + 2)[:1].isdigit():
                return False
        return self.at(i + 1) != "%"

    def breaks_line(self, i: int) -> bool:
        """Whether a line ends after this token."""
        return 0 <= i < len(self.low) - 1 and "\n" in self.text[self.ends[i] : self.starts[i + 1]]

    def is_alone(self, i: int, end: int) -> bool:
        """Whether nothing else stands on the line of these tokens."""
        begins = i == 0 or self.low[i - 1] == "\n" or self.breaks_line(i - 1)
        return begins and (end >= len(self.low) or self.low[end] == "\n" or self.breaks_line(end - 1))

    def is_figure_year(self, i: int) -> bool:
        """Whether four digits may be a year: as above, but a range, a slash or a letter's hyphen may stand before."""
        if self.glued(i - 1) and self.at(i - 1) in {"-", "/", "–", "—", "~", "="}:
            return self.is_free_after(i)
        return self.is_figure(i) or (self.is_free_after(i) and self.glued(i - 1) and self.at(i - 1) in {",", ":"})

    def is_free_after(self, i: int) -> bool:
        if not self.glued(i):
            return self.at(i + 1) != "%"
        after = self.at(i + 1)
        if after in {"%", "_", "@", "°", "€", "£", "\\", "="} or after[:1].isalpha():
            return False
        return not (after in {",", ".", ":"} and self.glued(i + 1) and self.at(i + 2)[:1].isdigit())

    def day_number(self, i: int) -> tuple[int, int] | None:
        """ "3", "3rd", "third", "twenty-third": the token after it, and the number."""
        number = self.digits(i, 1, 2)
        if number is not None:
            if self.glued(i) and self.at(i + 1) in {"st", "nd", "rd", "th"}:
                return i + 2, number
            return i + 1, number
        return self.ordinal(i)

    def ordinal(self, i: int) -> tuple[int, int] | None:
        number = self.digits(i, 1, 2)
        if number is not None:
            return (i + 2, number) if self.glued(i) and self.at(i + 1) in {"st", "nd", "rd", "th"} else None
        word = self.at(i)
        if word in ORDINALS:
            return i + 1, ORDINALS[word]
        if word in TENS:
            j = i + 2 if self.at(i + 1) == "-" else i + 1
            if (unit := ORDINALS.get(self.at(j), 10)) < 10:
                return j + 1, TENS[word] + unit
        return None

    def small_number(self, i: int) -> tuple[int, int] | None:
        """A whole number below a hundred in words."""
        word = self.at(i)
        if word in ONES:
            return i + 1, ONES[word]
        if word in TENS:
            j = i + 2 if self.at(i + 1) == "-" else i + 1
            if (unit := ONES.get(self.at(j), 10)) < 10:
                return j + 1, TENS[word] + unit
            return i + 1, TENS[word]
        return None

    def cardinal(self, i: int) -> tuple[int, int] | None:
        """A whole number in figures, or below a hundred in words; "a" and "an" are one, "a dozen" twelve."""
        number = self.digits(i, 1, 9)
        if number is not None:
            return (i + 1, number) if self.is_figure(i) else None
        if self.at(i) in {"a", "an", "another"}:
            if self.at(i + 1) == "dozen":
                return i + 2, 12
            if self.at(i + 1) == "hundred":
                return i + 2, 100
            return i + 1, 1
        return self.small_number(i)

    def year_in_words(self, i: int) -> tuple[int, int] | None:
        """ "nineteen ninety six", "twenty twelve", "two thousand and fifteen"."""
        first = self.small_number(i)
        if first is None:
            return None
        j, number = first
        if number == 2 and self.at(j) == "thousand":
            k = j + 2 if self.at(j + 1) == "and" else j + 1
            rest = self.small_number(k)
            return (rest[0], 2000 + rest[1]) if rest else (j + 1, 2000)
        if number in {16, 17, 18, 19, 20}:
            j = i + 1  # "twenty twelve", not "twenty-one"
            if self.at(j) == "hundred":
                return (j + 1, 100 * number) if number < 20 else None
            if self.at(j) in {"oh", "o"} and (unit := ONES.get(self.at(j + 1), 10)) < 10:
                return j + 2, 100 * number + unit
            rest = self.small_number(j)
            if rest and rest[1] >= 10:
                return rest[0], 100 * number + rest[1]
        return None
