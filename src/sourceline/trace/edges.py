"""Which later document took something directly from which earlier one, over all that a ledger holds.

An edge comes from the parents of mentions, and from text that two documents share. Of several earlier documents that
share the same words only the one that shares most is the direct one; a copy of a copy has the copy for its parent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sourceline.model.claim import Article, Reuse, ReuseKind
from sourceline.model.trace import Edge, Evidence, Trace
from sourceline.trace.names import names_outlet

_SURE = 0.7
"""Probability from which an inferred parent makes an edge."""


def find_edges(articles: Mapping[str, Article], traces: Iterable[Trace], reuses: Sequence[Reuse]) -> tuple[Edge, ...]:
    """All edges, in the order of time of the later document, then of the earlier one."""
    found: dict[tuple[str, str], Edge] = {}
    for trace in traces:
        for edge in _from_parents(articles, trace):
            _keep(found, edge)
    for edge in _from_text(articles, reuses):
        _keep(found, edge)
    return tuple(
        sorted(found.values(), key=lambda e: (articles[e.later].time, e.later, articles[e.earlier].time, e.earlier))
    )


def credits_outlet(later: Article, earlier: Article) -> bool:
    """Whether the later document names the earlier one's outlet as a source, anywhere."""
    if earlier.outlet is None or earlier.outlet == later.outlet:
        return False
    voices = [*later.credited]
    for mention in later.mentions:
        voices += [v for v in (mention.speaker, *mention.via, *mention.upstream) if v is not None]
    return any(names_outlet(voice.name, earlier.outlet) for voice in voices)


def _keep(found: dict[tuple[str, str], Edge], edge: Edge) -> None:
    key = edge.earlier, edge.later
    before = found.get(key)
    if before is None or (edge.kind is not ReuseKind.PARAPHRASE and before.kind is ReuseKind.PARAPHRASE):
        credited = edge.credited or (before is not None and before.credited)
        evidence = edge.evidence or (before.evidence if before else ())
        found[key] = Edge(
            earlier=edge.earlier,
            later=edge.later,
            kind=edge.kind,
            credited=credited,
            evidence=evidence,
            probability=max(edge.probability, before.probability if before else 0.0),
        )
    elif edge.credited and not before.credited:
        found[key] = Edge(
            earlier=before.earlier,
            later=before.later,
            kind=before.kind,
            credited=True,
            evidence=before.evidence,
            probability=before.probability,
        )


def _from_parents(articles: Mapping[str, Article], trace: Trace) -> Iterable[Edge]:
    versions = {mention.mention: mention.version for mention in trace.mentions}
    for mention in trace.mentions:
        earlier = versions.get(mention.parent or "")
        if earlier is None or earlier == mention.version or not mention.lineage:
            continue
        step = mention.lineage[0]
        if step.probability < _SURE:
            continue
        yield Edge(
            earlier=earlier,
            later=mention.version,
            kind=ReuseKind.PARAPHRASE,
            credited=step.step.startswith(("credits", "attributes")) or "in its own words" in step.step,
            evidence=step.evidence,
            probability=step.probability,
        )


def _from_text(articles: Mapping[str, Article], reuses: Sequence[Reuse]) -> Iterable[Edge]:
    """The direct ones of the documents that share text."""
    by_later: dict[str, list[Reuse]] = defaultdict(list)
    for reuse in reuses:
        if reuse.first in articles and reuse.second in articles:
            earlier, later = articles[reuse.first], articles[reuse.second]
            if earlier.key != later.key and earlier.time < later.time:
                by_later[reuse.second].append(reuse)
    for version, shared in by_later.items():
        yield from _direct(articles, version, shared)


def _direct(articles: Mapping[str, Article], version: str, shared: Sequence[Reuse]) -> Iterable[Edge]:
    later = articles[version]
    taken: set[int] = set()

    def order(reuse: Reuse) -> tuple[object, ...]:
        earlier = articles[reuse.first]
        own = earlier.outlet == later.outlet
        return (-_length(reuse) - (40 if credits_outlet(later, earlier) else 30 if own else 0), _newest(earlier), own)

    for reuse in sorted(shared, key=order):
        places = {at for _, here in reuse.spans for at in range(here.start, here.end)}
        new = places - taken
        earlier = articles[reuse.first]
        credited = credits_outlet(later, earlier)
        if reuse.kind is ReuseKind.QUOTE and not credited:
            continue
        if len(new) < 0.5 * len(places):
            continue
        taken |= places
        yield Edge(
            earlier=reuse.first,
            later=version,
            kind=reuse.kind,
            credited=credited,
            evidence=tuple(
                Evidence(version=v, document=articles[v].name, span=span)
                for v, span in zip((reuse.second, reuse.first), reversed(reuse.spans[0]), strict=True)
            ),
        )


def _length(reuse: Reuse) -> int:
    return sum(here.end - here.start for _, here in reuse.spans)


def _newest(article: Article) -> tuple[float, str]:
    return -article.time.timestamp(), article.version
