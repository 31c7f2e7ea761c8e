"""A person's verdict: append-only, with its author and time. It outranks the machine's and is never lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sourceline.model.source import SourceKind
from sourceline.model.speech import Attribution
from sourceline.model.text import Span


class Verdict(StrEnum):
    SAME = "same"
    """Two sources of different documents are one, or two mentions put the same claim."""
    DIFFERENT = "different"
    RIGHT = "right"
    """An attribution is as it should be."""
    WRONG = "wrong"
    """There is no such attribution, or a corrected one stands in its place."""
    ADDED = "added"
    """An attribution that the machine missed, or the corrected form of one that was judged wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A named source as a judgement describes it, so that the judgement holds after a new reading: `role`,
    `affiliation` and `kind` narrow it where they are given."""

    name: str
    role: str | None = None
    affiliation: str | None = None
    kind: SourceKind | None = None
    """Given where nothing else tells the two of a judgement apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A mention as a judgement describes it, so that the judgement holds after a new reading: where its words stand in
    a version's text."""

    document: str
    """The document's key: in another version of it the same words are meant."""
    version: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What somebody decided. `sources`, or else `mentions`, are two for SAME and DIFFERENT; the others are of a
    version's attribution."""

    id: str
    """Content id of everything below but `at`."""
    at: datetime
    by: str
    verdict: Verdict
    sources: tuple[Named, ...] = ()
    mentions: tuple[Located, ...] = ()
    version: str | None = None
    attribution: Attribution | None = None
    """The judged one, whole: it stays addressable by its spans when another model reads the text."""
    note: str | None = None
    undone: bool = False
    """Whether a later word took it back. Both words stay."""
