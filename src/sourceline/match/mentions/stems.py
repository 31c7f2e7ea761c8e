"""Content words: folded and stemmed, so that "lorries left" and "a lorry leaves" share theirs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from sourceline.lexicon.fold import plain_letters
from sourceline.lexicon.words import words_of
from sourceline.match.mentions.tokens import Token

_LONGEST_WORD = 40
_VOWELS = frozenset("aeiouy")


def content_words(tokens: Iterable[Token]) -> list[str]:
    """The stems of the words that carry meaning, in order; figures as they are written."""
    function = words_of("function words")
    found: list[str] = []
    for token in tokens:
        if not token.is_word or token.lower in function:
            continue
        word = token.lower.removesuffix("'s").removesuffix("'")
        if len(word) > 1 or token.is_figure:
            found.extend(stem(part) for part in word.split("-") if part and part not in function)
    return found


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A light stem of a word in lower case: inflection goes, derivation stays.

    The rules for -s, -ed and -ing are those of step 1 of Porter, "An algorithm for suffix stripping" (1980).
    """
    word = plain_letters(word)[:_LONGEST_WORD]
    base = _irregular().get(word)
    if base is not None:
        word = base
    if len(word) <= 3 or not word.isalpha():
        return word
    word = _singular(word)
    for ending in ("ed", "ing"):
        if word.endswith(ending) and _VOWELS & set(word[: -len(ending)]) and len(word) - len(ending) >= 3:
            word = _mended(word[: -len(ending)])
            break
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    if word.endswith("y") and len(word) > 3 and word[-2] not in _VOWELS:
        return word[:-1] + "i"
    return word.removesuffix("e") if len(word) > 4 else word


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _mended(word: str) -> str:
    """What is left of a verb without -ed or -ing: "stopp" is stop, "hurri" is hurry."""
    if word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word[:-1] + "y" if word.endswith("i") else word


@cache
def _irregular() -> dict[str, str]:
    return dict(pair.split("/", 1) for pair in words_of("irregular verbs"))
