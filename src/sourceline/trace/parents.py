"""From which earlier mention a mention has its words: the most probable of the candidates, or a copied text.

A mention without a parent is where something begins, as far as is known. Two outlets that quote one press conference
share an origin, and no edge: then the link is no parent. An own-voice sentence rests on what its own article attributes
elsewhere to somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sourceline.model.claim import ReuseKind
from sourceline.model.trace import Step
from sourceline.trace.candidates import Candidates
from sourceline.trace.likeness import likeness
from sourceline.trace.links import Link, Links, speaker_of, speaks_for_somebody
from sourceline.trace.parties import Parties
from sourceline.trace.testimony import Setting, Testimony

_COPY = 0.97
"""How probably the same words in a copied article come from there."""
_SAME_WORDS = 0.6
"""Likeness from which two mentions are the same words."""
_CREDITS = ("credit", "credit_above", "credit_article", "credit_general", "own_word")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """What a mention has its origin from."""

    mention: Testimony
    probability: float
    taken: bool
    """Whether it was taken from there: not where two merely were told the same on one occasion."""
    credited: bool
    copied: bool
    """Whether it stands in a copy of the parent's article: it tells nothing then."""
    inside: bool
    """Whether it is a mention of the same article."""
    step: Step


class Parentage:
    """The parents of a claim's mentions, which are gone through in the order of time."""

    def __init__(self, testimonies: Sequence[Testimony], parties: Parties, setting: Setting) -> None:
        self._setting = setting
        self._links = Links(parties, setting)
        self._candidates = Candidates(testimonies, parties)
        self._copies: dict[str, list[Testimony]] = defaultdict(list)
        self._parties = parties
        self._of: dict[str, str] = {}
        """By mention: the mention with which its origin began."""
        self._party: dict[str, int] = {}
        """By mention that begins an origin: its party."""
        self.fresh: dict[str, float] = {}
        """By mention: how probably it does not come from another party's."""

    def find(self, testimony: Testimony) -> Parent | None:
        """The parent of a mention, which is then known to those after it."""
        candidates = self._candidates.of(testimony)
        copied = self._copied(testimony, candidates)
        if copied is not None:
            self._copies[copied.id].append(testimony)
            return replace(_parent(testimony, Link(copied, _COPY, {"copied": 1.0})), copied=True)
        self._candidates.add(testimony)
        links = self._links.among(testimony, candidates)
        best = self._most_probable(links)
        party = self._parties.of(testimony).id
        if best.to is None:
            self._party[testimony.id] = party
        other = (k.probability for k in links if k.to is not None and self._party_of(k.to) != party)
        self.fresh[testimony.id] = max(0.0, 1.0 - sum(other))
        self._of[testimony.id] = self._of[best.to.id] if best.to is not None else testimony.id
        return _parent(testimony, best) if best.to is not None else None

    def _party_of(self, testimony: Testimony) -> int:
        """The party that an earlier mention goes back to."""
        if speaks_for_somebody(testimony):
            return self._parties.of(testimony).id
        return self._party[self._of[testimony.id]]

    def _most_probable(self, links: Sequence[Link]) -> Link:
        """Of the origin that most of the probability goes to, the link that says most."""
        shares: dict[str, float] = defaultdict(float)
        for link in links:
            shares[self._of[link.to.id] if link.to is not None else ""] += link.probability
        origin = max(shares, key=lambda key: (round(shares[key], 6), key))
        held = [k for k in links if (self._of[k.to.id] if k.to is not None else "") == origin]
        best = max(held, key=_order)
        return Link(best.to, shares[origin], best.features)

    def links(self, testimony: Testimony) -> list[Link]:
        """All that a mention is compared with; for training. It is known to later ones from then on."""
        candidates = self._candidates.of(testimony)
        self._candidates.add(testimony)
        return self._links.among(testimony, candidates)

    def _copied(self, testimony: Testimony, candidates: Sequence[Testimony]) -> Testimony | None:
        """The same words in an earlier article of which this one is a copy."""
        best: tuple[bool, float, str, Testimony] | None = None
        speaker = testimony.mention.speaker
        for other in candidates:
            if other.article.version == testimony.article.version:
                continue
            reuse = self._setting.reuse(other.article, testimony.article)
            if reuse is None or reuse.kind not in (ReuseKind.COPY, ReuseKind.EDITED_COPY):
                continue
            like = likeness(other.mention, testimony.mention)
            theirs = other.mention.speaker
            same = (speaker.name if speaker else None) == (theirs.name if theirs else None)
            if like >= _SAME_WORDS and (best is None or (same, like, other.id) > best[:3]):
                best = same, like, other.id, other
        return best[3] if best else None


def _order(link: Link) -> tuple[float, object, str]:
    to = link.to
    return round(link.probability, 4), to.time.timestamp() if to else 0.0, to.id if to else ""


def _parent(testimony: Testimony, link: Link) -> Parent:
    features, other = link.features, link.to
    assert other is not None
    inside = other.article.version == testimony.article.version
    credited = any(name in features for name in _CREDITS)
    shared = "same_party" in features or "same_unnamed" in features
    taken = inside or not shared or credited or "copied" in features or "digest" in features
    step = Step(
        step=_words(link, inside, taken),
        evidence=(*testimony.evidence(), *other.evidence()),
        probability=round(link.probability, 2),
        mention=other.id,
    )
    return Parent(
        mention=other,
        probability=link.probability,
        taken=taken,
        credited=credited,
        copied=False,
        inside=inside,
        step=step,
    )


def _words(link: Link, inside: bool, taken: bool) -> str:
    """What shows the link, in plain words."""
    features, other = link.features, link.to
    assert other is not None
    where = other.article.outlet or other.article.name
    speaker = speaker_of(other)
    name = speaker.name if speaker else where
    if inside:
        return f"the same article attributes it to {name}" if speaker else "the same article says so elsewhere"
    if "own_word" in features:
        return f"{where} says so in its own words"
    if any(feature in features for feature in ("credit", "credit_above", "credit_article")):
        return f"credits {where}"
    if "credit_general" in features:
        return f"credits the media: {where}"
    if "copied" in features:
        return f"shares its text with an earlier article: {where}"
    if not taken:
        return f"{name} said so on the same occasion as in {where}"
    if "same_outlet" in features:
        return f"repeats what the outlet had before: {where}"
    if "no_speaker" in features:
        return f"gives no source for what was reported: {where}"
    return f"puts it much as an earlier article does: {where}"
