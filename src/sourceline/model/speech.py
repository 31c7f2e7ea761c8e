"""The nouns of speech: act, quotation, attribution, own-voice assertion."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sourceline.model.text import Span


class Act(StrEnum):
    """What kind of saying it is. The clear force of the whole beats the dictionary sense of the cue."""

    STATE = "state"
    DENY = "deny"
    DECLINE = "decline"
    ACCUSE = "accuse"
    THREATEN = "threaten"
    WARN = "warn"
    DEMAND = "demand"
    INTEND = "intend"
    BELIEVE = "believe"
    FIND = "find"
    QUESTION = "question"


class Quotation(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content of one saying: the triple of PARC 3 and PolNeAR.

    Cue and content characters belong to one attribution only; a source may serve several, or be missing.
    """

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quote: Quotation
    act: Act
    confidence: float
    """Calibrated: how often an attribution like this one overlaps with what people mark, 0 to 1."""
    speaker: str | None = None
    """Id of the source behind the source span, None where the document does not tell."""
    via: tuple[str, ...] = ()
    """Ids of the carriers between the speaker and this article, outermost first."""
    upstream: tuple[str, ...] = ()
    """Ids of those whom the speaker credits in turn."""

    @property
    def wording(self) -> str:
        """What was said: the content's words, fragments joined by " … "."""
        return " … ".join(span.text for span in self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A sentence in which the outlet asserts something itself, attributed to nobody."""

    id: str
    span: Span
