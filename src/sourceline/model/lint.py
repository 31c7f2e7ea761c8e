"""The nouns of linting: what a ledger has to say about a draft."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sourceline.model.text import Span
from sourceline.model.trace import Evidence


class Rule(StrEnum):
    """What a draft is held against."""

    UNNAMED_ONLY = "unnamed-only"
    """Nobody with a name says so, in the draft or in any article."""
    DISPUTED_UNSAID = "disputed-unsaid"
    """Somebody disputes it, and the draft does not say so."""
    RECYCLED_AS_NEW = "recycled-as-new"
    """It was published long ago, and the draft does not say when."""
    FIGURE_DIFFERS = "figure-differs"
    """Articles give another figure for the same."""
    COPY_UNCREDITED = "copy-uncredited"
    """The words are another article's, which the draft does not credit."""
    ORIGINS = "origins"
    """Fewer independent sources are shown than were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFinding:
    """One thing about one place of a draft."""

    rule: Rule
    message: str
    span: Span
    """The draft's words."""
    line: int
    """From 1: the line of the draft on which they begin."""
    claim: str | None = None
    """The id of the ledger's claim; None where the words are all that is shared."""
    evidence: tuple[Evidence, ...] = ()
    """Words of the ledger's articles that show it."""
