"""The named entities of a text, and what it says of each: functions, the words beside, kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from sourceline.lexicon.nouns import singular_of
from sourceline.model.mention import Entity, EntityKind, EntityMention, MentionForm
from sourceline.model.source import SourceKind
from sourceline.resolve.entities import Entities
from sourceline.resolve.kinds import kind_of_name
from sourceline.resolve.roles import find_role

ROLE_REACH = 120
"""Characters before and after a name in which its role is looked for."""
_ROLE_MENTIONS = 4
"""How many of a person's mentions are asked for a function."""
_BESIDE, _BESIDE_MENTIONS = 60, 6
"""Characters beside a name that are looked at, and how many of its mentions."""

Range = tuple[int, int]
_FOUND = TypeVar("_FOUND")

_HONORIFIC = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Pres|Adm|Prof|Rev|Sir|Dame|Lord|Lady|President|Senator|"
    r"Representative|Governor|Secretary|Judge|Justice|King|Queen|Prince|Pope)\b\.?\s+)+(?=\S)"
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_ARTICLE = re.compile(r"^(?:the|an?|The|An?)\s+(?=\S)")


class KnownEntities:
    """One text's named entities, and what it says of each, looked at when it is first asked for."""

    def __init__(self, text: str, entities: Entities, names_in: Callable[[int, int], list[EntityMention]]) -> None:
        self._text = text
        self._entities = entities
        self._names_in = names_in
        self._functions: dict[Range, frozenset[str]] = {}
        self._nouns: dict[Range, frozenset[str]] = {}
        self._beside: dict[Range, frozenset[str]] = {}
        self._starts: dict[Range, list[int]] = {}

    @cached_property
    def named(self) -> list[tuple[Entity, list[EntityMention]]]:
        """The entities that have a name, each with its names."""
        named = ((e, [m for m in e.mentions if m.form is MentionForm.NAME]) for e in self._entities.entities)
        return [(entity, names) for entity, names in named if names]

    def functions_of(self, entity: Entity) -> frozenset[str]:
        """The nouns of the functions that the text states beside a person's names, singular, in small letters."""
        return self._once(self._functions, entity, self._find_functions)

    def nouns_of(self, entity: Entity) -> frozenset[str]:
        """The words of the entity's fullest name, singular, in small letters."""
        return self._once(
            self._nouns, entity, lambda e: frozenset(map(singular_of, fullest_name(self._text, names_of(e)).split()))
        )

    def words_beside(self, entity: Entity) -> frozenset[str]:
        """The words that stand close to the entity's first names, in small letters."""
        return self._once(self._beside, entity, self._find_words)

    def starts_of(self, entity: Entity) -> list[int]:
        """Where its mentions begin, in order."""
        return self._once(self._starts, entity, lambda e: [m.start for m in e.mentions])

    def kind_of(self, entity: Entity) -> SourceKind:
        names = names_of(entity)
        return kind_of_name(fullest_name(self._text, names), names[0].kind)

    def _once(self, known: dict[Range, _FOUND], entity: Entity, find: Callable[[Entity], _FOUND]) -> _FOUND:
        key = entity.mentions[0].start, entity.mentions[0].end
        if key not in known:
            known[key] = find(entity)
        return known[key]

    def _find_functions(self, entity: Entity) -> frozenset[str]:
        if entity.kind is not EntityKind.PERSON:
            return frozenset()
        stated = (self._function(name) for name in names_of(entity)[:_ROLE_MENTIONS])
        return frozenset(noun for noun in stated if noun)

    def _function(self, name: EntityMention) -> str | None:
        first, last = max(0, name.start - ROLE_REACH), min(len(self._text), name.end + ROLE_REACH)
        role = find_role(self._text, name, first, last, self._names_in(first, last), inside=False).role
        words = self._text[slice(*role)].split(" of ")[0].split() if role else []
        return singular_of(words[-1]) if words else None

    def _find_words(self, entity: Entity) -> frozenset[str]:
        found: set[str] = set()
        for name in names_of(entity)[:_BESIDE_MENTIONS]:
            beside = self._text[max(0, name.start - _BESIDE) : name.end + _BESIDE]
            found.update(word.lower() for word in _WORD.findall(beside))
        return frozenset(found)


def names_of(entity: Entity) -> list[EntityMention]:
    return [m for m in entity.mentions if m.form is MentionForm.NAME]


def fullest_name(text: str, names: Sequence[EntityMention]) -> str:
    """The name with the most words; of equals the first."""
    wordings = [plain_name(text, name) for name in names]
    return max(wordings, key=lambda name: (len(name.split()), name.istitle() or not name.isupper(), len(name)))


def plain_name(text: str, name: EntityMention) -> str:
    words = " ".join(text[name.start : name.end].split())
    words = re.sub(r"['’]s?$", "", words) if not words.endswith("s'") else words[:-1]
    bare = _HONORIFIC.sub("", words) if name.kind is EntityKind.PERSON else words
    return _ARTICLE.sub("", bare) if name.kind is not EntityKind.PERSON else bare
