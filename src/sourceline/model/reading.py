"""What reading one document gives."""

from __future__ import annotations

from dataclasses import dataclass

from sourceline.model.source import Lineage, Source
from sourceline.model.speech import Assertion, Attribution
from sourceline.model.text import Document
from sourceline.model.value import Date, Place, Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersion:
    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with what was read in it, everything in the order of the text."""

    document: Document
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    unattributed: tuple[Assertion, ...]
    lineage: Lineage
    dates: tuple[Date, ...]
    quantities: tuple[Quantity, ...]
    places: tuple[Place, ...]
    notices: tuple[str, ...]
    model: ModelVersion

    def source(self, name: str | None) -> Source | None:
        """The source with this id, None where there is none."""
        return next((source for source in self.sources if source.id == name), None)

    def source_of(self, attribution: Attribution) -> Source | None:
        """Who speaks in the attribution, None where the document does not tell."""
        return self.source(attribution.speaker)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document of a batch that could not be read: the rest goes on without it."""

    id: str | None
    """The document's own name, where it could be told."""
    kind: str
    """The `kind` of the error: `SourcelineError.kind`, or "internal"."""
    message: str
