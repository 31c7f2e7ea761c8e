"""The named entities of a text, by what a definite noun may tell of them: the noun in a body's name, the only outlet so
far, a person's function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from sourceline.lexicon.nouns import NounClass, class_of, singular_of
from sourceline.model.mention import Entity, EntityKind, Mention, MentionForm
from sourceline.model.source import SourceKind
from sourceline.resolve.entities import Entities
from sourceline.resolve.kinds import kind_of_name
from sourceline.resolve.roles import find_role
from sourceline.resolve.source_phrases import Phrase

ROLE_REACH = 120
"""Characters before and after a name in which its role is looked for."""
_ROLE_MENTIONS = 4
"""How many of a person's mentions are asked for a function."""
_HONORIFIC = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Prof|Rev|Sir|Dame|Lord|Lady|President|Senator|"
    r"Representative|Governor|Secretary|Judge|Justice|King|Queen|Prince|Pope)\b\.?\s+)+(?=\S)"
)
_ARTICLE = re.compile(r"^(?:the|an?|The|An?)\s+(?=\S)")


class KnownEntities:
    """Indexes over one text's named entities, each built when it is first asked for."""

    def __init__(self, text: str, entities: Entities, names_in: Callable[[int, int], list[Mention]]) -> None:
        self._text = text
        self._entities = entities
        self._names_in = names_in

    def meant_by(self, phrase: Phrase) -> Entity | None:
        """The one named entity before "the authority", "the paper" or "the senator" that this noun tells of: a body
        with the noun in its name, the only outlet so far, or the only person with this function."""
        noun, kind = singular_of(phrase.head), class_of(phrase.head)
        if kind in (NounClass.ORGANISATION, NounClass.GOVERNMENT, NounClass.MEDIA):
            found = self._before(phrase, self._bodies.get(noun, ()))
            if not found and kind is NounClass.MEDIA:
                found = self._before(phrase, self._outlets)
        elif kind in (NounClass.OFFICE, NounClass.PERSON) and not phrase.is_plural:
            found = self._before(phrase, self._functions.get(noun, ()))
        else:
            return None
        return found[0] if len(found) == 1 else None

    def _before(self, phrase: Phrase, entities: Iterable[Entity]) -> list[Entity]:
        return [entity for entity in entities if entity.mentions[0].start < phrase.start]

    @cached_property
    def _named_entities(self) -> list[tuple[Entity, list[Mention]]]:
        named = ((e, [m for m in e.mentions if m.form is MentionForm.NAME]) for e in self._entities.entities)
        return [(entity, names) for entity, names in named if names]

    @cached_property
    def _bodies(self) -> dict[str, list[Entity]]:
        """Entities that are no persons, by each noun in their names."""
        found: dict[str, list[Entity]] = {}
        for entity, names in self._named_entities:
            if entity.kind is not EntityKind.PERSON:
                for word in {singular_of(word) for word in fullest_name(self._text, names).split()}:
                    found.setdefault(word, []).append(entity)
        return found

    @cached_property
    def _outlets(self) -> list[Entity]:
        return [
            entity
            for entity, names in self._named_entities
            if kind_of_name(fullest_name(self._text, names), names[0].kind) is SourceKind.MEDIA
        ]

    @cached_property
    def _functions(self) -> dict[str, list[Entity]]:
        """Persons by the noun of the function that the text gives them."""
        found: dict[str, list[Entity]] = {}
        for entity, names in self._named_entities:
            if entity.kind is EntityKind.PERSON:
                nouns = {self._function(name) for name in names[:_ROLE_MENTIONS]} - {None}
                for noun in nouns:
                    found.setdefault(noun or "", []).append(entity)
        return found

    def _function(self, name: Mention) -> str | None:
        first, last = max(0, name.start - ROLE_REACH), min(len(self._text), name.end + ROLE_REACH)
        role = find_role(self._text, name, first, last, self._names_in(first, last), inside=False).role
        words = self._text[slice(*role)].split(" of ")[0].split() if role else []
        return singular_of(words[-1]) if words else None


def fullest_name(text: str, names: Sequence[Mention]) -> str:
    """The name with the most words; of equals the first."""
    wordings = [plain_name(text, name) for name in names]
    return max(wordings, key=lambda name: (len(name.split()), name.istitle() or not name.isupper(), len(name)))


def plain_name(text: str, name: Mention) -> str:
    words = " ".join(text[name.start : name.end].split())
    words = re.sub(r"['’]s?$", "", words) if not words.endswith("s'") else words[:-1]
    bare = _HONORIFIC.sub("", words) if name.kind is EntityKind.PERSON else words
    return _ARTICLE.sub("", bare) if name.kind is not EntityKind.PERSON else bare
