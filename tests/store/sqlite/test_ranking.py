"""Sources by how often they speak: alone or joined, gathered or walked, kept now or by an earlier program."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from sourceline.model.evidence import Removal
from sourceline.model.query import Query
from sourceline.model.speech import Act
from sourceline.store.contract import Deposit, Store
from sourceline.store.sqlite import open_store, ranking
from tests.store.earlier import write_as_before
from tests.store.world import (
    COMPANY,
    OFFICIAL,
    RUIZ,
    RUIZ_DENIES,
    START,
    Saying,
    day,
    deposit,
    everything,
    pages,
    put,
    reading_of,
)

SPEAKERS = [replace(RUIZ_DENIES if i % 3 else RUIZ, who=f"Ana Ruiz the {i}th") for i in range(30)]
GIVEN = [
    deposit(f"d{i}", reading_of([*[speaker] * (1 + i % 4), OFFICIAL], published=f"2031-03-{i + 1:02}"))
    for i, speaker in enumerate(SPEAKERS)
]
ALONE = "0006 profiles that stand alone"


def ids_of(*deposits: Deposit) -> list[str]:
    return sorted(profile.id for given in deposits for profile in given.profiles.values())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Thirty sources, of whom three are one and two are another, and one is called what nobody is."""
    store = open_store(path)
    put(store, *GIVEN)
    with store.writing():
        store.set_identities(dict.fromkeys(ids_of(*GIVEN[:3]), ids_of(*GIVEN[:3])[0]))
        store.set_identities(dict.fromkeys(ids_of(*GIVEN[8:10]), ids_of(*GIVEN[8:10])[1]))
        store.set_identities({ids_of(GIVEN[20])[0]: "ffffffffffffffff"})
    yield store
    store.close()


@pytest.mark.parametrize("most", [0, 1, 4096])
@pytest.mark.parametrize("limit", [1, 4, 50])
def test_who_speaks_most_comes_first_and_of_equals_the_lower_id(
    store: Store, monkeypatch: pytest.MonkeyPatch, most: int, limit: int
) -> None:
    monkeypatch.setattr(ranking, "_MOST_GATHERED", most)
    found = pages(lambda **page: store.summaries(**page), limit=limit)
    assert len(found) == 30 - 2 - 1
    assert found == sorted(found, key=lambda s: (-sum(s.acts.values()), s.identity))
    for acts in ((Act.DENY,), (Act.STATE,), (Act.STATE, Act.WARN), (Act.DECLINE,)):
        did = [summary for summary in found if not summary.acts.keys().isdisjoint(acts)]
        assert pages(lambda acts=acts, **page: store.summaries(acts=acts, **page), limit=limit) == did
        assert pages(lambda acts=acts, **page: store.summaries("ruiz", acts=acts, **page), limit=limit) == did


def edited(number: int, *speakers: Saying, after: int = 1) -> Deposit:
    """Another text of one of the articles."""
    return deposit(f"d{number}", reading_of([*speakers], published=f"2031-03-{number + 1:02}"), at=day(after))


def counted(store: Store, *, all_versions: bool) -> dict[str, Counter[Act]]:
    """What each source did, as a search finds it."""
    found: dict[str, Counter[Act]] = defaultdict(Counter)
    for finding in pages(lambda **page: store.find(Query(all_versions=all_versions), **page), limit=50):
        if finding.identity is not None:
            found[finding.identity][finding.attribution.act] += 1
    return found


@pytest.mark.parametrize("most", [0, 1, 4096])
@pytest.mark.parametrize("all_versions", [False, True])
def test_a_source_of_edited_articles_is_ranked_by_its_latest_versions_or_by_all(
    store: Store, monkeypatch: pytest.MonkeyPatch, most: int, all_versions: bool
) -> None:
    """Alone or joined, in no latest version, in some, or there again."""
    monkeypatch.setattr(ranking, "_MOST_GATHERED", most)
    put(store, edited(0, COMPANY), edited(4, SPEAKERS[4], SPEAKERS[4]), edited(5, COMPANY), edited(8, SPEAKERS[25]))
    put(store, edited(6, COMPANY), edited(20, SPEAKERS[5], COMPANY))
    put(store, replace(GIVEN[6], at=day(2)), deposit("other", reading_of([SPEAKERS[4]], published="2031-05-01")))
    truth = counted(store, all_versions=all_versions)
    found = pages(lambda **page: store.summaries(all_versions=all_versions, **page), limit=4)
    assert {summary.identity: summary.acts for summary in found} == truth
    assert found == sorted(found, key=lambda s: (-sum(s.acts.values()), s.identity))
    for acts in ((Act.DENY,), (Act.STATE, Act.WARN)):
        did = [summary for summary in found if not summary.acts.keys().isdisjoint(acts)]
        ask = partial(store.summaries, acts=acts, all_versions=all_versions)
        assert pages(ask, limit=4) == did
        assert pages(partial(ask, "ruiz"), limit=4) == [summary for summary in did if "Ruiz" in summary.name]
    assert list(store.faults()) == []


