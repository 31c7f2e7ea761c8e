"""What reading one document gives."""

from __future__ import annotations

from dataclasses import dataclass

from sourceline.model.speech import Assertion, Attribution
from sourceline.model.text import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersion:
    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with its attributions and its own-voice assertions, both in the order of the text."""

    document: Document
    attributions: tuple[Attribution, ...]
    unattributed: tuple[Assertion, ...]
    notices: tuple[str, ...]
    model: ModelVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document of a batch that could not be read: the rest goes on without it."""

    id: str | None
    """The document's own name, where it could be told."""
    kind: str
    """The `kind` of the error: `SourcelineError.kind`, or "internal"."""
    message: str
