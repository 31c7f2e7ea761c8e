"""From which earlier mention a mention has its words: the most probable of the candidates, or a copied text.

A mention without a parent is where something begins, as far as is known. Two outlets that quote one press conference
share an origin, and no edge: then the link is no parent. An own-voice sentence rests on what its own article attributes
elsewhere to somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.model.claim import ReuseKind
from sourceline.model.trace import Step
from sourceline.trace.candidates import Candidates
from sourceline.trace.likeness import likeness
from sourceline.trace.links import Link, Links, speaker_of
from sourceline.trace.parties import Parties
from sourceline.trace.testimony import Setting, Testimony

_ENOUGH = 0.5
"""Probability from which two mentions have one origin."""
_COPY = 0.97
_CREDITS = ("credit", "credit_above", "credit_article", "credit_general", "own_word")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """What a mention has its origin from."""

    mention: Testimony
    probability: float
    taken: bool
    """Whether it was taken from there: not where two merely were told the same on one occasion."""
    credited: bool
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

    def find(self, testimony: Testimony) -> Parent | None:
        """The parent of a mention, which is then known to those after it."""
        candidates = self._candidates.of(testimony)
        copied = self._copied(testimony, candidates)
        if copied is not None:
            self._copies[copied.id].append(testimony)
            return _parent(testimony, Link(copied, _COPY, {"copied": 1.0}))
        self._candidates.add(testimony)
        links = [self._links.link(testimony, other) for other in candidates]
        best = max(links, key=_order, default=None)
        if best is None or best.probability < _ENOUGH:
            return None
        return _parent(testimony, best)

    def links(self, testimony: Testimony) -> list[Link]:
        """All that a mention is compared with; for training. It is known to later ones from then on."""
        candidates = self._candidates.of(testimony)
        self._candidates.add(testimony)
        return [self._links.link(testimony, other) for other in candidates]

    def _copied(self, testimony: Testimony, candidates: Sequence[Testimony]) -> Testimony | None:
        """The same words in an earlier article of which this one is a copy."""
        best: tuple[float, str, Testimony] | None = None
        for other in candidates:
            if other.article.version == testimony.article.version:
                continue
            reuse = self._setting.reuse(other.article, testimony.article)
            if reuse is None or reuse.kind not in (ReuseKind.COPY, ReuseKind.EDITED_COPY):
                continue
            like = likeness(other.mention, testimony.mention)
            if like >= 0.6 and (best is None or (like, other.id) > best[:2]):
                best = like, other.id, other
        return best[2] if best else None


def _order(link: Link) -> tuple[float, object, str]:
    return round(link.probability, 4), link.to.time, link.to.id


def _parent(testimony: Testimony, link: Link) -> Parent:
    features, other = link.features, link.to
    inside = other.article.version == testimony.article.version
    credited = any(name in features for name in _CREDITS)
    shared = "same_party" in features or "same_unnamed" in features
    taken = inside or not shared or credited or "copied" in features or "digest" in features
    step = Step(
        step=_words(testimony, link, inside, taken),
        evidence=(*testimony.evidence(), *other.evidence()),
        probability=round(link.probability, 2),
        mention=other.id,
    )
    return Parent(
        mention=other, probability=link.probability, taken=taken, credited=credited, inside=inside, step=step
    )


def _words(testimony: Testimony, link: Link, inside: bool, taken: bool) -> str:
    """What shows the link, in plain words."""
    features, other = link.features, link.to
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
