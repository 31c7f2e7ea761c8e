"""Names and reference of a text as a test states them, in the place of those that are read by the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.model.mention import Entity, EntityKind, EntityMention, MentionForm

KINDS = {"P": EntityKind.PERSON, "O": EntityKind.ORGANISATION, "L": EntityKind.PLACE}
PRONOUNS = frozenset("he she they it who".split())


@dataclass(frozen=True)
class Stated:
    """`names` in order, and the entities that share mentions."""

    names: tuple[EntityMention, ...]
    entities: tuple[Entity, ...]
    certainty: float = 1.0

    def entity_at(self, start: int, end: int) -> Entity | None:
        found = [e for e in self.entities if any(start <= m.start and m.end <= end for m in e.mentions)]
        return found[0] if len(found) == 1 else None

    def certainty_at(self, start: int, end: int) -> float:
        return self.certainty


def refer(text: str, names: str, *chains: Sequence[str]) -> Stated:
    """`names`: "P Ana Ruiz; O Arms Board", every occurrence counts. `chains`: wordings that are one and the same, in
    the order of the text, each taken from where the one before ended; a name alone is an entity of its own."""
    found: list[EntityMention] = []
    for part in names.split(";"):
        kind, _, name = part.strip().partition(" ")
        start = text.find(name)
        while start >= 0:
            if not any(m.start <= start < m.end for m in found):
                found.append(_mention(start, name, MentionForm.NAME, KINDS[kind]))
            start = text.find(name, start + 1)
    found.sort(key=lambda m: m.start)
    entities, used = [], set()
    for chain in chains:
        at, mentions = 0, []
        for wording in chain:
            start = text.index(wording, at)
            at = start + len(wording)
            named = next((m for m in found if (m.start, m.end) == (start, at)), None)
            form = MentionForm.PRONOUN if wording.lower() in PRONOUNS else MentionForm.NOMINAL
            mentions.append(named or _mention(start, wording, form, EntityKind.PERSON))
        used |= {(m.start, m.end) for m in mentions}
        entities.append(Entity(mentions=tuple(mentions), kind=mentions[0].kind))
    entities += [Entity(mentions=(m,), kind=m.kind) for m in found if (m.start, m.end) not in used]
    return Stated(tuple(found), tuple(entities))


def _mention(start: int, wording: str, form: MentionForm, kind: EntityKind) -> EntityMention:
    return EntityMention(start=start, end=start + len(wording), form=form, kind=kind, certainty=1.0)
