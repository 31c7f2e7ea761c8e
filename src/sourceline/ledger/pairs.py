"""People's words on pairs of mentions: found again in the articles as they stand now, and what they come to.

A judgement names words in a version's text. In that version the mention is meant that covers them best, in another
version of the document the one that has the same words. Of two judgements of one pair the later counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime

from sourceline.errors import NotFound, UsageError
from sourceline.ledger.judgement_ids import mentions_id
from sourceline.model.claim import Article, Mention
from sourceline.model.identity import JudgementConflict
from sourceline.model.judgement import Judgement, Located, Verdict
from sourceline.model.link import Constraint
from sourceline.model.text import Span
from sourceline.store.contract import Store

_COVERED = 0.5
"""Of the characters of both that the two must share."""


class Pairs:
    """The judgements of mentions in a store."""

    def __init__(self, store: Store) -> None:
        self._claims = store.claims
        self._judgements = list(store.judgements(about_mentions=True))
        self.touched: set[int] = set()
        """Mentions that a constraint came to or left."""

    def is_judged(self, number: int) -> bool:
        """Whether somebody's word on this mention is followed."""
        return bool(self._judgements) and bool(self._claims.constraints([number]))

    def refresh(
        self, documents: Collection[str], away: Collection[str], leave: Callable[[Collection[int]], None]
    ) -> set[int]:
        """Finds again what is judged of these documents (by their keys); the mentions on which it bears now or did
        before, which have to be taken in again. They are taken out with `leave`, but for those of documents that are
        `away`, which are out already."""
        standing = {judgement.id for judgement in standing_pairs(self._judgements)}
        fresh: dict[str, list[Constraint]] = {}
        for judgement in self._judgements:
            if any(located.document in documents for located in judgement.mentions):
                found = self._resolved(judgement) if judgement.id in standing else []
                if found != self._claims.constraints_of(judgement.id):
                    fresh[judgement.id] = found
        constraints = [c for id, found in fresh.items() for c in (*found, *self._claims.constraints_of(id))]
        moved = {number for c in constraints for number in (c.first, c.second) if self._document(number) is not None}
        leave({number for number in moved if self._document(number) not in away})
        for id, found in fresh.items():
            self._claims.put_constraints(id, found)
        self.touched |= moved
        return moved

    def _resolved(self, judgement: Judgement) -> list[Constraint]:
        """Nothing where one of the two is not there."""
        first, second = (self._find(located) for located in judgement.mentions)
        if first is None or second is None or first == second:
            return []
        low, high = sorted((first, second))
        return [Constraint(first=low, second=high, same=judgement.verdict is Verdict.SAME)]

    def _find(self, located: Located) -> int | None:
        version = self._claims.matched_version(located.document)
        kept = None if version is None else self._claims.article(version)
        if kept is None:
            return None
        article, number = kept
        place = find_located(located, article)
        return None if place is None else number + place

    def _document(self, number: int) -> str | None:
        """The key of the document that has a mention with this number."""
        kept = self._claims.article_at(number)
        return None if kept is None or number - kept[1] >= len(kept[0].mentions) else kept[0].key


def standing_pairs(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that were not taken back or outranked by a later word on the same pair, in the order they were made."""
    latest: dict[object, Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.id)):
        if judgement.mentions and not judgement.undone:
            latest[frozenset(_offsets(located) for located in judgement.mentions)] = judgement
    return sorted(latest.values(), key=lambda j: (j.at, j.id))


def judge_mentions(store: Store, verdict: Verdict, ids: tuple[str, str], *, by: str, note: str | None) -> Judgement:
    """Somebody's word on the mentions with these ids. Raises NotFound where one is not there, UsageError where several
    may be meant or both are one."""
    mentions = tuple(sorted((locate(store, id) for id in ids), key=lambda m: (m.document, m.version, m.spans)))
    if mentions[0] == mentions[1]:
        raise UsageError("both are the same mention: give the ids of two, which sourceline trace --json lists")
    id = mentions_id(by, verdict, mentions, note)
    return Judgement(id=id, at=datetime.now(UTC), by=by, verdict=verdict, mentions=mentions, note=note)


def locate(store: Store, id: str) -> Located:
    """The mention with this id, or that of the attribution or own-voice assertion with it, for a judgement. Raises
    NotFound where there is none, UsageError where several may be meant."""
    numbers = store.claims.mentions_with(id)
    if not numbers:
        raise NotFound(f"there is no mention {id}: sourceline trace --json lists those of a claim")
    kept = store.claims.article_at(numbers[0])
    assert kept is not None, "a mention has an article"
    article, first = kept
    if len(numbers) > 1:
        listed = ", ".join(article.mentions[n - first].id for n in numbers if 0 <= n - first < len(article.mentions))
        raise UsageError(f"several mentions lie in {id}: give the id of one of {listed}")
    mention = article.mentions[numbers[0] - first]
    return Located(document=article.key, version=article.version, spans=mention.spans)


def find_located(located: Located, article: Article) -> int | None:
    """The place of the mention that is meant, in an article of its document; None where it has none like it."""
    if article.version != located.version:
        words = _words(located.spans)
        return next((i for i, m in enumerate(article.mentions) if words and _words(m.spans) == words), None)
    covers = [(_cover(located.spans, mention), -i) for i, mention in enumerate(article.mentions)]
    best, place = max(covers, default=(0.0, 0))
    return -place if best >= _COVERED else None


def pair_conflicts(store: Store) -> list[JudgementConflict]:
    """Judgements that two mentions differ where others that stand make them one: those are followed."""
    judgements = {judgement.id: judgement for judgement in standing_pairs(store.judgements(about_mentions=True))}
    ties = {id: found[0] for id in judgements if (found := store.claims.constraints_of(id))}
    roots: dict[int, int] = {}

    def root(number: int) -> int:
        while (above := roots.get(number, number)) != number:
            number = above
        return number

    for tie in ties.values():
        if tie.same:
            roots[root(tie.first)] = root(tie.second)
    conflicts = []
    for id, tie in ties.items():
        if not tie.same and root(tie.first) == root(tie.second):
            against = tuple(o for o, t in ties.items() if t.same and root(t.first) == root(tie.first))
            reason = "other judgements, taken together, hold the two to put the same claim"
            conflicts.append(JudgementConflict(judgement=id, against=against, reason=reason))
    return conflicts


def _offsets(located: Located) -> object:
    return located.version, tuple((span.start, span.end) for span in located.spans)


def _words(spans: Sequence[Span]) -> str:
    return " ".join(" ".join(span.text for span in spans).split())


def _cover(spans: Sequence[Span], mention: Mention) -> float:
    """Characters that both share, of those of either."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in spans for b in mention.spans)
    whole = sum(s.end - s.start for s in (*spans, *mention.spans)) - shared
    return shared / whole if whole else 0.0
