"""An identity under one of its names, and where to look for others like it: those that share a block with it.

Each block holds what one sort of likeness cannot do without (the surname and an initial, the consonants, the entry of
the alias table ...), so that nothing is compared with everything (blocking: Christen, Data Matching, 2012, chapter 4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sourceline.lexicon.aliases import find_entries
from sourceline.lexicon.words import words_of
from sourceline.model.source import SourceKind
from sourceline.resolve.identity.bodies import Body, body_words, is_common
from sourceline.resolve.identity.functions import Function
from sourceline.resolve.identity.profiles import Described
from sourceline.resolve.identity.reasons import cut
from sourceline.resolve.identity.spelling import skeleton

MOST_WORDS = 8
"""Words of a name that blocks are made of."""
_MOST_TOLD = 8
"""Different roles, or bodies, of one identity that are compared."""
_LONGEST_ACRONYM = 8
_SMALL = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "the", "to"))
_GOVERNING = words_of("governing words")
_FORMAL = words_of("formal words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One name of an identity, with what all its profiles say."""

    identity: int
    """Its place in the order of identities."""
    name: str
    key: str
    words: tuple[str, ...]
    kind: SourceKind
    functions: tuple[Function, ...]
    bodies: tuple[Body, ...]
    content: frozenset[str]
    """Of a body: its words without small ones, legal forms, its own acronym, "government" and "department"."""
    entry: str | None
    """Of a body: the one entry of the alias table with this name."""
    acronym: str | None
    """Of a body: its name where that looks like an acronym."""


def faces_of(number: int, described: Collection[Described]) -> Iterator[Face]:
    """One face for each key and kind of an identity's profiles, which are given in the order of their ids."""
    functions = {one.function.words: one.function for one in described if one.function is not None}
    bodies = {one.body.key: one.body for one in described if one.body is not None}
    seen: set[tuple[str, SourceKind]] = set()
    for one in described:
        profile = one.profile
        if (profile.key, profile.kind) in seen:
            continue
        seen.add((profile.key, profile.kind))
        is_person = profile.kind is SourceKind.PERSON
        entries = () if is_person else find_entries(profile.name)
        words = tuple(profile.key.split())
        yield Face(
            identity=number,
            name=cut(profile.name),
            key=profile.key,
            words=words,
            kind=profile.kind,
            functions=tuple(functions.values())[:_MOST_TOLD],
            bodies=tuple(bodies.values())[:_MOST_TOLD],
            content=frozenset() if is_person else _content(profile.name),
            entry=entries[0].name if len(entries) == 1 else None,
            acronym=None if is_person else _acronym(profile.name, words),
        )


def blocks_of(face: Face) -> Iterator[tuple[str, ...]]:
    """The blocks that a face is in; faces without a common block are not compared."""
    yield "key", face.key
    yield "letters", "".join(face.words)
    if face.kind is SourceKind.PERSON:
        yield from _blocks_of_person(face)
    else:
        yield from _blocks_of_body(face)


def acronyms_of(words: tuple[str, ...]) -> set[str]:
    """The acronyms of a name, with and without its small words; none of a single word."""
    if len(words) < 2:
        return set()
    return {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)} - {""}


def _blocks_of_person(face: Face) -> Iterator[tuple[str, ...]]:
    words = face.words
    surnames = words if len(words) == 1 else words[1:][-2:]
    for surname in surnames:
        for body in face.bodies:
            yield "surname and body", surname, body.key
        for office in {office for function in face.functions for office in function.offices}:
            yield "surname and office", surname, office
    if len(words) == 1:
        return
    yield "any order", *sorted(words[:MOST_WORDS])
    yield "consonants", *map(skeleton, words[:MOST_WORDS])
    yield "initial and surname", words[0][0], words[-1]
    yield "given name and initial", words[0], words[-1][0]
    yield "first two", *words[:2]
    yield "last two", *words[-2:]


def _blocks_of_body(face: Face) -> Iterator[tuple[str, ...]]:
    words = face.words[:MOST_WORDS]
    yield "content", *sorted(face.content)
    yield "consonants", *map(skeleton, words)
    if face.entry is not None:
        yield "entry", face.entry
    if face.acronym is not None:
        yield "acronym", face.acronym
    for acronym in acronyms_of(face.words):
        yield "acronym", acronym
    common = sorted(word for word in face.content if is_common(word))
    if common:
        own = sorted(face.content.difference(common))
        yield "sort", *common
        yield "sort and owner", *common, *(word[:4] for word in own)
    if len(words) > 1:
        for i, word in enumerate(words):
            yield "all but one", *words[:i], word[0], *words[i + 1 :]


def _content(name: str) -> frozenset[str]:
    words = body_words(name)
    kept = frozenset(
        word for i, word in enumerate(words) if len(words) < 4 or word not in acronyms_of(words[:i] + words[i + 1 :])
    )
    plain = kept - _GOVERNING or kept
    return plain - _FORMAL if len(plain - _FORMAL) > 1 else plain


def _acronym(name: str, words: tuple[str, ...]) -> str | None:
    letters = name.replace(".", "").replace(" ", "")
    is_one = len(words) == 1 and 2 <= len(words[0]) <= _LONGEST_ACRONYM and letters.isalpha() and letters.isupper()
    return words[0] if is_one else None
