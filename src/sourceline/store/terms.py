"""The language of a search: words that all have to be there, "a phrase", OR, NOT or a minus, and a prefix with *.

`a OR b c` means (a or b) and c. Case and accents do not count, nor does punctuation: "state-run" is the phrase
"state run". The letters, digits and accents of a text are its words, as SQLite's unicode61 cuts them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sourceline.errors import UsageError

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
MAX_TERMS = 100
SHORTEST_PREFIX = 2

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})
_PIECE = re.compile(r'(-?)(?:"([^"]*)"(\*?)|([^\s"]+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that follow each other, folded; the last may be a prefix."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One term of every group in `required` has to be there, and none of `excluded`."""

    required: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()


def fold_word(word: str) -> str:
    """Without case and accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(fold_word(word[0]) for word in WORD.finditer(text))


def parse_terms(text: str) -> Terms:
    """What a search asks for. Raises UsageError, which says what to write instead."""
    plain = text.translate(_QUOTES)
    if plain.count('"') % 2:
        raise UsageError('a quotation mark lacks its partner: write "two or more words"')
    required: list[list[Term]] = []
    excluded: list[Term] = []
    joins = negates = False
    for operator, negated, term in _pieces(plain):
        if operator == "OR":
            if joins or negates or not required:
                raise UsageError("OR stands between two words: write peace OR truce")
            joins = True
        elif operator == "NOT":
            if joins or negates:
                raise UsageError("NOT stands before one word and cannot follow OR: write peace NOT truce")
            negates = True
        elif term is not None:
            if negated or negates:
                if joins:
                    raise UsageError("what is left out cannot be one of two: write peace -truce")
                excluded.append(term)
            elif joins:
                required[-1].append(term)
            else:
                required.append([term])
            joins = negates = False
    if joins or negates:
        raise UsageError("the search ends with OR or NOT: name the word that comes after it")
    if not required:
        raise UsageError("the search holds no word to look for: name at least one that has to be there")
    if sum(map(len, required)) + len(excluded) > MAX_TERMS:
        raise UsageError(f"the search has more than {MAX_TERMS} words: leave some out")
    return Terms(required=tuple(map(tuple, required)), excluded=tuple(excluded))


def _pieces(text: str) -> Iterator[tuple[str | None, bool, Term | None]]:
    """An operator, or a term and whether it has a minus before it; what holds no word is passed over."""
    for piece in _PIECE.finditer(text):
        minus, phrase, star, word = piece.groups()
        if phrase is None and not minus and word in ("OR", "NOT", "AND"):
            yield word, False, None
            continue
        if phrase is None and ("(" in word or ")" in word):
            raise UsageError("brackets are not understood: OR joins the words beside it, and all the rest has to hold")
        words = words_of(phrase if phrase is not None else word)
        prefix = bool(star) or (phrase is None and word.endswith("*"))
        if not words:
            continue
        if prefix and len(words[-1]) < SHORTEST_PREFIX:
            raise UsageError(f"give at least {SHORTEST_PREFIX} letters before *")
        yield None, bool(minus), Term(words=words, prefix=prefix)


def first_place(text: str, terms: Terms) -> tuple[int, int] | None:
    """[start, end) of the first place in the text where one of the required terms stands; None where none does."""
    starts: dict[str, list[Term]] = {}
    prefixes: list[Term] = []
    for term in (term for group in terms.required for term in group):
        if term.prefix and len(term.words) == 1:
            prefixes.append(term)
        else:
            starts.setdefault(term.words[0], []).append(term)
    open_terms: list[tuple[Term, int, int]] = []
    best: tuple[int, int] | None = None
    for word in WORD.finditer(text):
        folded, start, end = fold_word(word[0]), word.start(), word.end()
        candidates = [*open_terms, *((term, 0, start) for term in starts.get(folded, ()))]
        open_terms = []
        if any(folded.startswith(term.words[0]) for term in prefixes):
            best = min(best or (start, end), (start, end))
        for term, index, begun in candidates:
            last = index == len(term.words) - 1
            if last and (folded == term.words[index] or (term.prefix and folded.startswith(term.words[index]))):
                best = min(best or (begun, end), (begun, end))
            elif not last and folded == term.words[index]:
                open_terms.append((term, index + 1, begun))
        if best is not None and all(begun > best[0] for _, _, begun in open_terms):
            return best
    return best
