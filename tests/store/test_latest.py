"""Of an article's versions the one seen last is the latest, and it alone counts unless all are asked for: what every
store promises."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sourceline.model.evidence import Removal, Sighting
from sourceline.model.judgement import Judgement, Verdict
from sourceline.model.query import Query
from sourceline.model.speech import Act
from sourceline.store.contract import Deposit, Known, Store
from tests.store.conftest import Opener
from tests.store.world import (
    COMPANY,
    OFFICIAL,
    RUIZ,
    RUIZ_DENIES,
    START,
    day,
    deposit,
    everything,
    put,
    reading_of,
    version_of,
    wordings,
)

STATED: dict[str, Any] = {"published": "2031-03-06", "outlet": "One"}
FIRST = deposit("a", reading_of((RUIZ, OFFICIAL), **STATED))
EDITED = deposit("a", reading_of((RUIZ, COMPANY), **STATED), at=day(1))
AGAIN = replace(FIRST, at=day(2))
OTHER = deposit("b", reading_of((RUIZ_DENIES,), **STATED), at=day(1))


def latest(store: Store, document: str = "a") -> list[str]:
    return [version.id for version in store.versions(document) if version.latest]


def ruiz(store: Store, *, all_versions: bool = False) -> Any:
    found = store.summaries("ruiz", all_versions=all_versions).items
    assert len(found) <= 1
    return found[0] if found else None


def test_the_latest_version_alone_is_found(store: Store) -> None:
    put(store, EDITED, FIRST, OTHER)
    assert latest(store) == [version_of(EDITED)]
    assert sorted(wordings(store)) == ["any talks on the depot", "exports fell in May", "to comment on the depot"]
    assert len(wordings(store, all_versions=True)) == 5
    assert wordings(store, text="empty") == []
    assert wordings(store, text="empty", all_versions=True) == ["the depot was empty"]
    assert (store.count(Query(text="exports")), store.count(Query(text="exports", all_versions=True))) == (1, 2)
    assert (store.count(Query()), store.count(Query(all_versions=True))) == (3, 5)
    assert store.passages("empty").items == ()
    assert [p.version.number for p in store.passages("exports", all_versions=True).items] in ([1, 2], [2, 1])
    assert store.unnamed().items == ()
    assert [version.id for version, *_ in store.unnamed(all_versions=True).items] == [version_of(FIRST)]


def test_a_version_that_is_asked_for_is_searched_whether_it_is_the_latest_or_not(store: Store) -> None:
    put(store, FIRST, EDITED)
    assert wordings(store, version=version_of(FIRST)) == ["exports fell in May", "the depot was empty"]
    assert store.count(Query(version=version_of(FIRST), text="empty")) == 1


def test_two_versions_of_an_article_count_once_in_a_dossier(store: Store) -> None:
    put(store, FIRST, EDITED, OTHER)
    assert (ruiz(store).documents, ruiz(store).acts) == (2, {Act.STATE: 1, Act.DENY: 1})
    whole = ruiz(store, all_versions=True)
    assert (whole.documents, whole.acts) == (2, {Act.STATE: 2, Act.DENY: 1})
    assert store.summary(whole.identity) == ruiz(store)
    assert store.summary(whole.identity, all_versions=True) == whole


def test_a_source_of_an_earlier_version_alone_is_none_until_that_is_the_latest_again(store: Store) -> None:
    put(store, deposit("a", reading_of((COMPANY,), **STATED), at=day(1)), FIRST)
    assert ruiz(store) is None
    assert [s.name for s in store.summaries().items] == ["Vellin Gas"]
    assert store.summaries(acts=(Act.STATE,)).items == ()
    assert ruiz(store, all_versions=True).acts == {Act.STATE: 1}
    assert [s.name for s in store.summaries(acts=(Act.STATE,), all_versions=True).items] == ["Ana Ruiz"]
    assert put(store, AGAIN) == ["returned"]
    assert [s.name for s in store.summaries().items] == ["Ana Ruiz"]
    assert {s.name for s in store.summaries(all_versions=True).items} == {"Ana Ruiz", "Vellin Gas"}
    assert list(store.faults()) == []


def test_a_carrier_that_was_in_an_earlier_version_is_shown_when_a_latest_one_has_it(store: Store) -> None:
    """It speaks in neither, so that no count says that it is there."""
    spoken = reading_of((COMPANY,), **STATED)
    carrier = replace(reading_of((RUIZ,)).sources[0], id="s2", mentions=())
    carried = replace(spoken, sources=(*spoken.sources, carrier))
    put(store, deposit("a", carried), deposit("a", reading_of((COMPANY, OFFICIAL), **STATED), at=day(1)))
    assert ruiz(store) is None
    put(store, deposit("b", replace(carried, document=replace(carried.document, published="2031-04-01"))))
    assert (ruiz(store).documents, ruiz(store).acts) == (1, {})


def test_a_text_that_comes_back_is_one_version_and_the_latest(store: Store) -> None:
    assert put(store, FIRST, EDITED, AGAIN) == ["document", "version", "returned"]
    first, edited = store.versions("a")
    assert (first.number, first.at, first.seen, first.latest) == (1, START, day(2), True)
    assert (edited.number, edited.at, edited.seen, edited.latest) == (2, day(1), day(1), False)
    assert list(store.sightings(first.id)) == [
        Sighting(version=first.id, at=at, sha256=FIRST.capture.sha256) for at in (START, day(2))
    ]
    before = everything(store)
    assert put(store, FIRST, EDITED, AGAIN) == ["unchanged"] * 3
    assert everything(store) == before
    assert put(store, replace(EDITED, at=day(3))) == ["returned"]
    assert latest(store) == [version_of(EDITED)]
    assert list(store.sightings("unknown")) == []


def test_known_bytes_are_seen_again_without_being_read(store: Store) -> None:
    put(store, FIRST, EDITED)
    key, sha256 = FIRST.key, FIRST.capture.sha256
    assert store.known(sha256, key) == Known(since=START, removed=False)
    assert (store.seen(sha256, key, START), store.seen(sha256, key, day(2))) == (True, False)
    with store.writing():
        assert store.see(key, sha256, day(2)).value == "returned"
        assert store.see(key, sha256, day(3)).value == "unchanged"
        assert store.see("another", sha256, day(4)).value == "unchanged"
    assert store.seen(sha256, key, day(2))
    assert [sighting.at for sighting in store.sightings(version_of(FIRST))] == [START, day(2), day(3)]
    assert latest(store) == [version_of(FIRST)]


def test_a_servers_word_is_a_sighting_of_what_was_there_when_it_was_asked_about(store: Store) -> None:
    put(store, FIRST, EDITED)
    with store.writing():
        assert store.see_unchanged(FIRST.key, since=START, at=day(2)).value == "returned"
        assert store.see_unchanged(FIRST.key, since=day(1), at=day(3)).value == "returned"
        assert store.see_unchanged(FIRST.key, since=day(1), at=day(3)).value == "unchanged"
        assert store.see_unchanged(FIRST.key, since=day(-1), at=day(9)).value == "unchanged"
        assert store.see_unchanged("another", since=day(1), at=day(9)).value == "unchanged"
    assert list(store.sightings(version_of(EDITED))) == [
        Sighting(version=version_of(EDITED), at=day(1), sha256=EDITED.capture.sha256),
        Sighting(version=version_of(EDITED), at=day(3), sha256=None),
    ]
    assert latest(store) == [version_of(EDITED)]
    assert list(store.faults()) == []


def test_what_a_place_held_last(store: Store) -> None:
    put(store, FIRST, EDITED)
    assert store.bytes_at("a.html") == EDITED.capture.sha256
    put(store, AGAIN)
    assert store.bytes_at("a.html") == FIRST.capture.sha256
    assert store.bytes_at("nowhere") is None


def test_at_equal_times_the_version_numbered_last_is_the_latest(store: Store) -> None:
    put(store, FIRST, replace(EDITED, at=START))
    assert latest(store) == [max(version_of(FIRST), version_of(EDITED))]
    assert [version.number for version in store.versions("a") if version.latest] == [2]


def test_where_the_latest_was_taken_down_the_one_before_is_the_latest(store: Store) -> None:
    put(store, FIRST, EDITED)
    with store.writing():
        store.remove(version_of(EDITED), Removal(at=day(5), by="Ines Calder", reason="a court order"))
    assert latest(store) == [version_of(FIRST)]
    assert wordings(store) == ["exports fell in May", "the depot was empty"]
    assert ruiz(store).acts == {Act.STATE: 1}
    assert store.known(EDITED.capture.sha256, EDITED.key) == Known(since=day(1), removed=True)
    with store.writing():
        assert store.see(EDITED.key, EDITED.capture.sha256, day(6)).value == "removed"
    assert [sighting.at for sighting in store.sightings(version_of(EDITED))] == [day(1)]
    with store.writing():
        store.remove(version_of(FIRST), Removal(at=day(6), by="Ines Calder", reason="another"))
    assert latest(store) == [] and store.summaries(all_versions=True).items == ()
    assert list(store.faults()) == []


@pytest.mark.parametrize("judged_first", [True, False])
def test_a_word_on_an_earlier_version_counts_there_alone(store: Store, judged_first: bool) -> None:
    wrong = Judgement(
        id="wrong",
        at=day(4),
        by="Ines Calder",
        verdict=Verdict.WRONG,
        version=version_of(FIRST),
        attribution=FIRST.reading.attributions[0],
    )
    for step in ("judge", "edit") if judged_first else ("edit", "judge"):
        if step == "edit":
            put(store, FIRST, EDITED)
        else:
            with store.writing():
                assert store.add_judgement(wrong)
    assert ruiz(store).acts == {Act.STATE: 1}
    assert ruiz(store, all_versions=True).acts == {Act.STATE: 1}
    put(store, AGAIN)
    assert ruiz(store).acts == {} and ruiz(store, all_versions=True).acts == {Act.STATE: 1}
    assert list(store.faults()) == []


def test_merged_sources_are_counted_over_the_latest_versions(store: Store) -> None:
    adviser = replace(RUIZ_DENIES, who="Ana M. Ruiz", role="adviser")
    put(store, FIRST, EDITED, deposit("b", reading_of((adviser,), published="2031-05-01")))
    ids = sorted(p.id for key in ("ana ruiz", "ana m. ruiz") for p in store.profiles([key]))
    with store.writing():
        store.set_identities(dict.fromkeys(ids, ids[0]))
    assert ruiz(store).acts == {Act.STATE: 1, Act.DENY: 1}
    assert ruiz(store, all_versions=True).acts == {Act.STATE: 2, Act.DENY: 1}
    with store.writing():
        store.set_identities({id: id for id in ids})
    assert {s.name: sum(s.acts.values()) for s in store.summaries("ruiz", all_versions=True).items} == {
        "Ana Ruiz": 2,
        "Ana M. Ruiz": 1,
    }
    assert list(store.faults()) == []


_NUMBERS = itertools.count()
_TEXTS = ((RUIZ, OFFICIAL), (RUIZ, COMPANY), (RUIZ_DENIES,), (COMPANY,))
_SEEN = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), min_size=1, max_size=9)


def _at(text: int, time: int) -> Deposit:
    return deposit("a", reading_of(_TEXTS[text], **STATED), at=START + timedelta(hours=time))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seen=_SEEN)
def test_any_history_in_any_order_gives_the_same(
    opener: Opener, data: st.DataObject, seen: list[tuple[int, int]]
) -> None:
    """What is seen again by its bytes alone gives what reading it again gives."""
    answers = []
    for _ in range(2):
        store = opener(f"ledger{next(_NUMBERS)}")
        for text, time in data.draw(st.permutations(seen)):
            again = _at(text, time)
            known = store.known(again.capture.sha256, again.key)
            if known is not None and known.since <= again.at and data.draw(st.booleans()):
                with store.writing():
                    store.see(again.key, again.capture.sha256, again.at)
            else:
                put(store, again)
        answers.append(everything(store))
        assert answers[-1]["faults"] == []
        last = max(time for _, time in seen)
        assert [v.seen for v in store.versions() if v.latest] == [START + timedelta(hours=last)]
        store.close()
    assert answers[0] == answers[1]
