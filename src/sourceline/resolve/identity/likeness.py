"""How two names are alike, and what roles and affiliations add to it: a score with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from sourceline.model.source import SourceKind
from sourceline.resolve.identity.bodies import is_common, is_distinctive_name, is_stem
from sourceline.resolve.identity.faces import Face, acronyms_of
from sourceline.resolve.identity.kinship import bodies_differ, can_be_one_kind, functions_differ
from sourceline.resolve.identity.spelling import are_one_letter_apart, are_transliterations

_MOST_INITIALS = 3
_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """score: of the names alone; telling: whether they are alike enough with nothing beside them."""

    score: float
    reason: str
    telling: bool = True


def compare(a: Face, b: Face) -> Likeness | None:
    """Whether and how far two faces may be one source; None where they hardly are, or cannot be."""
    if not can_be_one_kind(a.kind, b.kind):
        return None
    if a.kind is not SourceKind.PERSON:
        return _compare_bodies(a, b)
    names = _like_people(a, b)
    return None if names is None else _weigh(names, a, b)


def _weigh(names: _Names, a: Face, b: Face) -> Likeness | None:
    """A person's names with what is told beside them. Names that differ need something that agrees and nothing that
    contradicts; equal ones may contradict in one thing."""
    score, reasons, against = names.score, [names.reason], 0
    keys = {body.key for body in b.bodies}
    shared = next((body for body in a.bodies if body.key in keys), None)
    agrees = shared is not None
    if shared is not None:
        score += 0.25 if shared.is_distinctive else 0.05 if shared.is_broad or shared.is_word else 0.15
        reasons.append(f"both belong to {shared.name}")
    elif _all(bodies_differ, a.bodies, b.bodies):
        score -= 0.3
        against += 1
        reasons.append("what they belong to differs")
    elif a.bodies and b.bodies:
        score, agrees = score + 0.1, True
        reasons.append("what they belong to may be one")
    offices = _offices(a) & _offices(b)
    families = {f.family for f in a.functions if f.family} & {f.family for f in b.functions}
    if offices:
        score, agrees = score + 0.2, True
        reasons.append(f"both speak as {min(offices)}")
    elif _all(functions_differ, a.functions, b.functions):
        score -= 0.3
        against += 1
        reasons.append("their functions differ")
    elif families:
        heads = {f.head for f in a.functions} & {f.head for f in b.functions}
        score, agrees = score + (0.1 if heads else 0.05), agrees or names.telling
        reasons.append("their functions go together")
    if against > 1 or (against and a.key != b.key) or not (agrees or names.telling):
        return None
    return Likeness(score=round(min(score, 1.0), 3), reasons=tuple(reasons))


def _all(differ: Callable[[_Told, _Told], bool], mine: Sequence[_Told], others: Sequence[_Told]) -> bool:
    return bool(mine and others) and all(differ(x, y) for x, y in product(mine, others))


def _offices(face: Face) -> set[str]:
    return {office for function in face.functions for office in function.offices}


def _like_people(a: Face, b: Face) -> _Names | None:
    if a.key == b.key:
        return _Names(0.6, f"both are called {a.name}")
    if len(a.words) == 1 or len(b.words) == 1:
        short, long = (a, b) if len(a.words) == 1 else (b, a)
        is_surname = short.words[0] in long.words[1:]
        return _Names(0.35, f"{short.name} may be {long.name} by surname", False) if is_surname else None
    if "".join(a.words) == "".join(b.words):
        return _Names(0.55, f"{a.name} and {b.name} are the same letters")
    if sorted(a.words) == sorted(b.words):
        return _Names(0.55, f"{a.name} and {b.name} are the same names in another order")
    short, long = sorted((a, b), key=lambda face: (len(face.words), len(face.key), face.key))
    if _shortens(short.words, long.words):
        return _Names(0.45, f"{short.name} may be short for {long.name}", False)
    if are_transliterations(a.key, b.key) or are_one_letter_apart(a.key, b.key):
        return _Names(0.4, f"{a.name} and {b.name} may be spellings of one name")
    return None


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one name is the other with names left out or cut to initials: a second surname, a patronymic."""
    if len(long) > len(short) and short in (long[: len(short)], long[-len(short) :]):
        return True
    if short[-1] != long[-1]:
        return False
    return _abbreviates(short[:-1], long[:-1]) or _abbreviates(long[:-1], short[:-1])


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether given names are initials of, or some of, others: "t", "tk" and "thomas k" of "thomas", "kwame"."""
    if len(short) == 1 and len(short[0]) <= _MOST_INITIALS and short[0] != long[0]:
        letters: Sequence[str] = tuple(short[0])
    else:
        letters = short
    if len(letters) > len(long) or not letters or not _begins(letters[0], long[0]):
        return False
    rest = iter(long[1:])
    return all(any(_begins(word, other) for other in rest) for word in letters[1:])


def _begins(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word)) or (len(other) == 1 and word.startswith(other))


def _compare_bodies(a: Face, b: Face) -> Likeness | None:
    if (a.entry and b.entry and a.entry != b.entry) or _all(bodies_differ, a.bodies, b.bodies):
        return None
    names = _like_bodies(a, b)
    if names is None:
        return None
    reasons = [names.reason]
    if a.kind is not b.kind:
        reasons.append(f"but one is read as {a.kind.value}, the other as {b.kind.value}")
    return Likeness(score=round(names.score - (0.05 if a.kind is not b.kind else 0), 3), reasons=tuple(reasons))


def _like_bodies(a: Face, b: Face) -> _Names | None:
    if a.key == b.key:
        clear = is_distinctive_name(a.name)
        return _Names(0.8 if clear else 0.5, f"both are called {a.name}" + ("" if clear else ", as many are"))
    if a.entry is not None and a.entry == b.entry:
        return _Names(0.9, f"the alias table has {a.name} and {b.name} as names of {a.entry}")
    if "".join(a.words) == "".join(b.words):
        return _Names(0.7, f"{a.name} and {b.name} are the same letters")
    if a.content == b.content:
        return _Names(0.7, f"{a.name} and {b.name} are the same but for order, legal form or small words")
    for short, long in ((a, b), (b, a)):
        if short.acronym is not None and short.acronym in acronyms_of(long.words):
            return _Names(0.6, f"{short.name} may stand for {long.name}")
    return _like_owners(a, b) or _like_spellings(a, b)


def _like_owners(a: Face, b: Face) -> _Names | None:
    """Bodies of one sort: of a country and of its people by the letters, or of nobody in particular and somebody's."""
    only_a, only_b = a.content - b.content, b.content - a.content
    if len(only_a) == len(only_b) == 1:
        (x,), (y,) = only_a, only_b
        if is_stem(x, y) and len(a.content) > 1 and not is_common(x) and not is_common(y) and abs(len(x) - len(y)) > 1:
            return _Names(0.65, f"{a.name} and {b.name} may be of one country")
    for small, large, owner in ((a, b, only_b), (b, a, only_a)):
        if small.content < large.content and all(map(is_common, small.content)) and not any(map(is_common, owner)):
            return _Names(0.3, f"{small.name} may be {large.name}")
    return None


def _like_spellings(a: Face, b: Face) -> _Names | None:
    alike = are_one_letter_apart(a.key, b.key) or (
        are_transliterations(a.key, b.key)
        and all(min(len(x), len(y)) >= 5 for x, y in zip(a.words, b.words, strict=True) if x != y)
    )
    if not alike or any(c.isdigit() for c in a.key + b.key):
        return None
    return _Names(0.45, f"{a.name} and {b.name} may be spellings of one name")
