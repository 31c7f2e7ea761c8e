"""Signs that a later document took something from an earlier one: parents of mentions, shared text, credits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sourceline.model.claim import Article, Mention, Reuse, ReuseKind, Voice
from sourceline.model.trace import Evidence, Trace
from sourceline.trace.likeness import likeness
from sourceline.trace.names import names_outlet
from sourceline.trace.outlets import Outlets
from sourceline.trace.voices import is_this_outlet

_ALIKE = 0.17
"""Likeness from which a credited outlet's mention may be what was taken."""
_LOOKED_AT, _RECENT = 12, 400
"""Mentions of one outlet that are compared, and places of one word that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something that points from a later version back to an earlier one."""

    earlier: str
    later: str
    how: str
    """"parent", "text", "credit", "passing" (a name beside the words), "own" (an outlet names its earlier report)."""
    strength: float
    """0 to 1."""
    kind: ReuseKind = ReuseKind.PARAPHRASE
    credited: bool = False
    evidence: tuple[Evidence, ...] = ()


def credits_outlet(later: Article, earlier: Article) -> bool:
    """Whether the later document names the earlier one's outlet as a source, anywhere."""
    if earlier.outlet is None or earlier.outlet == later.outlet:
        return False
    voices = [*later.credited]
    for mention in later.mentions:
        voices += [v for v in (mention.speaker, *mention.via, *mention.upstream) if v is not None]
    names = [voice.name for voice in voices] + [naming.span.text for naming in later.names]
    return any(names_outlet(name, earlier.outlet) for name in names)


def from_parents(trace: Trace) -> Iterator[Sign]:
    """The parents of a claim's mentions in other documents."""
    versions = {mention.mention: mention.version for mention in trace.mentions}
    for mention in trace.mentions:
        earlier = versions.get(mention.parent or "")
        if earlier is None or earlier == mention.version or not mention.lineage:
            continue
        step = mention.lineage[0]
        yield Sign(
            earlier=earlier,
            later=mention.version,
            how="parent",
            strength=step.probability,
            credited=step.step.startswith("credits") or "in its own words" in step.step,
            evidence=step.evidence,
        )


def from_text(articles: Mapping[str, Article], reuses: Sequence[Reuse]) -> Iterator[Sign]:
    """The direct ones of the documents that share text."""
    by_later: dict[str, list[Reuse]] = defaultdict(list)
    for reuse in reuses:
        if reuse.first in articles and reuse.second in articles:
            earlier, later = articles[reuse.first], articles[reuse.second]
            if earlier.key != later.key and earlier.time < later.time:
                by_later[reuse.second].append(reuse)
    for version, shared in by_later.items():
        yield from _direct(articles, version, shared)


def _direct(articles: Mapping[str, Article], version: str, shared: Sequence[Reuse]) -> Iterator[Sign]:
    later = articles[version]
    taken: set[int] = set()

    def order(reuse: Reuse) -> tuple[object, ...]:
        earlier = articles[reuse.first]
        own = earlier.outlet == later.outlet
        return (-_length(reuse) - (40 if credits_outlet(later, earlier) else 30 if own else 0), _newest(earlier), own)

    for reuse in sorted(shared, key=order):
        places = {at for _, here in reuse.spans for at in range(here.start, here.end)}
        new = places - taken
        if len(new) < 0.5 * len(places):
            continue
        taken |= places
        yield Sign(
            earlier=reuse.first,
            later=version,
            how="text",
            strength=reuse.share,
            kind=reuse.kind,
            evidence=tuple(
                Evidence(version=v, document=articles[v].name, span=span)
                for v, span in zip((reuse.second, reuse.first), reversed(reuse.spans[0]), strict=True)
            ),
        )


class Credited:
    """Edges from credits alone: who names an outlet, or a party that publishes, took it from the document of it that
    says most nearly the same."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = sorted(articles.values(), key=lambda a: (a.time, a.version))
        self._known: dict[str, _Published] = defaultdict(_Published)
        self._names = Outlets()

    def signs(self) -> Iterator[Sign]:
        """In the order of time; a document is known to those after it only."""
        for later in self._articles:
            for mention in later.mentions:
                for voice in (*mention.via, *((mention.speaker,) if mention.speaker else ()), *mention.upstream):
                    yield from self._signs(later, mention, self._outlets(voice), passing=False)
                if mention.speaker is not None and is_this_outlet(mention.speaker.name, later):
                    yield from self._signs(later, mention, [later.outlet or ""], passing=False)
            yield from self._in_passing(later)
            if later.outlet is not None:
                self._names.add(later.outlet)
                self._known[later.outlet].add(later)

    def _in_passing(self, later: Article) -> Iterator[Sign]:
        """Outlets named in a paragraph, for what that paragraph says."""
        mentions: dict[int, list[Mention]] = defaultdict(list)
        for mention in later.mentions:
            mentions[mention.paragraph].append(mention)
        for naming in later.names:
            outlets = self._names.called(naming.span.text)
            for mention in mentions[naming.paragraph] if outlets else ():
                yield from self._signs(later, mention, outlets, passing=True)

    def _signs(self, later: Article, mention: Mention, outlets: Sequence[str], *, passing: bool) -> Iterator[Sign]:
        for outlet in outlets:
            if passing and outlet == later.outlet:
                continue
            like, earlier, other = self._known[outlet].most_alike(mention, later)
            if earlier is None or other is None or like < _ALIKE:
                continue
            pairs = ((later, mention), (earlier, other))
            yield Sign(
                earlier=earlier.version,
                later=later.version,
                how="passing" if passing else "own" if outlet == later.outlet else "credit",
                strength=like,
                evidence=tuple(
                    Evidence(version=a.version, document=a.name, span=m.spans[0]) for a, m in pairs if m.spans
                ),
            )

    def _outlets(self, voice: Voice) -> list[str]:
        names = [name for name in (voice.name, voice.office_of, voice.affiliation) if name]
        return list(dict.fromkeys(outlet for name in names for outlet in self._names.called(name)))


class _Published:
    """What one outlet has published, by the words of its mentions."""

    def __init__(self) -> None:
        self._mentions: list[tuple[Article, Mention]] = []
        self._places: dict[str, list[int]] = defaultdict(list)

    def add(self, article: Article) -> None:
        for mention in article.mentions:
            for word in set(mention.words):
                self._places[word].append(len(self._mentions))
            self._mentions.append((article, mention))

    def most_alike(self, mention: Mention, later: Article) -> tuple[float, Article | None, Mention | None]:
        """The mention of an earlier document that says most nearly the same, the latest of equals."""
        shared: Counter[int] = Counter()
        for word in set(mention.words):
            shared.update(self._places[word][-_RECENT:] if word in self._places else ())
        best: tuple[float, Article | None, Mention | None] = (0.0, None, None)
        for place, _ in shared.most_common(_LOOKED_AT):
            article, other = self._mentions[place]
            if article.time >= later.time or article.key == later.key:
                continue
            like = round(likeness(mention, other), 3)
            if best[1] is None or (like, article.time, article.version) > (best[0], best[1].time, best[1].version):
                best = like, article, other
        return best


def _length(reuse: Reuse) -> int:
    return sum(here.end - here.start for _, here in reuse.spans)


def _newest(article: Article) -> tuple[float, str]:
    return -article.time.timestamp(), article.version
