"""What holds of every trace, over invented claims of a few articles."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.model.claim import Article, Claim, Member, Stance
from sourceline.model.source import Lineage, SourceKind
from sourceline.model.trace import Trace
from sourceline.trace import Setting, find_edges, trace_claim
from tests.tales import START, article, claim_of, copy, figure, reuse_of, said, trace, voice

OUTLETS = ("Sellick Post", "Radio Kell", "Northern Wire", "Daily Kite", "Harbour Ledger", None)
KINDS = {"Radio Kell": "broadcaster", "Northern Wire": "wire", "Harbour Ledger": "aggregator"}
VOICES = (
    None,
    voice("Ode Farrant", SourceKind.PERSON),
    voice("Piet Olde", SourceKind.PERSON, role="engineer"),
    voice("Runa Vesk", SourceKind.PERSON, role="spokeswoman", office_of="Ministry of Harbours"),
    voice("Ministry of Harbours", SourceKind.GOVERNMENT),
    voice("ministry", SourceKind.GOVERNMENT, named=False),
    voice("Sellick Harbour Board", SourceKind.ORGANISATION),
    voice("two officials", SourceKind.ANONYMOUS, count=2),
    voice("survey of the eastern mole", SourceKind.DOCUMENT),
    voice("Sellick Post", SourceKind.MEDIA),
    voice("Northern Wire", SourceKind.MEDIA),
    voice("reports", SourceKind.MEDIA, named=False),
)
WORDS = (("mole", "pile", "worn"), ("pile", "worn", "through", "diver"), ("winter", "storm", "hole"))


@st.composite
def mentions(draw: st.DrawFn, stances: Sequence[Stance] = tuple(Stance)):  # type: ignore[no-untyped-def]
    carriers = draw(st.sampled_from(((), (voice("Sellick Post", SourceKind.MEDIA),))))
    figures = draw(st.sampled_from(((), (figure(4, "piles"),), (figure(9, "piles"),))))
    return said(
        draw(st.sampled_from(VOICES)),
        words=draw(st.sampled_from(WORDS)),
        stance=draw(st.sampled_from(stances)),
        via=carriers,
        quantities=figures,
        direct=draw(st.booleans()),
    )


@st.composite
def tales(draw: st.DrawFn, stances: Sequence[Stance] = tuple(Stance)) -> list[Article]:
    told = []
    for number in range(draw(st.integers(1, 6))):
        outlet = draw(st.sampled_from(OUTLETS))
        told.append(
            article(
                f"d{number}",
                outlet,
                *draw(st.lists(mentions(stances), min_size=1, max_size=3)),
                kind=KINDS.get(outlet or "", "newspaper"),
                after=draw(st.sampled_from((0, 1, 5, 30, 24 * 40, -24 * 400, 24 * 4000))),
                lineage=draw(st.sampled_from(tuple(Lineage))),
            )
        )
    return told


ASSERTING = (Stance.ASSERTS,)


def counts(found: Trace) -> tuple[int, int, int]:
    s = found.independent_origins
    return s.low, s.best, s.high


@given(tales())
@settings(max_examples=150, deadline=None)
def test_the_counts_are_ordered_and_origins_resolve(tale: list[Article]) -> None:
    found = trace(*tale)
    for interval in (found.independent_origins, found.newsgathering_acts):
        assert 0 <= interval.low <= interval.best <= interval.high
    origins = {origin.id for origin in found.origins}
    assert len(origins) == len(found.origins)
    assert {m.origin for m in found.mentions if m.origin is not None} <= origins
    assert len(found.reasons) == len(set(found.reasons)) <= 12


@given(tales())
@settings(max_examples=100, deadline=None)
def test_parents_and_edges_point_forward_in_time(tale: list[Article]) -> None:
    found = trace(*tale)
    versions = {a.version: a for a in tale}
    held = {m.mention: m for m in found.mentions}
    for mention in found.mentions:
        if mention.parent is not None and held[mention.parent].version != mention.version:
            assert held[mention.parent].time <= mention.time
    for edge in find_edges(versions, [found], ()):
        assert versions[edge.earlier].time <= versions[edge.later].time
        assert edge.earlier != edge.later


@given(tales(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_articles_come_tells_nothing(tale: list[Article], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(tale)
    chance.shuffle(shuffled)
    claim = claim_of(tale)
    members = list(claim.members)
    chance.shuffle(members)
    again = replace(claim, members=tuple(members))
    assert trace_claim(claim, {a.version: a for a in tale}) == trace_claim(again, {a.version: a for a in shuffled})


@given(tales(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_copy_changes_neither_what_is_shown_nor_what_is_likely(tale: list[Article], data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(tale))
    latest = max((a.time for a in tale), default=START)
    hours = (latest - START) / timedelta(hours=1) + 2
    copied, reuse = copy(original, "z", "Evening Tide", hours)
    before, after = trace(*tale), trace(*tale, copied, setting=reuse_of([reuse]))
    assert counts(before)[:2] == counts(after)[:2]
    assert before.newsgathering_acts.best == after.newsgathering_acts.best


@given(tales(), st.sampled_from(VOICES[1:]))
@settings(max_examples=150, deadline=None)
def test_a_denial_never_raises_the_count(tale: list[Article], speaker) -> None:  # type: ignore[no-untyped-def]
    denial = article("z", "Evening Tide", said(speaker, stance=Stance.DENIES), after=24 * 5000)
    before, after = counts(trace(*tale)), counts(trace(*tale, denial))
    assert all(now <= then for then, now in zip(before, after, strict=True))
    assert after[2] == before[2]


@given(tales(ASSERTING))
@settings(max_examples=100, deadline=None)
def test_taking_it_back_lowers_what_is_shown_and_keeps_what_is_possible(tale: list[Article]) -> None:
    person = voice("Sunniva Brant", SourceKind.PERSON)
    first = article("y", "Evening Tide", said(person, words=("saw", "myself", "gap"), direct=True), after=-24 * 900)
    back = article("z", "Evening Tide", said(person, words=("never", "said"), stance=Stance.DENIES), after=24 * 5000)
    before, after = counts(trace(first, *tale)), counts(trace(first, *tale, back))
    assert after[0] <= before[0]
    assert after[2] == before[2]


@given(tales())
@settings(max_examples=60, deadline=None)
def test_without_anybody_or_before_anything_nothing_is_left(tale: list[Article]) -> None:
    known = {name for a in tale for name in (a.outlet, *(m.speaker.name for m in a.mentions if m.speaker)) if name}
    empty = trace(*tale, setting=Setting(without=tuple(sorted(known))))
    if all(a.outlet for a in tale):
        assert counts(empty) == (0, 0, 0)
        assert empty.mentions == ()
    early = trace(*tale, setting=Setting(as_of=START - timedelta(days=3000)))
    assert (early.mentions, early.origins, counts(early)) == ((), (), (0, 0, 0))


def test_a_document_that_cites_itself() -> None:
    itself = article("a", "Sellick Post", said(voice("Sellick Post", SourceKind.MEDIA)))
    found = trace(itself)
    assert [mention.parent for mention in found.mentions] == [None]
    assert find_edges({"a": itself}, [found], ()) == ()


def test_at_equal_times_only_a_credit_gives_a_direction() -> None:
    first = article("a", "Sellick Post", said(voice("Ode Farrant")))
    same = article("b", "Radio Kell", said())
    assert trace(first, same).mentions[1].parent is None
    credited = article("b", "Radio Kell", said(voice("Sellick Post", SourceKind.MEDIA)))
    assert trace(first, credited).mentions[1].parent == "a-0"


def test_a_claim_without_members_has_an_empty_trace() -> None:
    found = trace_claim(Claim(id="c", statement="", members=()), {})
    assert (found.mentions, found.origins, counts(found)) == ((), (), (0, 0, 0))


def many(number: int) -> tuple[Claim, dict[str, Article]]:
    """A claim with many mentions, in as many articles of as many outlets and of as many speakers."""
    articles = {}
    members = []
    for place in range(number):
        name = f"d{place:06}"
        speaker = (None, voice(f"Anna Lind{place}"), voice("Ministry of Harbours", SourceKind.GOVERNMENT))[place % 3]
        outlet = None if place % 7 == 0 else f"Paper {place % (number // 2)}"
        articles[name] = article(name, outlet, said(speaker), after=place / 60)
        members.append(Member(mention=f"{name}-0", version=name, stance=Stance.ASSERTS, certainty=1.0))
    return Claim(id="c", statement="", members=tuple(members)), articles


def test_time_grows_with_the_number_of_mentions() -> None:
    took = []
    for number in (1500, 3000, 6000):
        claim, articles = many(number)
        began = time.perf_counter()
        trace_claim(claim, articles)
        took.append(time.perf_counter() - began)
    assert all(later < 4 * earlier + 0.5 for earlier, later in pairwise(took)), took
