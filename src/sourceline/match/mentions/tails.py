"""The words at a sentence's end that only say who says it: ", says the ministry", ", per the coastguard"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sourceline.lexicon.words import words_of
from sourceline.match.mentions.stems import stem
from sourceline.match.mentions.tokens import Token
from sourceline.match.mentions.verbs import is_finite

_LONGEST = 9
"""Words between the comma and the end."""
_SPOKEN = frozenset("say write add claim insist admit reckon explain show own".split())
_TAKING_UP = frozenset("that it so this as nothing".split())
_CREDITING = (("according", "to"), ("per",), ("if", "you", "ask"), ("in", "the", "words", "of"))


@dataclass(frozen=True, slots=True)
class Tail:
    start: int
    """The comma's place among the tokens."""
    end: int
    """After the last word."""
    cue: int
    """The place of the verb, or of the first word that credits."""
    source: tuple[int, int]
    """The places of the words that name who says it."""


def find_tail(sentence: Sequence[Token]) -> Tail | None:
    end = len(sentence)
    while end and not sentence[end - 1].is_word:
        end -= 1
    start = end - 1
    while start > 0 and end - start <= _LONGEST + 1 and sentence[start].is_word:
        start -= 1
    if start <= 0 or sentence[start].text != "," or end - start < 3:
        return None
    first, last = start + 1, end - 1
    words = [token.lower for token in sentence[first:end]]
    for credit in _CREDITING:
        if tuple(words[: len(credit)]) == credit and len(words) > len(credit):
            return Tail(start, end, first, (first + len(credit), end))
    if any(is_finite(sentence, at) for at in range(first + 1, end - 1)):
        return None
    if _speaks(words[0]) and _names(sentence[first + 1]) and words[1] not in _TAKING_UP and words[-1] != "same":
        return Tail(start, end, first, (first + 1, end))
    if _speaks(words[-1]) or (words[-1].endswith(("s", "ed")) and stem(words[-1]) in _reporting()):
        return Tail(start, end, last, (first, last)) if _names(sentence[first]) else None
    return None


def _speaks(word: str) -> bool:
    return stem(word) in _SPOKEN and not word.endswith("ing")


def _names(token: Token) -> bool:
    """Whether a name or a noun phrase may begin here."""
    return token.text[0].isupper() or token.lower in words_of("determiners") | words_of("pronouns") or _is_plural(token)


def _is_plural(token: Token) -> bool:
    return token.lower.endswith("s") or token.lower in ("police", "people")


@cache
def _reporting() -> frozenset[str]:
    return frozenset(stem(word) for word in words_of("reporting verbs"))
