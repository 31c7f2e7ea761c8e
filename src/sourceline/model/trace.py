"""The nouns of a trace: where a claim comes from, how many sources that is, and who disputes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sourceline.model.claim import ReuseKind, Stance
from sourceline.model.text import Span


class Channel(StrEnum):
    """How an origin's words came into the world."""

    INTERVIEW = "interview"
    PRESS_CONFERENCE = "press_conference"
    DOCUMENT = "document"
    PUBLIC_POST = "public_post"
    LEAK = "leak"
    OBSERVATION = "observation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words of a document that show something."""

    version: str
    document: str
    """The id given with it."""
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a lineage, from the mention back towards its origin."""

    step: str
    """In plain words ("credits Halmere Press Association")."""
    evidence: tuple[Evidence, ...] = ()
    probability: float = 1.0
    """1 where words show it, less where it is inferred."""
    mention: str | None = None
    """The mention it leads to, None where that is in no document we have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One party putting the information into the world once."""

    id: str
    """"o1", "o2" ... in the order of time; unique within the claim."""
    party: str
    """The name of the ultimate source: the body for its spokespeople and minister."""
    source: str
    """Who spoke, as the documents name them."""
    kind: str
    """A SourceKind, or "own_reporting"."""
    channel: Channel
    first_document: str
    """The id given with the first document that has it."""
    asserts: bool
    """Whether the party asserts the claim here; denials have origins too, which count nowhere."""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """0 <= low <= best <= high."""

    low: int
    best: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}..{self.best}..{self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A mention with where its words come from."""

    mention: str
    version: str
    document: str
    outlet: str | None
    time: datetime
    undated: bool
    """Whether the time is only when it was first seen."""
    attribution: str | None
    unattributed: str | None
    spans: tuple[Span, ...]
    source: str | None
    """The name of who is credited; None for the outlet's own voice. Several are joined by "; "."""
    stance: Stance
    origin: str | None
    """The origin's id, None where none is recorded, and for refusals."""
    parent: str | None
    """The mention it was taken from, as far as that is in the ledger."""
    lineage: tuple[Step, ...]
    hedge_lost: str | None = None
    """What its parent said and it does not ("up to")."""


class DisputeKind(StrEnum):
    DENIAL = "denial"
    CONFLICT = "conflict"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    source: str
    version: str
    document: str
    spans: tuple[Span, ...]
    kind: DisputeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A claim's value as one document gives it, as a closed interval; None where a side is unbounded."""

    version: str
    document: str
    low: int | float | None
    high: int | float | None
    as_of: str | None
    """The day it holds for, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    what: str
    unit: str | None
    values: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recycled:
    old_document: str
    new_documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A later document that took something directly from an earlier one. Ids are those of versions."""

    earlier: str
    later: str
    kind: ReuseKind
    credited: bool
    evidence: tuple[Evidence, ...] = ()
    probability: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A claim traced back: everything shown of it, with reasons."""

    claim: str
    statement: str
    mentions: tuple[Traced, ...]
    """In the order of time."""
    origins: tuple[Origin, ...]
    independent_origins: Interval
    newsgathering_acts: Interval
    reasons: tuple[str, ...]
    """Why the numbers are as they are, in plain sentences."""
    articles: int
    outlets: int
    first_published: datetime | None
    circular: bool = False
    recycled: Recycled | None = None
    background: tuple[str, ...] = ()
    """Ids given with documents that repeat it with an explicit date."""
    reasserted: tuple[str, ...] = ()
    reversed_by: tuple[str, ...] = ()
    withdrawn_by: tuple[str, ...] = ()
    """Who took it back: names of parties or outlets."""
    downstream: tuple[str, ...] = ()
    """Ids of the mentions that rest on what was withdrawn."""
    disputed_by: tuple[Dispute, ...] = ()
    drift: Drift | None = None
