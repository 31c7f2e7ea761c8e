"""The bodies that people belong to, as they are compared: by the alias table, or by their words in any order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Prefix

from sourceline.lexicon.aliases import PlaceRank, find_country, find_entries
from sourceline.lexicon.nouns import class_of
from sourceline.lexicon.words import words_of
from sourceline.model.source import SourceKind
from sourceline.resolve.identity.keys import fold_key, fold_words

_LONGEST = 200
"""Characters of a name or affiliation that are read."""
_SMALL = frozenset(("a", "an", "the", "of", "for", "in", "at", "on", "to", "and"))
_COMPANY_FORMS = words_of("company forms")
_PARTIES = words_of("parties") | {"d", "r", "i", "party"}
_COMMON = words_of("common in names") | words_of("portfolios") | words_of("bodies") | words_of("bodies of many")
_OF_MANY = words_of("bodies of many")
_GOVERNING = words_of("governing words")
_STEM = 4
"""Letters that the name of a country and its people's adjective share at least ("Veldan", "Veldanian")."""
_ENDING = 4
"""Letters that such an adjective has more at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An affiliation. Two with one key are the same body."""

    key: str
    name: str
    """As it was first read."""
    words: frozenset[str]
    """Without small words, legal forms and "government"."""
    own_words: frozenset[str]
    """The words that are no common nouns: what tells this body from others of its sort."""
    is_state: bool
    country: str | None
    """ISO 3166-1 code, where the alias table has it."""
    is_party: bool
    is_distinctive: bool
    """Whether few enough belong to it that a full name tells who is meant."""
    is_broad: bool
    """Whether it is a state or region, or a party: people of one name and field may well belong to it."""
    is_word: bool
    """Whether a single word is all that is known of it: a firm, or a town."""


def read_body(affiliation: str | None) -> Body | None:
    """The body that an affiliation names; None where it names none ("the company")."""
    return _read(affiliation[:_LONGEST]) if affiliation else None


@lru_cache(maxsize=8192)
def _read(text: str) -> Body | None:
    words = body_words(text)
    if not words or (len(words) == 1 and class_of(words[0]) is not None and not _is_party(words)):
        return None
    entries = find_entries(text)
    entry = entries[0] if len(entries) == 1 else None
    is_state = entry.place is PlaceRank.STATE if entry else False
    country = entry.iso3166 if entry else (None if entries else find_country(text))
    if country is not None and (is_state or entry is None):
        key = f"country {country}"
    else:
        key = f"entry {entry.name}" if entry else " ".join(sorted(set(words)))
    own = frozenset(word for word in words if not is_common(word))
    known = entry is not None and entry.place is None
    named = len(words) > 1 and bool(own) and entry is None and country is None
    is_party = _is_party(words)
    is_state = is_state or (country is not None and entry is None)
    return Body(
        key=key,
        name=" ".join(text.split()),
        words=frozenset(words) - _GOVERNING or frozenset(words),
        own_words=own,
        is_state=is_state,
        country=country,
        is_party=is_party,
        is_broad=is_state or is_party or (entry is not None and entry.place is not None),
        is_word=len(words) == 1 and entry is None,
        is_distinctive=(known or named) and _OF_MANY.isdisjoint(words),
    )


def are_kin(a: Body, b: Body) -> bool:
    """Whether two affiliations may be one person's at a time: the same, one within the other, a state and what is of
    it, a body without its owner ("the energy ministry"), a party beside anything that is none."""
    if a.is_party != b.is_party or not a.own_words or not b.own_words:
        return True
    of_one_state = a.country is not None and a.country == b.country and (a.is_state or b.is_state)
    return of_one_state or is_part_by_name(a, b)


def is_part_by_name(a: Body, b: Body) -> bool:
    """Whether they are the same, or all words of one name are in the other's ("Hallen", "Hallen police")."""
    if a.key == b.key:
        return True
    smaller, larger = sorted((a.words, b.words), key=len)
    return bool(a.own_words and b.own_words) and all(any(is_stem(word, other) for other in larger) for word in smaller)


def is_stem(a: str, b: str) -> bool:
    """Whether one word is the other, or the adjective of it as far as letters tell."""
    if a == b:
        return True
    shared = Prefix.similarity(a, b)
    shorter, longer = sorted((len(a), len(b)))
    return shared >= max(_STEM, shorter - 1) and longer - shared <= _ENDING


def body_words(name: str) -> tuple[str, ...]:
    """The words of a body's name without articles, small words and legal forms, in its order."""
    words = [word for word in fold_words(name[:_LONGEST]) if word not in _SMALL]
    while len(words) > 1 and words[-1] in _COMPANY_FORMS:
        words.pop()
    return tuple(words)


def is_common(word: str) -> bool:
    """Whether very many bodies have the word in their names."""
    return word in _COMMON or class_of(word) is not None


def is_distinctive_name(name: str) -> bool:
    """Whether a body, outlet or document of this name is hardly ever another: one entry of the alias table has it, or
    it has two words and more that are not all common ("Supreme Court")."""
    words = fold_key(name, SourceKind.ORGANISATION).split()
    if all(is_common(word) or word in _SMALL for word in words):
        return False
    entries = find_entries(name)
    return len(entries) == 1 or (not entries and len(words) > 1)


def _is_party(words: tuple[str, ...]) -> bool:
    return len(words) <= 2 and not _PARTIES.isdisjoint(words)
