"""What tracing works on: the mentions of one claim, each with its article and its stance towards the claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sourceline.model.claim import Article, Claim, Mention, Reuse, Stance, Voice
from sourceline.model.trace import Evidence

RECYCLED_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """A mention in its article, as part of a claim."""

    article: Article
    mention: Mention
    stance: Stance
    certainty: float = 1.0

    @property
    def id(self) -> str:
        return self.mention.id

    @property
    def time(self) -> datetime:
        return self.article.time

    @property
    def asserts(self) -> bool:
        return self.stance is Stance.ASSERTS

    @property
    def against(self) -> bool:
        """Whether it speaks against the claim."""
        return self.stance in (Stance.DENIES, Stance.DOUBTS)

    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(version=self.article.version, document=self.article.name, span=span)
            for span in self.mention.spans[:1]
        )


def _nothing_shared(_first: Article, _second: Article) -> Reuse | None:
    return None


def _by_itself(profile: str) -> str:
    return profile


def _untold(_voice: Voice) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a trace may look at beside the claim's mentions, and what it is to leave out."""

    identity_of: Callable[[str], str] = _by_itself
    """The identity across documents of a profile id."""
    bodies_of: Callable[[Voice], Sequence[str]] = _untold
    """The bodies that other documents say somebody belongs to."""
    reuse: Callable[[Article, Article], Reuse | None] = _nothing_shared
    """What the second article shares with the first."""
    without: tuple[str, ...] = ()
    """Names of parties and outlets to be left out (knock-out)."""
    as_of: datetime | None = None
    """Nothing published later counts."""
    recycled_after: timedelta = RECYCLED_AFTER
    rivals: Mapping[str, Sequence[Testimony]] = field(default_factory=dict)
    """By claim: mentions of other claims that give another value for the same quantity."""


def order_of(testimony: Testimony) -> tuple[datetime, str, str, int, str]:
    """The order of time: then of names and places, so that it depends on nothing else."""
    article, spans = testimony.article, testimony.mention.spans
    return article.time, article.name, article.version, spans[0].start if spans else 0, testimony.id


def testimonies_of(claim: Claim, articles: Mapping[str, Article]) -> list[Testimony]:
    """The claim's mentions in the order of time. Of an article's versions that hold the claim the latest counts."""
    latest: dict[str, Article] = {}
    for version in {member.version for member in claim.members}:
        article = articles[version]
        before = latest.get(article.key)
        if before is None or (before.seen, before.version) < (article.seen, article.version):
            latest[article.key] = article
    mentions = {m.id: m for article in latest.values() for m in article.mentions}
    chosen = {article.version: article for article in latest.values()}
    found = (
        Testimony(
            article=chosen[member.version],
            mention=mentions[member.mention],
            stance=member.stance,
            certainty=member.certainty,
        )
        for member in claim.members
        if member.version in chosen and member.mention in mentions
    )
    return sorted(found, key=order_of)


def in_setting(testimonies: Iterable[Testimony], setting: Setting) -> list[Testimony]:
    """Those that had been published by then."""
    return [t for t in testimonies if setting.as_of is None or t.time <= setting.as_of]
