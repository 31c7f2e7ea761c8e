"""The language of a search: words that all have to be there, "a phrase", OR, NOT or a minus, and a prefix with *.

`a OR b c` means (a or b) and c. Case and accents do not count, nor does punctuation: "state-run" is the phrase
"state run". The letters, digits and accents of a text are its words, as SQLite's unicode61 cuts them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from sourceline.errors import UsageError

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_FIELD = re.compile(r"(source|outlet|act|since|until):(\S+)")
MAX_WORDS = 100
SHORTEST_PREFIX = 2

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})
_ACCENT = re.compile("[\u0300-\u036f]")
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


def parse_terms(text: str, *, all_but: bool = False) -> Terms:
    """What a search asks for; with `all_but` it may also name only what is left out.

    Raises UsageError, which says what to write instead.
    """
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
    if not required and not (all_but and excluded):
        raise UsageError("the search holds no word to look for: name at least one that has to be there")
    if sum(len(term.words) for group in (*required, excluded) for term in group) > MAX_WORDS:
        raise UsageError(f"the search has more than {MAX_WORDS} words: leave some out")
    return Terms(required=tuple(map(tuple, required)), excluded=tuple(excluded))


def _pieces(text: str) -> Iterator[tuple[str | None, bool, Term | None]]:
    """An operator, or a term and whether it has a minus before it; what holds no word is passed over."""
    for piece in _PIECE.finditer(text):
        minus, phrase, star, word = piece.groups()
        if phrase is None and not minus and word in ("OR", "NOT", "AND"):
            yield word, False, None
            continue
        if phrase is None:
            _refuse_other_languages(word)
        words = words_of(phrase if phrase is not None else word)
        prefix = bool(star) or (phrase is None and word.endswith("*"))
        if not words:
            continue
        if prefix and len(words[-1]) < SHORTEST_PREFIX:
            raise UsageError(f"give at least {SHORTEST_PREFIX} letters before *")
        yield None, bool(minus), Term(words=words, prefix=prefix)


def _refuse_other_languages(word: str) -> None:
    """Raises UsageError for what other searches understand and this one would take for something else."""
    if word.startswith("NEAR("):
        raise UsageError('NEAR is not understood: write "two words" for words next to each other')
    if "(" in word or ")" in word:
        raise UsageError(
            "brackets are not understood: OR joins the words beside it, and all the rest has to hold; "
            "for (peace OR truce) AND depot write peace OR truce depot"
        )
    if word in ("|", "||"):
        raise UsageError(f"{word} is not understood: write peace OR truce")
    if word.startswith("!") and WORD.match(word, 1):
        raise UsageError(f"{word} is not understood: to leave a word out write -{word[1:]}")
    if "*" in word.rstrip("*") or "**" in word:
        raise UsageError(f"{word} is not understood: * stands at the end, for words that begin so: write reserv*")
    if (field := _FIELD.match(word)) is not None:
        raise UsageError(f"{field[0]} is not understood: give it apart from the words: --{field[1]} {field[2]}")


def first_place(text: str, terms: Terms) -> tuple[int, int] | None:
    """[start, end) of the first place in the text where one of the required terms stands; None where none does."""
    if _ACCENT.search(text):
        found = (_among_words(text, term) for group in terms.required for term in group)
    else:
        plain = text.lower() if text.isascii() else text.translate(_PLAIN)
        found = (_among_letters(plain, term) for group in terms.required for term in group)
    return min((place for place in found if place is not None), default=None)


def is_in(text: str, terms: Terms) -> bool:
    """Whether the text is what was asked for."""
    if any(_among_words(text, term) for term in terms.excluded):
        return False
    return all(any(_among_words(text, term) for term in group) for group in terms.required)


def _among_letters(plain: str, term: Term) -> tuple[int, int] | None:
    """In a text that has a plain letter for each of its letters."""
    words = r"[\W_]+".join(map(re.escape, term.words))
    ending = r"[^\W_]*" if term.prefix else r"(?![^\W_])"
    place = re.search(rf"(?<![^\W_]){words}{ending}", plain)
    return None if place is None else place.span()


def _among_words(text: str, term: Term) -> tuple[int, int] | None:
    """In any text, word by word."""
    recent: deque[tuple[str, int]] = deque(maxlen=len(term.words))
    for word in WORD.finditer(text):
        recent.append((fold_word(word[0]), word.start()))
        if len(recent) == len(term.words) and all(
            known == wanted or (term.prefix and i == len(term.words) - 1 and known.startswith(wanted))
            for i, ((known, _), wanted) in enumerate(zip(recent, term.words, strict=True))
        ):
            return recent[0][1], word.end()
    return None


class _Letters(dict[int, int]):
    """Each letter's plain one: lower case, without an accent. Filled as letters are met."""

    def __missing__(self, code: int) -> int:
        plain = fold_word(chr(code))
        self[code] = ord(plain) if len(plain) == 1 else code
        return self[code]


_PLAIN = _Letters()
