"""Origins: one party putting the information into the world once, and which mentions rest on which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sourceline.model.claim import Voice
from sourceline.model.source import Lineage, SourceKind
from sourceline.model.trace import Channel, Step
from sourceline.trace.links import speaker_of
from sourceline.trace.names import tokens_of
from sourceline.trace.parents import Parent, Parentage
from sourceline.trace.parties import Parties, Party
from sourceline.trace.testimony import Testimony, order_of
from sourceline.trace.voices import is_party, is_this_outlet

_LONGEST = 20
"""Steps of a lineage that are kept."""
_STATEMENTS = frozenset("statement report letter document declaration memo paper minutes study release update".split())
_POSTS = frozenset("post tweet thread video blog message".split())


@dataclass(slots=True)
class Root:
    """An origin while it is being put together."""

    party: Party
    source: str
    channel: Channel
    asserts: bool
    first: Testimony
    told: str | None
    """The outlet that it was told to, where it was an interview."""
    testimonies: list[Testimony] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    number: int = 0

    @property
    def id(self) -> str:
        return f"o{self.number}"


@dataclass(slots=True)
class Descent:
    """Where each mention of a claim comes from, by the mention's id."""

    roots: list[Root] = field(default_factory=list)
    origin: dict[str, Root] = field(default_factory=dict)
    parent: dict[str, Parent] = field(default_factory=dict)
    steps: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    unrecorded: list[Testimony] = field(default_factory=list)
    """Asserting mentions that nothing shows an origin of."""
    fresh: dict[str, float] = field(default_factory=dict)
    """By mention: how probably it does not come from another party's."""


class Descents:
    """Puts a claim's origins together, its mentions given in the order of time."""

    def __init__(self, testimonies: Sequence[Testimony], parties: Parties, parentage: Parentage) -> None:
        self._testimonies = testimonies
        self._parties = parties
        self._parentage = parentage
        self._began = min((t.time for t in testimonies if t.asserts), default=None)
        self._descent = Descent()

    def find(self) -> Descent:
        for testimony in in_turn(self._testimonies):
            if not testimony.asserts and not testimony.against:
                self._descent.steps[testimony.id] = ()
                continue
            parent = self._parentage.find(testimony)
            if parent is None:
                self._start(testimony)
            else:
                self._follow(testimony, parent)
        self._descent.fresh = self._parentage.fresh
        return self._descent

    def _follow(self, testimony: Testimony, parent: Parent) -> None:
        descent = self._descent
        root = descent.origin.get(parent.mention.id)
        if root is None and speaker_of(testimony) is not None and not parent.copied:
            self._start(testimony)
            return
        if parent.taken:
            descent.parent[testimony.id] = parent
            descent.steps[testimony.id] = (parent.step, *descent.steps.get(parent.mention.id, ())[:_LONGEST])
        else:
            descent.steps[testimony.id] = (parent.step,)
        if root is not None:
            descent.origin[testimony.id] = root
            root.testimonies.append(testimony)
        elif testimony.asserts:
            descent.unrecorded.append(testimony)

    def _start(self, testimony: Testimony) -> None:
        mention, article = testimony.mention, testimony.article
        if mention.speaker is not None and not is_this_outlet(mention.speaker.name, article):
            self._attributed(testimony, _ultimate(testimony))
        elif is_party(article):
            party = self._parties.of_outlet(article)
            words = f"{article.outlet} says so itself"
            self._open(testimony, party, article.outlet or article.name, Channel.DOCUMENT, article.outlet, words)
        elif self._is_observed(testimony):
            party = self._parties.of_outlet(article)
            words = f"{article.outlet or article.name} gives it as its own reporting"
            self._open(testimony, party, article.outlet or article.name, Channel.OBSERVATION, article.outlet, words)
        else:
            self._descent.steps[testimony.id] = (
                Step(step="lineage not recorded", evidence=testimony.evidence(), probability=1.0),
            )
            if testimony.asserts:
                self._descent.unrecorded.append(testimony)

    def _is_observed(self, testimony: Testimony) -> bool:
        """Whether the outlet stands for it itself: its own newsgathering, and nobody had it before."""
        article = testimony.article
        return article.lineage is Lineage.OWN and testimony.time == self._began and article.outlet is not None

    def _attributed(self, testimony: Testimony, voice: Voice) -> None:
        article = testimony.article
        party = self._parties.of_voice(voice, article)
        told = next((v.name for v in testimony.mention.via if v.kind is SourceKind.MEDIA), None)
        channel = _channel(testimony, voice, told)
        self._open(testimony, party, voice.name, channel, told or article.outlet, f"attributed to {voice.name}")

    def _open(
        self, testimony: Testimony, party: Party, source: str, channel: Channel, told: str | None, words: str
    ) -> None:
        root = Root(
            party=party,
            source=source,
            channel=channel,
            asserts=testimony.asserts,
            first=testimony,
            told=told if channel is Channel.INTERVIEW else None,
            testimonies=[testimony],
            reasons=[words, *party.reasons],
        )
        self._descent.roots.append(root)
        self._descent.origin[testimony.id] = root
        self._descent.steps[testimony.id] = (Step(step=words, evidence=testimony.evidence(), probability=1.0),)


def join_descents(asserting: Descent, against: Descent) -> Descent:
    """Both sides of a claim as one, the origins numbered in the order of time."""
    roots = sorted((*asserting.roots, *against.roots), key=lambda root: order_of(root.first))
    for number, root in enumerate(roots, 1):
        root.number = number
    return Descent(
        roots=roots,
        origin=asserting.origin | against.origin,
        parent=asserting.parent | against.parent,
        steps=asserting.steps | against.steps,
        unrecorded=asserting.unrecorded,
        fresh=asserting.fresh,
    )


def _ultimate(testimony: Testimony) -> Voice:
    """Whom the words go back to: who the speaker credits, where that is not an outlet we would have."""
    mention = testimony.mention
    assert mention.speaker is not None
    return mention.upstream[-1] if mention.upstream else mention.speaker


def _channel(testimony: Testimony, voice: Voice, told: str | None) -> Channel:
    carriers = [v for v in testimony.mention.via if v.kind is not SourceKind.MEDIA]
    words = {w for v in (*carriers, voice) for w in tokens_of(v.name)}
    if words & _POSTS:
        return Channel.PUBLIC_POST
    if voice.kind is SourceKind.DOCUMENT or words & _STATEMENTS:
        return Channel.DOCUMENT
    if told is not None or not voice.named:
        return Channel.INTERVIEW
    if voice.kind in (SourceKind.GOVERNMENT, SourceKind.ORGANISATION):
        return Channel.PRESS_CONFERENCE
    return Channel.INTERVIEW


def in_turn(testimonies: Sequence[Testimony]) -> list[Testimony]:
    """In the order of time; within an article what it attributes before what it says itself."""
    articles: dict[str, list[Testimony]] = {}
    for testimony in testimonies:
        articles.setdefault(testimony.article.version, []).append(testimony)
    return [t for held in articles.values() for t in sorted(held, key=lambda t: speaker_of(t) is None)]
