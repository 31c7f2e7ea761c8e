"""What resolving sources asks of the reading of names and reference; `coreference` provides it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sourceline.model.mention import Entity, EntityMention


class Entities(Protocol):
    """The names of a text in order, and which of its mentions are one and the same."""

    @property
    def names(self) -> Sequence[EntityMention]: ...

    @property
    def entities(self) -> Sequence[Entity]: ...

    def entity_at(self, start: int, end: int) -> Entity | None:
        """The entity of the mention that heads these characters; None where none does, or it is not sure."""
        ...

    def certainty_at(self, start: int, end: int) -> float:
        """How probably the mention that heads these characters belongs to that entity, 0 to 1."""
        ...
