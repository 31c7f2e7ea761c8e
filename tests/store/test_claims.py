"""What the contract promises of claims, asked of every store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sourceline.errors import InvalidRecord, NotFound, UsageError
from sourceline.model.claim import Relation, Stance
from sourceline.model.evidence import Removal
from sourceline.model.link import Constraint, Link
from sourceline.model.reading import ModelVersion
from sourceline.model.text import Span
from sourceline.model.trace import Interval
from sourceline.store.claim_contract import Cluster, Counted, Placed
from sourceline.store.contract import Store
from tests.store.articles import article_of, mention_of, put_article, rich_mention
from tests.store.conftest import Opener
from tests.store.world import (
    OFFICIAL,
    RUIZ,
    RUIZ_DENIES,
    START,
    day,
    deposit,
    pages,
    profiles_of,
    put,
    reading_of,
    version_of,
)

TWO = (RUIZ, OFFICIAL)
FELL, EMPTY = RUIZ.what, OFFICIAL.what


def link(first: int, second: int, probability: float = 0.5, relation: Relation = Relation.SAME) -> Link:
    return Link(first=first, second=second, relation=relation, probability=probability, opposite=0.25, reasons=5)


def placed(*nodes: int) -> tuple[Placed, ...]:
    return tuple(
        Placed(node=n, stance=Stance.ASSERTS, certainty=0.75, reasons=("the same words",)) for n in sorted(nodes)
    )


def written(store: Store, *clusters: Cluster, nodes: tuple[int, ...] = ()) -> None:
    with store.writing():
        store.claims.replace_claims({p.node for c in clusters for p in c.members}.union(nodes), clusters)


# what is to be done ---------------------------------------------------------------------------------------------------


def test_what_comes_changes_or_goes_is_unmatched(store: Store) -> None:
    given = deposit("a", reading_of(TWO))
    put(store, given)
    key = given.key
    assert store.claims.unmatched() == [key] and store.claims.count_unmatched() == 1
    changes: tuple[Callable[[], object], ...] = (
        lambda: store.put(deposit("a", reading_of((RUIZ_DENIES,)), key=key, at=day(1))),
        lambda: store.put(deposit("a", reading_of(TWO), key=key, at=day(-1), raw="earlier bytes")),
        lambda: store.replace_reading(
            version_of(given), reading_of(TWO, model=ModelVersion(name="by-hand", version="2")), {}
        ),
        lambda: store.remove(version_of(given), Removal(at=day(9), by="Kim", reason="asked")),
    )
    for change in changes:
        with store.writing():
            store.claims.mark_matched(key)
        assert store.claims.unmatched() == []
        with store.writing():
            change()
        assert store.claims.unmatched() == [key]


def test_what_is_known_already_stays_matched(store: Store) -> None:
    given = deposit("a", reading_of(TWO))
    put(store, given)
    with store.writing():
        store.claims.mark_matched(given.key)
    put(store, given)
    assert store.claims.unmatched() == []


def test_another_matcher_begins_anew(store: Store) -> None:
    article, number = put_article(store, deposit("a", reading_of(TWO)), FELL, EMPTY)
    with store.writing():
        store.claims.begin_anew("one/1")
        number = store.claims.put_article(article)
        store.claims.add_keys(number, ["k1"])
        store.claims.put_links([link(number, number + 1)])
        store.claims.put_ties([(number, number + 1)])
        store.claims.add_repeat(number + 1, number)
        store.claims.put_constraints("j1", [Constraint(first=number, second=number + 1, same=True)])
        store.claims.mark_matched(article.key)
    written(store, Cluster(id="c1", statement="exports fell", members=placed(number)))
    assert store.claims.matcher() == "one/1"
    with store.writing():
        store.claims.begin_anew("two/1")
    claims = store.claims
    assert claims.matcher() == "two/1" and claims.unmatched() == [article.key]
    assert claims.article(article.version) is None and claims.mentions_with(article.mentions[0].id) == []
    assert claims.holders("k1", 9) == [] and claims.links([number]) == [] and claims.tied([number]) == set()
    assert claims.node_of(number + 1) is None and claims.constraints([number]) == []
    assert claims.cluster_with(number) is None and list(claims.clusters()) == []
    assert pages(lambda **page: claims.claims("exports", **page)) == []


def test_nothing_is_written_outside_a_transaction(store: Store) -> None:
    claims = store.claims
    writes: tuple[Callable[[], object], ...] = (
        lambda: claims.begin_anew("m"),
        lambda: claims.mark_matched("k"),
        lambda: claims.drop_article("v"),
        lambda: claims.add_keys(1, ["k"]),
        lambda: claims.add_repeat(1, 2),
        lambda: claims.put_links([]),
        lambda: claims.put_constraints("j", []),
        lambda: claims.replace_claims([], []),
        lambda: claims.touch([]),
    )
    for write in writes:
        with pytest.raises(UsageError):
            write()


# articles -------------------------------------------------------------------------------------------------------------


def test_an_article_comes_back_with_its_meanings(store: Store) -> None:
    vector = bytes(range(128))
    given = deposit("a", reading_of(TWO, url="https://a.example/x", outlet="Vellin Post"))
    rich = rich_mention(given.reading.document.text, vector=vector)
    put(store, replace(given, meanings={rich.id: vector}))
    article = article_of(store, given, rich, mention_of(given.reading.document.text, EMPTY))
    with store.writing():
        number = store.claims.put_article(article)
    assert store.claims.article(article.version) == (article, number)
    assert store.claims.article_at(number + 1) == (article, number)
    assert store.claims.matched_version(given.key) == article.version
    assert list(store.claims.articles()) == [(article, number)]
    assert store.claims.text(article.version) == given.reading.document.text
    assert store.meanings(article.version) == {rich.id: vector}


def test_meanings_go_with_the_reading(store: Store) -> None:
    given = replace(deposit("a", reading_of(TWO)), meanings={"00000000000000aa": b"x" * 128})
    put(store, given)
    version = version_of(given)
    with store.writing():
        store.replace_reading(version, reading_of(TWO), profiles_of(reading_of(TWO)), {"00000000000000bb": b"y" * 128})
    assert store.meanings(version) == {"00000000000000bb": b"y" * 128}
    with store.writing():
        store.replace_reading(version, reading_of(TWO), {})
    assert store.meanings(version) == {}


def test_mentions_are_found_by_any_id(store: Store) -> None:
    article, number = put_article(store, deposit("a", reading_of(TWO)), FELL, EMPTY)
    _, other = put_article(store, deposit("b", reading_of(TWO)), FELL)
    first, second = article.mentions
    assert store.claims.mentions_with(first.id) == [number, other]
    assert store.claims.mentions_with(second.attribution or "") == [number + 1]
    for unknown in ("", "x", "0123456789abcdef", first.id[:8], "zzzzzzzzzzzzzzzz"):
        assert store.claims.mentions_with(unknown) == []
    with store.writing():
        store.claims.drop_article(article.version)
        store.claims.drop_article("unknown")
    assert store.claims.mentions_with(first.id) == [other]
    assert store.claims.matched_version(article.key) is None


def test_an_article_of_no_text_is_refused(store: Store) -> None:
    given = deposit("a", reading_of(TWO))
    put(store, given)
    article = article_of(store, given)
    wrong = replace(mention_of(given.reading.document.text, FELL), spans=(Span(start=0, end=2, text="??"),))
    with store.writing():
        with pytest.raises(InvalidRecord):
            store.claims.put_article(replace(article, mentions=(wrong,)))
        with pytest.raises(NotFound):
            store.claims.put_article(replace(article, version="unknown"))


def test_mentions_stand_in_the_order_of_time(store: Store) -> None:
    late, early, none = (deposit(name, reading_of(TWO), at=START) for name in "abc")
    numbers = []
    for given, published in ((late, day(3)), (early, day(1)), (none, None)):
        put(store, given)
        text = given.reading.document.text
        mentions = (mention_of(text, FELL), mention_of(text, EMPTY))
        with store.writing():
            numbers.append(store.claims.put_article(article_of(store, given, *mentions, published=published)))
    wanted = [numbers[2], numbers[2] + 1, numbers[1], numbers[1] + 1, numbers[0], numbers[0] + 1]
    assert store.claims.in_order(set(wanted)) == wanted


# candidates -----------------------------------------------------------------------------------------------------------


def test_holders_of_a_key(store: Store) -> None:
    claims = store.claims
    with store.writing():
        claims.add_keys(5, ["ka", "kb"])
        claims.add_keys(3, ["ka"])
        assert claims.holders("ka", 9) == [3, 5]
        claims.drop_keys(3, ["ka"])
        assert claims.holders("ka", 9) == [5]
        claims.add_keys(3, ["ka"])
    assert claims.holders("ka", 9) == [3, 5] and claims.holders("ka", 1) == [3] and claims.holders("kz", 9) == []
    with store.writing():
        claims.add_keys(4, ["ka"])
        assert claims.holders("ka", 2) == [3, 4]
        claims.drop_keys(5, ["kb", "ka"])
        assert claims.holders("ka", 9) == [3, 4] and claims.holders("kb", 9) == []
    assert claims.holders("ka", 9) == [3, 4]


def test_keys_of_an_undone_transaction_are_not_there(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing():
        store.claims.add_keys(5, ["ka"])
        raise RuntimeError
    with store.writing():
        assert store.claims.holders("ka", 9) == []


def test_repeats(store: Store) -> None:
    _, one = put_article(store, deposit("a", reading_of(TWO), at=day(2)), FELL, EMPTY)
    _, two = put_article(store, deposit("b", reading_of(TWO), at=day(1)), FELL, EMPTY)
    claims = store.claims
    with store.writing():
        claims.add_repeat(one, 7)
        claims.add_repeat(two, 7)
        claims.add_repeat(one + 1, 8)
    assert claims.repeats([7, 8, 9]) == {7: [one, two], 8: [one + 1]}
    assert claims.sizes([7, 8, 9]) == {7: 3, 8: 2, 9: 1}
    assert claims.first_repeat(7) == two and claims.first_repeat(9) is None
    assert claims.node_of(two) == 7 and claims.node_of(7) is None
    with store.writing():
        claims.add_repeat(two, 8)
        claims.drop_repeat(one)
    assert claims.repeats([7, 8]) == {8: sorted((two, one + 1))}


# links ----------------------------------------------------------------------------------------------------------------


def test_links_are_found_from_both_ends(store: Store) -> None:
    claims = store.claims
    near, far = link(1, 2), link(1, 9, 0.1234, Relation.RIVAL)
    with store.writing():
        claims.put_links([far, near])
    assert claims.links([1]) == [near, far] and claims.links([9]) == [far] and claims.links([2, 9]) == [near, far]
    with store.writing():
        claims.put_links([link(1, 2, 0.75)])
        claims.drop_links([(1, 9), (4, 5)])
    assert claims.links([1, 2, 9]) == [link(1, 2, 0.75)]


def test_ties(store: Store) -> None:
    claims = store.claims
    with store.writing():
        claims.put_ties([(1, 2), (3, 1), (1, 2)])
    assert claims.tied([1]) == {2, 3} and claims.tied([2, 3]) == {1}
    with store.writing():
        assert claims.drop_ties(1) == [2, 3]
    assert claims.tied([1, 2, 3]) == set()


def test_constraints_follow_their_judgement(store: Store) -> None:
    claims = store.claims
    same, other = Constraint(first=1, second=2, same=True), Constraint(first=2, second=3, same=False)
    with store.writing():
        claims.put_constraints("j1", [same])
        claims.put_constraints("j2", [other])
    assert claims.constraints([2]) == [same, other] and claims.constraints([3]) == [other]
    assert claims.constraints_of("j1") == [same]
    with store.writing():
        claims.put_constraints("j1", [])
    assert claims.constraints([1, 2]) == [other] and claims.constraints_of("j1") == []


# claims ---------------------------------------------------------------------------------------------------------------


def test_claims_replace_what_their_nodes_made_before(store: Store) -> None:
    one = Cluster(id="c1", statement="exports fell", members=placed(1, 2), quantity="exports")
    two = Cluster(id="c2", statement="the depot was empty", members=placed(3))
    written(store, two, one)
    assert list(store.claims.clusters()) == [one, two]
    assert store.claims.cluster_with(2) == one and store.claims.cluster_with(4) is None
    whole = Cluster(id="c1", statement="exports fell", members=placed(1, 2, 3))
    written(store, whole)
    assert list(store.claims.clusters()) == [whole]
    written(store, nodes=(1,))
    assert list(store.claims.clusters()) == [] and store.claims.cluster_with(3) is None


def test_claims_of_one_id_are_told_apart_by_their_members(store: Store) -> None:
    one, two = (Cluster(id="c1", statement="exports fell", members=placed(n)) for n in (1, 2))
    written(store, one, two)
    assert store.claims.cluster_with(1) == one and store.claims.cluster_with(2) == two


def test_lists_of_claims(store: Store) -> None:
    outlets = ("Harbor Ledger", "Vellin Post", "Vellin Post", None)
    given = [deposit(f"d{i}", reading_of(TWO, outlet=outlet), at=day(i)) for i, outlet in enumerate(outlets)]
    numbers = [put_article(store, one, FELL, EMPTY)[1] for one in given]
    with store.writing():
        store.claims.add_repeat(numbers[3], numbers[2])
    fell = Cluster(id="c1", statement="Exports féll in May", members=placed(*numbers[:3]))
    empty = Cluster(id="c0", statement="the depot was empty", members=placed(numbers[0] + 1, numbers[1] + 1))
    written(store, fell, empty)
    listed = pages(lambda **page: store.claims.claims(**page), limit=1)
    assert [(c.id, c.articles, c.outlets, c.first, c.last) for c in listed] == [
        ("c1", 4, 2, day(0), day(3)),
        ("c0", 2, 2, day(0), day(1)),
    ]
    assert [c.id for c in pages(lambda **page: store.claims.claims("fell -depot", **page))] == ["c1"]
    assert pages(lambda **page: store.claims.claims(min_outlets=3, **page)) == []
    with pytest.raises(UsageError):
        store.claims.claims("-")
    with pytest.raises(UsageError):
        store.claims.claims(after="x")


def test_counts_are_kept_until_a_claim_is_touched(store: Store) -> None:
    _, number = put_article(store, deposit("a", reading_of(TWO)), FELL)
    cluster = Cluster(id="c1", statement="exports fell", members=placed(number))
    written(store, cluster)
    counted = Counted(origins=Interval(low=1, best=1, high=2), marks=("disputed",))
    with store.writing():
        store.claims.put_counted("c1", counted)

    def shown() -> tuple[Interval | None, tuple[str, ...]]:
        (summary,) = store.claims.claims().items
        return summary.independent_origins, summary.marks

    assert shown() == (counted.origins, counted.marks)
    written(store, cluster)
    assert shown() == (counted.origins, counted.marks)
    with store.writing():
        store.claims.touch([number])
    assert shown() == (None, ())


def test_who_is_who_has_claims_counted_again(store: Store) -> None:
    given = deposit("a", reading_of(TWO))
    _, number = put_article(store, given, FELL)
    profile = given.profiles["s1"].id
    written(store, Cluster(id="c1", statement="exports fell", members=placed(number)))
    counted = Counted(origins=Interval(low=1, best=1, high=1), marks=())
    for identity, kept in ((profile, True), ("another", False)):
        with store.writing():
            store.claims.put_counted("c1", counted)
            store.set_identities({profile: identity})
        (summary,) = store.claims.claims().items
        assert (summary.independent_origins is not None) is kept
    assert store.claims.identities([profile, "unknown"]) == {profile: "another"}


def test_a_removed_text_leaves_no_article(store: Store) -> None:
    given = replace(deposit("a", reading_of(TWO)), meanings={"00000000000000aa": b"x" * 128})
    article, _ = put_article(store, given, FELL)
    with store.writing():
        store.claims.drop_article(article.version)
        store.remove(article.version, Removal(at=datetime(2031, 4, 1, tzinfo=UTC), by="Kim", reason="asked"))
    assert store.meanings(article.version) == {} and store.claims.text(article.version) is None
    assert list(store.faults()) == []


def test_all_of_it_is_there_when_the_store_is_opened_again(opener: Opener) -> None:
    store = opener("ledger")
    article, number = put_article(store, deposit("a", reading_of(TWO)), FELL, EMPTY)
    with store.writing():
        store.claims.add_keys(number, ["ka"])
        store.claims.put_links([link(number, number + 1)])
    cluster = Cluster(id="c1", statement="exports fell", members=placed(number, number + 1))
    written(store, cluster)
    store.close()
    again = opener("ledger")
    assert again.claims.article(article.version) == (article, number)
    assert again.claims.holders("ka", 2) == [number]
    assert again.claims.links([number]) == [link(number, number + 1)]
    assert list(again.claims.clusters()) == [cluster]
    assert list(again.faults()) == []
