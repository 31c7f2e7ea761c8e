"""The nouns of a source across documents: what each document says of it, and what of that is one source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sourceline.model.source import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named source as some documents describe it, all in the same words."""

    id: str
    """Content id of the rest."""
    key: str
    """The name folded: profiles with another key are never merged by the machine."""
    name: str
    kind: SourceKind
    role: str | None = None
    affiliation: str | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    """Hints from the alias table; never a reason to merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One source across documents: its profiles, and why they are held to be one."""

    id: str
    """The least id of its profiles."""
    profiles: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementConflict:
    """A judgement that stands but could not be followed, and why: for a person to settle."""

    judgement: str
    """Id of the one that is not followed."""
    against: tuple[str, ...]
    """Ids of those that stand against it; empty where its names are what is unclear."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two identities that may be one: for a person to decide."""

    first: str
    second: str
    score: float
    """0 to 1, for the order in which they are shown."""
    reasons: tuple[str, ...]
