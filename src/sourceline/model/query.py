"""The nouns of finding: what is asked of a ledger, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sourceline.model.evidence import Version
from sourceline.model.source import Source
from sourceline.model.speech import Act, Attribution
from sourceline.model.trace import Interval

_T = TypeVar("_T")
_AROUND = 90
"""Characters shown on each side of a passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which attributions: all that is given has to hold. Dates are ISO 8601; publications count by the days they begin
    with."""

    text: str | None = None
    """Words that the source, cue or content holds: all of them; "a phrase" in quotes; OR, NOT (or a minus before the
    word) and a prefix with * mean what they say. OR joins the words beside it: a OR b c is (a or b) and c. Case,
    accents and punctuation do not count."""
    source: str | None = None
    """The speaker's name or a part of it: whole words that follow each other, in any case. The description, where the
    speaker has no name."""
    identity: str | None = None
    """The speaker across documents, by the id of the identity or of one of its profiles."""
    named: bool | None = None
    """False: unnamed speakers only."""
    outlet: str | None = None
    """Its whole name, in any case."""
    acts: tuple[Act, ...] = ()
    since: str | None = None
    """From the first day of this date, week, month or year."""
    until: str | None = None
    """To the last day of it. What has no date of publication is not between any."""
    version: str | None = None
    """In the version with this id, whether it is the latest or not."""
    all_versions: bool = False
    """Also in versions that are not the latest of their document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[_T]):
    """Some answers, and the cursor behind which the next ones begin; None where these are the last."""

    items: tuple[_T, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An attribution found in the ledger, with its version and its sources there."""

    version: Version
    attribution: Attribution
    speaker: Source | None
    identity: str | None
    via: tuple[Source, ...] = ()
    upstream: tuple[Source, ...] = ()
    judged: bool = False
    """Whether a person confirmed, corrected or added it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a version's text holds the words that were asked for: [start, end) of its text, and the words there."""

    version: Version
    start: int
    end: int
    text: str
    before: str = ""
    """What stands in front of it, and behind it, on the same line: some words."""
    after: str = ""

    @classmethod
    def of(cls, version: Version, text: str, start: int, end: int) -> Passage:
        before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
        after = text[end : end + _AROUND].partition("\n")[0]
        return cls(version=version, start=start, end=end, text=text[start:end], before=before, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """One source across documents, at a glance."""

    identity: str
    name: str
    """The name that most documents use (equal counts: the longest, then the first in order)."""
    kind: str
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    """Those that most documents give first, then in the order of the alphabet."""
    documents: int
    """In which it is a source, whether it speaks, carries or is credited; so with the outlets and the dates."""
    outlets: int
    acts: Mapping[Act, int]
    """In how many attributions it speaks, for each act that it did."""
    first: str | None
    """The earliest and the latest day of publication, where any is known."""
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSummary:
    """One claim at a glance, its three counts kept apart."""

    id: str
    statement: str
    articles: int
    outlets: int
    first: datetime
    """The time of its first article, and of its last one."""
    last: datetime
    independent_origins: Interval | None = None
    """None where it was not counted since the claim changed."""
    marks: tuple[str, ...] = ()
    """"disputed", "recycled", "circular", "withdrawn", "drift": what is to be known of it before it is repeated."""
