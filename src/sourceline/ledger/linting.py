"""A draft held against a ledger, as if it were the next article: whose claims it puts, and what is known of these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sourceline.ledger.articles import draft_article
from sourceline.ledger.claims import Claims
from sourceline.ledger.close_reading import Read
from sourceline.ledger.drafting import Related, relate_draft
from sourceline.match.reuse import Worded
from sourceline.model.claim import Relation, Reuse, ReuseKind, Stance
from sourceline.model.evidence import Version
from sourceline.model.lint import LintFinding, Rule
from sourceline.model.source import SourceKind
from sourceline.model.text import Span
from sourceline.model.trace import Evidence, Trace, Traced
from sourceline.store.contract import Store
from sourceline.trace.signs import credits_outlet
from sourceline.trace.testimony import RECYCLED_AFTER

_COPIED = frozenset({ReuseKind.COPY, ReuseKind.EDITED_COPY, ReuseKind.EXCERPT})
_UNNAMED = frozenset({SourceKind.ANONYMOUS.value, SourceKind.GROUP.value})
_SHOWN = 3
"""Pieces of evidence given of one thing."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A mention of the draft with the claim that it puts."""

    related: Related
    trace: Trace


class Linter:
    """Holds one draft against a store."""

    def __init__(self, store: Store, claims: Claims, read: Read, *, min_origins: int | None, now: datetime) -> None:
        document = read.reading.document
        version = Version(
            id="draft",
            key="draft",
            name=document.id,
            number=1,
            at=now,
            text_sha256="",
            sha256=document.sha256,
            url=document.url,
            outlet=document.outlet,
            outlet_kind=document.outlet_kind,
            title=document.title,
            published=document.published,
        )
        self._draft = draft_article(version, read.reading, read.meanings)
        self._text = document.text
        self._claims = claims
        self._store = store
        self._min_origins = min_origins

    def findings(self) -> Iterator[LintFinding]:
        """What speaks, in the order of the draft."""
        found = [*self._of_claims(), *self._of_copies()]
        yield from sorted(found, key=lambda f: (f.span.start, list(Rule).index(f.rule), f.claim or "", f.message))

    # claims -----------------------------------------------------------------------------------------------------------

    def _of_claims(self) -> Iterator[LintFinding]:
        related = list(relate_draft(self._draft, self._store.claims, self._claims.matching.matcher))
        traces: dict[str, Trace] = {}
        known: list[_Known] = []
        for one in related:
            gathered = self._claims.gathering.of_mention(one.number)
            id = gathered.claim.id
            traces[id] = traces.get(id) or self._claims.tracing.trace(gathered)
            known.append(_Known(one, traces[id]))
        told = {one.trace.claim for one in known if self._is_against(one)}
        for held in known:
            if held.related.mention.stance is Stance.DECLINES:
                continue
            if held.related.relation is Relation.RIVAL:
                yield from self._other_figure(held)
                continue
            for rule in (self._unnamed, self._few_origins, self._old):
                yield from rule(held)
            if held.trace.claim not in told:
                yield from self._disputed(held)

    def _is_against(self, known: _Known) -> bool:
        """Whether the draft has the dispute itself."""
        if known.related.relation is Relation.RIVAL:
            return False
        opposed = known.related.relation is Relation.OPPOSITE
        return opposed or known.related.mention.stance in (Stance.DENIES, Stance.DOUBTS)

    def _unnamed(self, known: _Known) -> Iterator[LintFinding]:
        speaker = known.related.mention.speaker
        origins = [origin for origin in known.trace.origins if origin.asserts]
        if speaker is None or speaker.named or not origins or any(o.kind not in _UNNAMED for o in origins):
            return
        listed = ", ".join(dict.fromkeys(origin.source for origin in origins))
        message = f"rests on sources without a name only: {listed}"
        yield self._finding(Rule.UNNAMED_ONLY, message, known, known.trace.mentions)

    def _disputed(self, known: _Known) -> Iterator[LintFinding]:
        disputes = known.trace.disputed_by
        if disputes:
            who = ", ".join(dict.fromkeys(f"{d.source or d.document} ({d.kind.value})" for d in disputes))
            evidence = tuple(
                Evidence(version=d.version, document=d.document, span=s) for d in disputes for s in d.spans[:1]
            )
            yield self._finding(
                Rule.DISPUTED_UNSAID, f"disputed by {who}, which the draft does not say", known, evidence
            )

    def _old(self, known: _Known) -> Iterator[LintFinding]:
        first = known.trace.first_published
        if first is None or known.related.mention.dates or self._draft.time - first < RECYCLED_AFTER:
            return
        days = (self._draft.time - first).days
        message = f"first published {first.date().isoformat()}, {days:,} days before, and no date says so"
        yield self._finding(Rule.RECYCLED_AS_NEW, message, known, known.trace.mentions)

    def _few_origins(self, known: _Known) -> Iterator[LintFinding]:
        low = known.trace.independent_origins.low
        if self._min_origins is not None and low < self._min_origins:
            message = f"{low} independent {'origin' if low == 1 else 'origins'} shown, {self._min_origins} asked for"
            yield self._finding(Rule.ORIGINS, message, known, known.trace.mentions)

    def _other_figure(self, known: _Known) -> Iterator[LintFinding]:
        number = known.related.number
        kept = self._store.claims.article_at(number)
        if kept is None:
            return
        article, mention = kept[0], kept[0].mentions[number - kept[1]]
        figures = ", ".join(quantity.span.text for quantity in mention.quantities)
        message = f"{article.outlet or article.name} has another figure: {figures}"
        evidence = (Evidence(version=article.version, document=article.name, span=mention.spans[0]),)
        yield self._finding(Rule.FIGURE_DIFFERS, message, known, evidence)

    # copies -----------------------------------------------------------------------------------------------------------

    def _of_copies(self) -> Iterator[LintFinding]:
        covered: set[int] = set()
        shared = self._claims.tracing.shared_with(Worded("draft", self._text))
        for reuse in sorted(shared, key=lambda r: (-_length(r), r.first)):
            kept = self._store.claims.article(reuse.first)
            if kept is None or reuse.kind not in _COPIED or credits_outlet(self._draft, kept[0]):
                continue
            there, here = reuse.spans[0]
            if covered.intersection(range(here.start, here.end)):
                continue
            covered.update(range(here.start, here.end))
            article = kept[0]
            words = len(here.text.split())
            message = (
                f"{words:,} words stand in {article.outlet or article.name} ({article.name}), which is not credited"
            )
            evidence = (Evidence(version=article.version, document=article.name, span=there),)
            yield LintFinding(
                rule=Rule.COPY_UNCREDITED, message=message, span=here, line=self._line(here), evidence=evidence
            )

    # within -----------------------------------------------------------------------------------------------------------

    def _finding(
        self, rule: Rule, message: str, known: _Known, evidence: Sequence[Traced] | tuple[Evidence, ...]
    ) -> LintFinding:
        span = known.related.mention.spans[0]
        shown = tuple(_evidence(one) for one in evidence[:_SHOWN])
        return LintFinding(
            rule=rule, message=message, span=span, line=self._line(span), claim=known.trace.claim, evidence=shown
        )

    def _line(self, span: Span) -> int:
        return self._text.count("\n", 0, span.start) + 1


def _evidence(one: Traced | Evidence) -> Evidence:
    if isinstance(one, Evidence):
        return one
    return Evidence(version=one.version, document=one.document, span=one.spans[0])


def _length(reuse: Reuse) -> int:
    here = reuse.spans[0][1]
    return here.end - here.start
