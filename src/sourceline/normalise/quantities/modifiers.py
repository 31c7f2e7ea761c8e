"""Words before and behind a number that turn it into an interval: "at least", "about", "or more".

Intervals are closed, as in the design: "more than 40" is [40, inf) and so does not contradict a count of 40.
Words of approximation give a tenth to the side, or to both sides, that they name: "about 10" is [9, 11], "nearly
10" [9, 10], "just over 10" [10, 11].
"""

from __future__ import annotations

import re
from enum import Enum, auto
from fractions import Fraction

from sourceline.normalise.quantities.lexemes import Kind, Lexemes

Bound = Fraction | None


class Modifier(Enum):
    AT_LEAST = auto()
    AT_MOST = auto()
    ABOUT = auto()
    NEARLY = auto()
    JUST_OVER = auto()
    EXACTLY = auto()


_WORDS = {
    Modifier.AT_LEAST: (
        "at least, at the least, at the very least, at a minimum, no fewer than, no less than, not fewer than, "
        "not less than, no lower than, no smaller than, more than, over, well over, well above, above, exceeding, "
        "exceed, exceeds, exceeded, surpass, surpasses, surpassed, surpassing, in excess of, upwards of, upward of, "
        "greater than, larger than, higher than, bigger than, older than, longer than, far more than, much more than, "
        "well more than, many more than, a minimum of, minimum of, as few as, as little as, north of, "
        "greater than or equal to, larger than or equal to, more than or equal to, equal to or more than, "
        "equal to or greater than, bigger or equal than, higher or equal than, greater or equal than, "
        "larger or equal than, at least or equal to, >, >=, ≥"
    ),
    Modifier.AT_MOST: (
        "up to, at most, at the most, no more than, not more than, fewer than, less than, well under, well below, "
        "under, below, as many as, as much as, as high as, a maximum of, maximum of, not exceeding, smaller than, "
        "lower than, younger than, shorter than, no higher than, no greater than, no larger than, far fewer than, "
        "far less than, less than or equal to, fewer than or equal to, smaller than or equal to, "
        "lower than or equal to, equal to or less than, equal to or fewer than, smaller or equal than, "
        "less or equal than, lower or equal than, <, <=, ≤"
    ),
    Modifier.ABOUT: (
        "about, around, some, roughly, approximately, approx, approx., an approximate, estimated, an estimated, "
        "circa, c., ca., ~, ≈, in the region of, in the order of, on the order of, of the order of, more or less, "
        "something like, give or take"
    ),
    Modifier.NEARLY: (
        "nearly, almost, close to, just under, just below, just short of, approaching, nearing, not quite, "
        "a little under, a little less than, slightly under, slightly less than, slightly fewer than, shy of, "
        "just shy of, just less than, just fewer than"
    ),
    Modifier.JUST_OVER: (
        "just over, just above, just more than, slightly over, slightly above, slightly more than, a little over, "
        "a little more than, barely, only just over"
    ),
    Modifier.EXACTLY: "equal to, equals, equals to, equaling to, equalling",
}
_BEFORE = {tuple(form.split()): kind for kind, forms in _WORDS.items() for form in forms.split(", ")}
_MOST_WORDS = max(len(form) for form in _BEFORE)
_FAR_ENOUGH = 64
_WORD_OR_SIGN = re.compile(r"[<>≥≤]\s?=?|[~≈]|[^\W_]+[.]?(?=\s)")
_BLANKS = re.compile(r"[ \t\u00a0\u202f]*(?:\r?\n)?[ \t\u00a0\u202f]*")


def find_modifier_before(text: str, start: int, floor: int) -> tuple[Modifier, int] | None:
    """The modifier whose last word stands right before `start`, with where it begins; none begins before `floor`."""
    words = _words_to_the_end(text, max(floor, start - _FAR_ENOUGH), start)
    for length in range(min(_MOST_WORDS, len(words)), 0, -1):
        kind = _BEFORE.get(tuple(word for word, _ in words[-length:]))
        begins = words[-length][1]
        if kind is not None:
            return None if text[begins] in "<>" and text[begins - 1 : begins] in {"<", ">", "="} else (kind, begins)
    return None


