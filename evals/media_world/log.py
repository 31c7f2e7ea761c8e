"""The truth log: everything that happens in a world, before a word of text is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from evals.media_world.outlets import Outlet
from evals.media_world.people import Person
from evals.media_world.phrasebook import AffairSpec, ClaimSpec

Hours = float
"""Since the beginning of the world."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An ultimate source. A body speaks through its people, a person for himself or herself.

    `anyone`: a vague phrase that covers all parties of its role. `outlet`: where it is an outlet's own observation or
    retraction, that outlet's id.
    """

    id: str
    role: str
    kind: str
    name: str
    short: str = ""
    people: tuple[Person, ...] = ()
    plural: bool = False
    anyone: str = ""
    outlet: str | None = None

    @property
    def anonymous(self) -> bool:
        return self.kind == "anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`fills`: what the slots of the spec's phrases stand for."""

    id: str
    spec: ClaimSpec
    statement: str
    fills: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence of its own for what is claimed, with or without a second one after it."""

    opening: str
    core: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One party putting one claim into the world on one occasion: an origin.

    `outlets`: who was there; empty where it was public. `number` with `at_least`: the figure that was given.
    """

    id: str
    claim: str
    party: str
    speaker: Person | None
    occasion: str
    channel: str
    time: Hours
    stance: str
    outlets: tuple[str, ...] = ()
    number: int | None = None
    at_least: bool = False
    quote: Quote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """One place in an article where a claim is put.

    `parent`: article and place that it was taken from, none where the outlet had its own access. `family`: the kind of
    sentence. `shown`: named, blurred or none, how the party appears. `credit`: the outlet that the sentence names.
    `carried`: the parent's sentence, edited at most; `kept`: its content at least. `figure`: how the number is written.
    """

    claim: str
    utterance: str | None
    stance: str
    family: str
    parent: tuple[str, int] | None = None
    shown: str = "named"
    credit: str | None = None
    carried: bool = False
    trim: str = "whole"
    figure: str = "digits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """`mode`: report, copy, reprint (to the letter), rewrite, roundup, live, official, correction, recycled or
    background. `credit`: an outlet that the article as a whole names, in the form `credit_form`: dateline, byline or
    line."""

    id: str
    affair: str
    outlet: str
    time: Hours
    mode: str
    puts: tuple[Put, ...]
    credit: str | None = None
    credit_form: str = "line"
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Affair:
    """One affair: its cast, its claims, what was said, and what was printed."""

    id: str
    spec: AffairSpec
    start: Hours
    country: int
    fills: dict[str, str]
    parties: dict[str, Party]
    claims: dict[str, Claim]
    utterances: dict[str, Utterance]
    officials: dict[str, Outlet]
    articles: tuple[Article, ...] = ()
    withdrawn: dict[str, str] = field(default_factory=dict)
    """Utterance to the utterance that takes it back."""