def test_sums_are_right_whatever_is_edited_taken_down_or_judged_one(store: Store) -> None:
    """A run of changes drawn by lot, the same each time."""
    lot = random.Random(4)
    ids = [id for given in GIVEN for id in ids_of(given)]
    for step in range(60):
        number = lot.randrange(30)
        match lot.randrange(4):
            case 0:
                put(store, edited(number, *lot.sample(SPEAKERS, 3), after=step))
            case 1:
                put(store, replace(GIVEN[number], at=day(step)))
            case 2:
                versions = [v.id for v in store.versions() if v.removal is None]
                with store.writing():
                    store.remove(lot.choice(versions), Removal(at=START, by="Ines Calder", reason="a court order"))
            case _:
                with store.writing():
                    store.set_identities(dict.fromkeys(lot.sample(ids, 3), lot.choice(ids)))
        for all_versions in (False, True):
            shown = store.summaries(limit=100, all_versions=all_versions).items
            assert {summary.identity: summary.acts for summary in shown} == counted(store, all_versions=all_versions)
        assert list(store.faults()) == []


def test_a_source_that_comes_back_is_one_with_those_that_have_its_id(store: Store) -> None:
    first, *others = sorted(GIVEN[:3], key=ids_of)
    (id,) = ids_of(first)
    again = deposit("again", reading_of([*[SPEAKERS[GIVEN.index(first)]] * 5, COMPANY]))
    version = next(v.id for v in store.versions() if v.name == first.name)
    with store.writing():
        store.remove(version, Removal(at=START, by="Ines Calder", reason="a court order"))
    assert [p.id for p in store.identity_profiles(id)] == ids_of(*others)
    put(store, again)
    assert [p.id for p in store.identity_profiles(id)] == [id, *ids_of(*others)]
    said = 5 + sum(len(given.reading.attributions) - 1 for given in others)
    (summary,) = (s for s in store.summaries().items if s.identity == id)
    assert sum(summary.acts.values()) == store.count(Query(identity=id)) == said
    assert store.summaries().items[0] == summary
    assert list(store.faults()) == []


def test_a_source_that_is_left_alone_counts_for_itself(store: Store) -> None:
    ids = ids_of(*GIVEN[:3])
    before = store.summaries().items
    with store.writing():
        store.set_identities({id: id for id in ids})
    apart = store.summaries().items
    assert len(apart) == len(before) + 2 and {s.identity for s in apart} >= set(ids)
    put(store, deposit("more", reading_of([SPEAKERS[0]] * 7)))
    assert sum(store.summaries().items[0].acts.values()) == 8
    with store.writing():
        store.set_identities(dict.fromkeys(ids, ids[0]))
    assert len(store.summaries().items) == len(before)
    assert list(store.faults()) == []


def test_sums_that_differ_from_the_index_are_told(store: Store, path: Path) -> None:
    (id,) = ids_of(GIVEN[25])
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute('UPDATE profiles SET "warn" = "warn" + 1 WHERE id = ?', (id,))
    connection.close()
    opened = open_store(path)
    assert [fault for fault in opened.faults() if "sums" in fault] == [
        f"the sums of source {id} are wrong: the index has other numbers"
    ]
    opened.close()


def test_a_ledger_in_which_every_profile_kept_an_identity_is_brought_up_to_date(
    store: Store, path: Path, tmp_path: Path
) -> None:
    before = everything(store)
    store.close()
    earlier = tmp_path / "earlier.db"
    write_as_before(path, earlier, ALONE)
    opened = open_store(earlier)
    assert ALONE in opened.schema()
    assert everything(opened) == before
    assert before["faults"] == []
    opened.close()
