"""A source while it is being put together, in character ranges of the text that was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from sourceline.lexicon.aliases import Entry
from sourceline.model.mention import Entity
from sourceline.model.source import SourceKind
from sourceline.resolve.source_phrases import Phrase, Range


@dataclass(slots=True)
class FoundSource:
    """One source of the text; `members` and `office_of` are places in the list of sources."""

    name: str
    named: bool
    kind: SourceKind
    mentions: set[Range] = field(default_factory=set)
    role: str | None = None
    affiliation: str | None = None
    members: list[int] = field(default_factory=list)
    office_of: int | None = None
    reason: Range | None = None
    count: int | None = None
    entry: Entry | None = None
    is_entity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a source was told by: its entity, if it is one, and the phrases that stand for it, as they came."""

    entity: Entity | None
    phrases: tuple[Phrase, ...]
