"""The nouns of reference: a mention of somebody or something, and the entity that mentions share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MentionForm(StrEnum):
    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class EntityKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMention:
    """Half-open characters [start, end) of the text that was read. A name's are those of the name alone, without
    titles; a nominal's those of the noun phrase without what follows its head."""

    start: int
    end: int
    form: MentionForm
    kind: EntityKind
    certainty: float
    """Of the mention being one, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Mentions of one and the same, in the order of the text."""

    mentions: tuple[EntityMention, ...]
    kind: EntityKind
