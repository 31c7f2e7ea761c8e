"""The nouns of a claim: what one document says, in whose voice, and what mentions in many documents share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sourceline.model.source import Lineage, SourceKind
from sourceline.model.speech import Act
from sourceline.model.text import Span
from sourceline.model.value import Date, Quantity


class Stance(StrEnum):
    """What a mention's source does to the proposition."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    DECLINES = "declines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A speaker, a carrier or somebody credited, as one document describes them: all that matching and tracing need,
    without the reading."""

    source: str
    """The source's id in its reading ("s3")."""
    name: str
    named: bool
    kind: SourceKind
    role: str | None = None
    affiliation: str | None = None
    office_of: str | None = None
    """The name of the body or person whose spokesperson, minister or office this is, where the document says so."""
    count: int | None = None
    members: tuple[str, ...] = ()
    """The names of a group's members."""
    profile: str | None = None
    """Id of the profile that the source has across documents; None for one without a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where one document puts a proposition: a clause of an attribution's content, or of the outlet's own
    voice. Nothing in it depends on other documents."""

    id: str
    """Content id of the document's given id, its hash and the spans."""
    attribution: str | None
    unattributed: str | None
    """Which of the two it lies in."""
    spans: tuple[Span, ...]
    """The words that carry the proposition, without the attribution around them."""
    paragraph: int
    """From 0: its line of the document's text."""
    stance: Stance
    """Towards the proposition as it is worded here: "denied that X" denies X; "X is not so" asserts that it is not."""
    negated: bool
    """Whether the words themselves put it in the negative ("never heard a siren")."""
    act: Act | None
    """The attribution's; None for the outlet's own voice."""
    direct: bool
    """Whether the words stand in quotation marks."""
    speaker: Voice | None
    """None for the outlet's own voice, and where the document does not tell."""
    via: tuple[Voice, ...] = ()
    """The carriers between the speaker and this article, outermost first."""
    upstream: tuple[Voice, ...] = ()
    """Whom the speaker credits in turn."""
    refers_to: str | None = None
    """Id of the earlier mention of this document that it takes up without repeating it ("the company calls it untrue",
    "so does the ministry"); its own words say little then."""
    hedges: tuple[str, ...] = ()
    """Words that weaken it, folded ("up to", "could", "about")."""
    words: tuple[str, ...] = ()
    """The content words, folded and stemmed, in the order of the text; pronouns that the document resolves are replaced
    by the name they stand for."""
    names: tuple[str, ...] = ()
    """Names that stand in the words or are meant by them, folded, in order, each once."""
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[Date, ...] = ()
    """The times it is about, as far as its sentence tells."""
    context: tuple[str, ...] = ()
    """Content words of the rest of its paragraph and of the title, folded and stemmed, each once: what it is about
    where it says little itself."""
    vector: bytes = field(default=b"", repr=False)
    """Its meaning: 128 signed bytes of a vector whose cosine tells how alike two mentions are; empty where none was
    made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A capitalised name as it stands in a text, whatever it names."""

    span: Span
    paragraph: int
    """From 0: its line of the document's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article as matching and tracing see it: what it mentions, and whom it credits as a whole."""

    version: str
    """The id of the ledger's version."""
    key: str
    """Of the article: versions share it."""
    name: str
    """The id that was given with it."""
    url: str | None
    outlet: str | None
    outlet_kind: str | None
    published: datetime | None
    """In UTC; None where it is not known or cannot be."""
    seen: datetime
    """When this text was there first, in UTC: its place in time where it has no publication."""
    title: str | None
    lineage: Lineage
    credited: tuple[Voice, ...]
    """Outlets and agencies that the article as a whole credits."""
    mentions: tuple[Mention, ...]
    names: tuple[Naming, ...] = ()
    """The names in what is read of the text, in its order, each paragraph's once: among them outlets that it credits
    in passing."""
    prints: bytes = field(default=b"", repr=False)
    """The winnowed fingerprints of its words, for reuse."""

    @property
    def time(self) -> datetime:
        """Where it stands in time."""
        return self.published or self.seen


class Relation(StrEnum):
    """What two mentions have to do with each other."""

    SAME = "same"
    """They put the same proposition."""
    OPPOSITE = "opposite"
    """They put the proposition and its contrary: one claim, too."""
    RIVAL = "rival"
    """They give different values for the same quantity: two claims that dispute each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A mention's part in a claim."""

    mention: str
    version: str
    stance: Stance
    """Towards the claim: what is asserted in other words may deny it."""
    certainty: float
    """That it belongs here, 0 to 1."""
    reasons: tuple[str, ...] = ()
    """Why it is held to put the same claim, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The proposition that mentions share. Derived, never edited by hand."""

    id: str
    """That of its earliest mention (time of the article, then its name, then place in the text)."""
    statement: str
    """The words of its clearest mention."""
    members: tuple[Member, ...]
    """In the order of time."""
    quantity: str | None = None
    """What is counted or measured, where the claim is a figure ("dead, by the police count")."""
    rivals: tuple[str, ...] = ()
    """Ids of claims that give another value for the same quantity, in order."""


class ReuseKind(StrEnum):
    COPY = "copy"
    EDITED_COPY = "edited_copy"
    EXCERPT = "excerpt"
    QUOTE = "quote"
    PARAPHRASE = "paraphrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """Text that two versions share, the earlier one first. It alone claims no direction."""

    first: str
    second: str
    kind: ReuseKind
    share: float
    """Of the second's own words (quotations and boilerplate left out) that stand in the first, 0 to 1."""
    spans: tuple[tuple[Span, Span], ...]
    """The same words there and here, the longest first."""
