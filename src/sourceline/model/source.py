"""The noun behind a source span: who is speaking, as the document itself tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sourceline.model.text import Span


class SourceKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    MEDIA = "media"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of one document: an entity that speaks, carries or is credited. Everything in the document's words."""

    id: str
    """"s1", "s2" ... in the order of first mention; unique within the document."""
    name: str
    """The fullest name the document gives, or its fullest description where no name is given."""
    named: bool
    kind: SourceKind
    role: str | None = None
    affiliation: str | None = None
    mentions: tuple[Span, ...] = ()
    members: tuple[str, ...] = ()
    """Ids of the members of a group whose members are named."""
    office_of: str | None = None
    """Id of the source whose spokesperson or office this is."""
    anonymity_reason: Span | None = None
    """The words in which the document gives the reason for withholding the name."""
    count: int | None = None
    """How many people, where the document says so ("two officials")."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """Hints from the alias table ("wikidata", "iso3166"); never a reason to merge."""


class Lineage(StrEnum):
    """Where the document as a whole says its words come from."""

    OWN = "own"
    CREDITED = "credited"
    NOT_RECORDED = "not recorded"
