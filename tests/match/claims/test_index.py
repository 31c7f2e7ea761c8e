"""Claims of invented articles, in whatever order they come."""

from __future__ import annotations

import time
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.match.claims import ClaimIndex, Clustering, Judged, compare, match_claims, sketch_of
from sourceline.model.claim import Article, Stance
from tests.match.claims.articles import article, mention

PILES = "Divers found nine of the Sellick mole's piles worn through below the water line"
SHUT = "The harbour board shut the Sellick mole to all boats on Monday"
POOL = (
    article("a", PILES, SHUT, hours=0, title="Sellick mole closed"),
    article("b", PILES, mention("Ode Farrant said nothing was wrong with the mole", by="Ode Farrant"), hours=3),
    article("c", mention("The mole at Sellick was never shut", negated=True, by="Mayor Tamm"), SHUT, hours=5),
    article("d", "The brewery in Corvin sold 41000 barrels of stout last year", hours=5, title="Stout"),
    article("e", mention("The Corvin brewery sold 41000 barrels", by="the brewery"), PILES, hours=2, outlet="Dray"),
    article(
        "f", mention("Police counted 4 dead at Sellick", by="police"), "At Sellick 4 are dead, say the police", hours=9
    ),
    article("g", mention("Police counted 11 dead at Sellick", by="police"), hours=30, title="Sellick mole toll rises"),
)


def members(clustering: Clustering) -> list[list[str]]:
    return [[member.mention for member in claim.members] for claim in clustering.claims]


def index_of(articles: Iterable[Article]) -> ClaimIndex:
    index = ClaimIndex()
    for one in articles:
        index.add(one)
    return index


def test_the_same_words_are_one_claim_and_other_news_another() -> None:
    found = match_claims(POOL[:4])
    claim = next(claim for claim in found.claims if claim.statement == PILES)
    assert [member.version for member in claim.members][:2] == [POOL[0].version, POOL[1].version]
    assert POOL[3].version not in {member.version for member in claim.members}


def test_a_claim_is_called_by_its_earliest_mention() -> None:
    found = match_claims([POOL[1], POOL[0]])
    claim = next(claim for claim in found.claims if claim.statement == PILES)
    assert claim.id == POOL[0].mentions[0].id


@settings(deadline=None, max_examples=30)
@given(st.permutations(POOL), st.integers(0, len(POOL)))
def test_order_and_batches_make_no_difference(order: list[Article], asked: int) -> None:
    index = index_of(order[:asked])
    index.claims()
    for late in order[asked:]:
        index.add(late)
    assert index.claims() == match_claims(POOL)


@settings(deadline=None, max_examples=30)
@given(st.permutations(POOL), st.integers(0, len(POOL)))
def test_what_was_removed_leaves_nothing(order: list[Article], kept: int) -> None:
    index = index_of(order)
    index.claims()
    for gone in order[kept:]:
        index.remove(gone.version)
    assert index.claims() == match_claims(order[:kept])


@settings(deadline=None)
@given(st.sampled_from(POOL), st.sampled_from(POOL), st.integers(0, 1), st.integers(0, 1))
def test_comparing_is_symmetric(one: Article, other: Article, first: int, second: int) -> None:
    a, b = one.mentions[first % len(one.mentions)], other.mentions[second % len(other.mentions)]
    assert compare(sketch_of(a, one), sketch_of(b, other)) == compare(sketch_of(b, other), sketch_of(a, one))


def test_people_join_and_part() -> None:
    piles, stout = POOL[0].mentions[0].id, POOL[3].mentions[0].id
    joined = match_claims(POOL, [Judged(first=stout, second=piles, same=True)])
    assert any({piles, stout} <= set(group) for group in members(joined))
    shut, again = POOL[0].mentions[1].id, POOL[2].mentions[1].id
    assert any({shut, again} <= set(group) for group in members(match_claims(POOL)))
    denied = POOL[2].mentions[0].id
    parted = match_claims(POOL, [Judged(first=denied, second=shut, same=False)])
    assert not any({shut, denied} <= set(group) for group in members(parted))
    assert parted.conflicts == ()


def test_a_loop_of_judgements_is_shown_and_nothing_is_dropped() -> None:
    a, b, c = (one.mentions[0].id for one in (POOL[0], POOL[3], POOL[6]))
    words = [
        Judged(first=a, second=b, same=True),
        Judged(first=b, second=c, same=True),
        Judged(first=a, second=c, same=False),
    ]
    found = match_claims(POOL, words)
    assert any({a, b, c} <= set(group) for group in members(found))
    assert found.conflicts == (Judged(first=a, second=c, same=False),)
    assert found == match_claims(POOL, words[::-1])
    assert {m for group in members(found) for m in group} == {m.id for one in POOL for m in one.mentions}


def test_a_judgement_of_one_wording_against_itself_is_a_conflict() -> None:
    words = [Judged(first=POOL[0].mentions[0].id, second=POOL[1].mentions[0].id, same=False)]
    found = match_claims(POOL, words)
    assert len(found.conflicts) == 1


def test_what_takes_up_a_denied_claim_turns_with_it() -> None:
    told = article("h", mention("The mole at Sellick was shut on Monday", by="the board"), hours=0)
    answer = mention(
        "The mayor calls that untrue", by="Mayor Tamm", stance=Stance.DENIES, refers_to=told.mentions[0].id
    )
    both = article("h", mention("The mole at Sellick was shut on Monday", by="the board"), answer, hours=0)
    found = match_claims([both], [Judged(first=both.mentions[0].id, second=both.mentions[1].id, same=True)])
    assert [member.stance for member in found.claims[0].members] == [Stance.ASSERTS, Stance.DENIES]


def test_very_many_articles_of_one_line_take_little_time() -> None:
    lines = [article(f"n{at}", PILES, hours=at / 100) for at in range(3000)]
    begun = time.monotonic()
    found = match_claims(lines)
    assert time.monotonic() - begun < 30
    assert [len(claim.members) for claim in found.claims] == [3000]


def test_nothing() -> None:
    assert match_claims([]) == Clustering(claims=(), conflicts=())
    assert match_claims([article("empty")]).claims == ()