def _words_to_the_end(text: str, begin: int, end: int) -> list[tuple[str, int]]:
    """The words in front of `end` with nothing but single blanks between them, each with its start."""
    words: list[tuple[str, int]] = []
    reached = begin
    for found in _WORD_OR_SIGN.finditer(text, begin, end):
        blanks = _BLANKS.fullmatch(text, reached, found.start())
        if blanks is None:
            words.clear()
        if not words and found.start() > 0 and found.start() == begin and text[begin - 1].isalnum():
            reached = found.end()
            continue
        words.append(("".join(found[0].lower().split()), found.start()))
        reached = found.end()
    return words if _BLANKS.fullmatch(text, reached, end) is not None else []


_BEHIND = {
    ("or", "more"): Modifier.AT_LEAST,
    ("and", "more"): Modifier.AT_LEAST,
    ("or", "greater"): Modifier.AT_LEAST,
    ("or", "above"): Modifier.AT_LEAST,
    ("and", "above"): Modifier.AT_LEAST,
    ("and", "over"): Modifier.AT_LEAST,
    ("or", "over"): Modifier.AT_LEAST,
    ("and", "up"): Modifier.AT_LEAST,
    ("or", "higher"): Modifier.AT_LEAST,
    ("or", "older"): Modifier.AT_LEAST,
    ("at", "least"): Modifier.AT_LEAST,
    ("or", "fewer"): Modifier.AT_MOST,
    ("or", "less"): Modifier.AT_MOST,
    ("and", "under"): Modifier.AT_MOST,
    ("or", "under"): Modifier.AT_MOST,
    ("or", "younger"): Modifier.AT_MOST,
    ("or", "below"): Modifier.AT_MOST,
    ("at", "most"): Modifier.AT_MOST,
    ("at", "the", "most"): Modifier.AT_MOST,
    ("or", "so"): Modifier.ABOUT,
    ("or", "thereabouts"): Modifier.ABOUT,
    ("-", "plus"): Modifier.AT_LEAST,
    ("-", "odd"): Modifier.ABOUT,
    ("-", "ish"): Modifier.ABOUT,
    ("-", "or", "-", "so"): Modifier.ABOUT,
    ("plus",): Modifier.AT_LEAST,
    ("odd",): Modifier.ABOUT,
    ("+",): Modifier.AT_LEAST,
}
_BEHIND_STARTS = frozenset(form[0] for form in _BEHIND)
_TRAILING_COMPARISON = {"than", "of"}


def read_modifier_behind(lexemes: Lexemes, index: int) -> tuple[Modifier, int] | None:
    """The modifier written from that lexeme on, with the index behind it: "or more", "-plus", "or so"."""
    first = lexemes[index]
    if first.kind is Kind.END or first.lower not in _BEHIND_STARTS or (first.text in {"+", "-"} and not first.glued):
        return None
    if first.lower == "plus" and not first.glued:
        return None  # "three plus four"
    parts: list[str] = []
    found: tuple[Modifier, int] | None = None
    for at in range(index, index + 4):
        parts.append(lexemes[at].lower)
        kind = _BEHIND.get(tuple(parts))
        if kind is not None:
            found = kind, at + 1
    if found is not None and lexemes[found[1]].lower in _TRAILING_COMPARISON:
        return None  # "40 or more than 50"
    return found


def bounded(low: Bound, high: Bound, modifier: Modifier) -> tuple[Bound, Bound]:
    """The interval [low, high] as the modifier leaves it."""
    match modifier:
        case Modifier.AT_LEAST:
            return low, None
        case Modifier.AT_MOST:
            return None, high
        case Modifier.ABOUT:
            return _moved(low, -1), _moved(high, 1)
        case Modifier.NEARLY:
            return _moved(low, -1), high
        case Modifier.JUST_OVER:
            return low, _moved(high, 1)
        case Modifier.EXACTLY:
            return low, high


def _moved(bound: Bound, side: int) -> Bound:
    return None if bound is None else bound + side * abs(bound) / 10
