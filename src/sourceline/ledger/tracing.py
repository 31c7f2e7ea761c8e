"""Claims of a store traced back: with who is one source across documents, and what texts share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from sourceline.ledger.gathering import Gathered, Gathering
from sourceline.match.print_index import PrintIndex
from sourceline.match.prints import Hashes
from sourceline.match.reuse import Worded, find_reuse
from sourceline.model.claim import Article, Reuse, Voice
from sourceline.model.trace import Edge, Trace
from sourceline.store.contract import Store
from sourceline.trace.edges import find_edges
from sourceline.trace.testimony import Setting
from sourceline.trace.tracing import trace_claim

_TEXTS = 512
"""Texts with their words that are kept at hand."""
_BATCH = 256


class Tracing:
    """Traces of a store's claims."""

    def __init__(self, store: Store, gathering: Gathering) -> None:
        self._store = store
        self._gathering = gathering
        self._worded = lru_cache(_TEXTS)(self._load)

    def trace(self, gathered: Gathered, *, without: Sequence[str] = (), as_of: datetime | None = None) -> Trace:
        """Where a claim comes from."""
        rivals = self._gathering.rivals(gathered)
        identities = self._identities([*gathered.articles.values(), *(rival.article for rival in rivals)])
        setting = Setting(
            identity_of=lambda profile: identities.get(profile, profile),
            bodies_of=lru_cache(None)(lambda voice: self._bodies(voice, identities)),
            reuse=lru_cache(None)(self._reuse),
            without=tuple(without),
            as_of=as_of,
            rivals={gathered.claim.id: rivals},
        )
        return trace_claim(gathered.claim, gathered.articles, setting)

    def edges(self) -> tuple[Edge, ...]:
        """Which document took something directly from which."""
        articles = {article.version: article for article, _ in self._store.claims.articles()}
        traces = (self.trace(g) for g in self._gathering.all() if len(g.claim.members) > 1)
        return find_edges(articles, traces, self._shared(articles))

    def shared_with(self, text: Worded) -> Iterable[Reuse]:
        """What a text that is in no ledger shares with each article."""
        articles = {article.version: article for article, _ in self._store.claims.articles()}
        ordered = sorted(articles)
        index, _ = self._index(ordered)
        for found in index.find([text.prints.hashes]).article.tolist():
            reuse = find_reuse(self._worded(ordered[found]), text)
            if reuse is not None:
                yield reuse

    def _shared(self, articles: Mapping[str, Article]) -> list[Reuse]:
        """What documents share, each pair once, the earlier one first."""
        ordered = sorted(articles, key=lambda version: (articles[version].time, version))
        index, prints = self._index(ordered)
        found: list[Reuse] = []
        for start in range(0, len(ordered), _BATCH):
            shared = index.find(prints[start : start + _BATCH])
            for query, other in zip(shared.query.tolist(), shared.article.tolist(), strict=True):
                if other < start + query:
                    reuse = self._reuse(articles[ordered[other]], articles[ordered[start + query]])
                    if reuse is not None:
                        found.append(reuse)
        return found

    def _index(self, versions: Sequence[str]) -> tuple[PrintIndex, list[Hashes]]:
        prints = [self._worded(version).prints.hashes for version in versions]
        index = PrintIndex()
        index.add(range(len(versions)), prints)
        return index, prints

    def _reuse(self, first: Article, second: Article) -> Reuse | None:
        return (
            None if first.key == second.key else find_reuse(self._worded(first.version), self._worded(second.version))
        )

    def _load(self, version: str) -> Worded:
        return Worded(version, self._store.claims.text(version) or "")

    def _identities(self, articles: Iterable[Article]) -> Mapping[str, str]:
        voices = (v for a in articles for m in a.mentions for v in (m.speaker, *m.via, *m.upstream) if v is not None)
        return self._store.claims.identities({voice.profile for voice in voices if voice.profile is not None})

    def _bodies(self, voice: Voice, identities: Mapping[str, str]) -> Sequence[str]:
        """The bodies that any document says this source belongs to."""
        if voice.profile is None:
            return ()
        profiles = self._store.identity_profiles(identities.get(voice.profile, voice.profile))
        return tuple(dict.fromkeys(p.affiliation for p in profiles if p.affiliation is not None))
