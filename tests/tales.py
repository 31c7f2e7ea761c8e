"""Tiny tales for tracing: articles made of voices and mentions, all of it our own fiction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sourceline.model.claim import Article, Claim, Member, Mention, Reuse, ReuseKind, Stance, Voice
from sourceline.model.source import Lineage, SourceKind
from sourceline.model.speech import Act
from sourceline.model.text import Span
from sourceline.model.trace import Trace
from sourceline.model.value import Date, Quantity
from sourceline.trace import Setting, Testimony, trace_claim

START = datetime(2031, 5, 1, 8, tzinfo=UTC)
PERSON, BODY, STATE, MEDIA = SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.MEDIA
PAPER, ANONYMOUS = SourceKind.DOCUMENT, SourceKind.ANONYMOUS
WORDS = ("mole", "pile", "worn", "diver", "harbour")
"""What the claim of most tales says: that divers found the piles of a mole worn through."""


def voice(name: str, kind: SourceKind = PERSON, **told: object) -> Voice:
    """Somebody who speaks. Names are named unless an anonymous kind is given."""
    known: dict[str, object] = {"source": name, "name": name, "named": kind is not ANONYMOUS, "kind": kind, **told}
    return Voice(**known)  # type: ignore[arg-type]


def said(
    speaker: Voice | None = None,
    *,
    words: Sequence[str] = WORDS,
    stance: Stance = Stance.ASSERTS,
    via: Sequence[Voice] = (),
    upstream: Sequence[Voice] = (),
    **told: object,
) -> Mention:
    """A mention; its id and place are given by the article that holds it."""
    return replace(
        Mention(
            id="",
            attribution=None,
            unattributed=None,
            spans=(),
            paragraph=0,
            stance=stance,
            negated=False,
            act=Act.STATE if speaker else None,
            direct=False,
            speaker=speaker,
            via=tuple(via),
            upstream=tuple(upstream),
            words=tuple(words),
        ),
        **told,  # type: ignore[arg-type]
    )


def article(
    name: str,
    outlet: str | None,
    *mentions: Mention,
    kind: str = "newspaper",
    after: float = 0,
    published: datetime | None = START,
    lineage: Lineage = Lineage.NOT_RECORDED,
    credited: Sequence[Voice] = (),
) -> Article:
    """An article of an outlet, `after` hours after the tale's start."""
    time = published + timedelta(hours=after) if published else None
    held = tuple(
        replace(m, id=f"{name}-{place}", spans=(Span(start=40 * place, end=40 * place + 30, text="x" * 30),))
        for place, m in enumerate(mentions)
    )
    return Article(
        version=name,
        key=name,
        name=name,
        url=None,
        outlet=outlet,
        outlet_kind=kind if outlet else None,
        published=time,
        seen=time or START + timedelta(hours=after),
        title=None,
        lineage=lineage,
        credited=tuple(credited),
        mentions=held,
    )


def copy(earlier: Article, name: str, outlet: str, after: float) -> tuple[Article, Reuse]:
    """A copy of an article in another outlet, and what the two share."""
    later = article(name, outlet, *earlier.mentions, after=after)
    spans = tuple((m.spans[0], n.spans[0]) for m, n in zip(earlier.mentions, later.mentions, strict=True))
    return later, Reuse(first=earlier.version, second=name, kind=ReuseKind.COPY, share=1.0, spans=spans)


def claim_of(articles: Iterable[Article]) -> Claim:
    """The claim that all mentions of some articles make, each with the stance it is worded with."""
    members = tuple(
        Member(mention=m.id, version=a.version, stance=m.stance, certainty=1.0) for a in articles for m in a.mentions
    )
    return Claim(id=members[0].mention if members else "none", statement="The piles are worn.", members=members)


def reuse_of(reuses: Iterable[Reuse]) -> Setting:
    """A setting in which these texts are shared."""
    known = {(r.first, r.second): r for r in reuses}
    return Setting(reuse=lambda first, second: known.get((first.version, second.version)))


def trace(*articles: Article, setting: Setting | None = None) -> Trace:
    """The trace of the claim that the articles' mentions make."""
    return trace_claim(claim_of(articles), {a.version: a for a in articles}, setting)


def heard(told: Article) -> Testimony:
    """An article's first mention."""
    return Testimony(article=told, mention=told.mentions[0], stance=told.mentions[0].stance)


def figure(value: float, counted: str | None = None, low: bool = True) -> Quantity:
    """A value; without `low` it is "up to"."""
    span = Span(start=0, end=1, text=str(value))
    return Quantity(span=span, low=value if low else None, high=value, unit=None, counted=counted)


def dated(value: str) -> Date:
    return Date(span=Span(start=0, end=1, text=value), value=value, reason=None)
