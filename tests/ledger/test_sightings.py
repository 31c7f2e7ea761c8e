"""What is there again is noted: a text that comes back, a page that a server says is unchanged, a file put back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from sourceline.ledger.adding import Adder, Event
from sourceline.ledger.close_reading import read_all
from sourceline.ledger.ledger import Ledger
from sourceline.model.address import asked_address
from sourceline.model.evidence import Collected, Unchanged
from sourceline.model.text import Snapshot
from sourceline.settings import Settings
from sourceline.store.contract import Outcome, Store
from sourceline.store.sqlite import open_store
from tests.ledger.by_hand import ByHand

ADDRESS = "https://harbor.example/count"
THREE = "Ana Ruiz said that three boats were counted."
FIVE = "Pell Austwick said that five boats were counted."


def hour(number: int) -> datetime:
    return datetime(2031, 3, 6, number, tzinfo=UTC)


def fetched(text: str, at: int) -> Collected:
    raw = text.encode()
    content = Snapshot(raw=raw, url=ADDRESS, content_type="text/plain", retrieved=hour(at), headers={"ETag": f'"{at}"'})
    return Collected(place=ADDRESS, content=content, raw=raw)


def unchanged(at: int) -> Unchanged:
    return Unchanged(place=ADDRESS, url=ADDRESS, retrieved=hour(at))


def add(store: Store, *found: Collected | Unchanged) -> dict[Outcome, int]:
    return dict(Adder(store, lambda items: read_all(ByHand(), items), Settings()).add(found).outcomes)


def history(store: Store) -> list[tuple[int, int, bool]]:
    """The hour of each sighting, its version's number, and whether bytes showed it."""
    seen = [(s.at.hour, v.number, s.sha256 is not None) for v in store.versions() for s in store.sightings(v.id)]
    return sorted(seen)


def latest(store: Store) -> list[int]:
    return [version.number for version in store.versions() if version.latest]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "news.db")) as opened:
        yield opened


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.chdir(tmp_path)
    with Ledger(open_store("news.db"), reader=ByHand()) as opened:
        yield opened


# pages ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_page_that_shows_an_old_text_again_shows_the_latest_one(store: Store, order: tuple[int, ...]) -> None:
    visits = [fetched(THREE, 8), fetched(FIVE, 10), fetched(THREE, 12)]
    for number in order:
        add(store, visits[number])
    assert history(store) == [(8, 1, True), (10, 2, True), (12, 1, True)]
    assert latest(store) == [1]


def test_the_same_in_one_go(store: Store) -> None:
    assert add(store, fetched(THREE, 8), fetched(FIVE, 10), fetched(THREE, 12)) == {
        Outcome.DOCUMENT: 1,
        Outcome.VERSION: 1,
        Outcome.RETURNED: 1,
    }
    assert history(store) == [(8, 1, True), (10, 2, True), (12, 1, True)]


def test_a_text_that_is_back_is_told_once(store: Store) -> None:
    add(store, fetched(THREE, 8), fetched(FIVE, 10))
    assert add(store, fetched(THREE, 12)) == {Outcome.RETURNED: 1}
    assert add(store, fetched(THREE, 12)) == {Outcome.UNCHANGED: 1}
    assert add(store, fetched(THREE, 14)) == {Outcome.UNCHANGED: 1}
    assert history(store)[2:] == [(12, 1, True), (14, 1, True)]


def test_a_servers_word_is_noted_with_its_time(store: Store) -> None:
    add(store, fetched(THREE, 8))
    assert add(store, unchanged(9)) == {Outcome.UNCHANGED: 1}
    assert add(store, unchanged(9), unchanged(11)) == {Outcome.UNCHANGED: 2}
    assert history(store) == [(8, 1, True), (9, 1, False), (11, 1, False)]


def test_a_servers_word_is_about_the_text_that_it_was_asked_about(store: Store) -> None:
    """A text of a later time that somebody else kept is another one."""
    add(store, fetched(THREE, 8))
    visit = store.visit(asked_address(ADDRESS))
    add(store, fetched(FIVE, 10))
    with store.writing():
        assert visit is not None and visit.at == hour(8)
        assert store.see_unchanged(next(store.versions()).key, since=visit.at, at=hour(12)) is Outcome.RETURNED
    assert latest(store) == [1]


def test_a_servers_word_on_a_page_that_nobody_kept_is_passed_over(store: Store) -> None:
    assert add(store, unchanged(9)) == {Outcome.UNCHANGED: 1}
    assert history(store) == []


def test_a_text_without_a_time_is_seen_once_however_often_it_is_added(ledger: Ledger) -> None:
    """Nothing tells it from an old line added once more, in one run or in three."""
    lines = [json.dumps({"id": "d01", "text": text}) + "\n" for text in (THREE, FIVE, THREE)]
    Path("a.jsonl").write_text("".join(lines))
    assert ledger.add("a.jsonl").outcomes == {Outcome.DOCUMENT: 1, Outcome.VERSION: 1, Outcome.UNCHANGED: 1}
    for line in lines:
        Path("b.jsonl").write_text(line)
        assert not ledger.add("b.jsonl").changed
    assert [len(seen) for _, seen in ledger.sightings("d01")] == [1, 1]
    assert [version.number for version in ledger.versions() if version.latest] == [2]


# files ----------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_put_back_shows_its_old_text_again(ledger: Ledger) -> None:
    for text, outcome in ((THREE, Outcome.DOCUMENT), (FIVE, Outcome.VERSION), (THREE, Outcome.RETURNED)):
        Path("count.txt").write_text(text)
        assert ledger.add("count.txt").outcomes == {outcome: 1}
        assert ledger.add("count.txt").outcomes == {Outcome.UNCHANGED: 1}
    assert ledger.reading("count").document.text == THREE
    assert [len(seen) for _, seen in ledger.sightings("count")] == [2, 1]


# what is shown --------------------------------------------------------------------------------------------------------


def write(*hours_and_texts: tuple[int, str]) -> str:
    """Each line with another time, so that none has the bytes of another."""
    lines = [{"id": "d01", "updated": hour(at).isoformat(), "text": text} for at, text in hours_and_texts]
    Path("given.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return "given.jsonl"


def test_a_difference_for_each_time_that_another_text_was_there(ledger: Ledger) -> None:
    ledger.add(write((8, THREE), (9, THREE), (10, FIVE), (12, THREE), (13, THREE)))
    assert [(d.before.number, d.after.number, d.at, d.returned) for d in ledger.difference("d01")] == [
        (1, 2, hour(10), False),
        (2, 1, hour(12), True),
    ]
    assert [[s.at.hour for s in seen] for _, seen in ledger.sightings("d01")] == [[8, 9, 12, 13], [10]]
    assert ledger.reading("d01").document.text == THREE


def exported(ledger: Ledger) -> bytes:
    out = io.BytesIO()
    ledger.export("json", out)
    return out.getvalue()


def test_the_same_added_twice_changes_no_byte_and_no_sighting(ledger: Ledger) -> None:
    file = write((8, THREE), (10, FIVE), (12, THREE))
    ledger.add(file)
    before = exported(ledger), ledger.sightings("d01")
    again = ledger.add(file)
    assert (again.changed, again.outcomes) == (False, {Outcome.UNCHANGED: 3})
    assert (exported(ledger), ledger.sightings("d01")) == before
    assert [d["latest"] for d in json.loads(before[0])["documents"]] == [True, False]


# taken down -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("hour_of_bytes", [8, 9], ids=["the same bytes", "other bytes"])
def test_what_was_taken_down_is_left_out_with_the_reason(ledger: Ledger, hour_of_bytes: int, dry_run: bool) -> None:
    ledger.add(write((8, THREE)))
    ledger.remove("d01", by="Kim", reason="a court's order")
    told: list[Event] = []
    tell: Callable[[Event], None] = told.append
    given = write((hour_of_bytes, THREE))
    assert ledger.add(given, tell=tell, dry_run=dry_run).outcomes == {Outcome.REMOVED: 1}
    (event,) = told
    assert event.removal is not None and (event.removal.by, event.removal.reason) == ("Kim", "a court's order")
    assert [version.removal for version in ledger.removed("d01")] == [event.removal]


def test_a_dry_run_tells_a_text_that_was_taken_down_from_the_others_of_its_article(ledger: Ledger) -> None:
    ledger.add(write((8, THREE), (10, FIVE)))
    first = next(version.id for version in ledger.versions() if version.number == 1)
    ledger.remove(first, by="Kim", reason="a court's order")
    given = write((11, THREE), (12, FIVE), (13, FIVE.replace("five", "six")))
    foreseen = ledger.add(given, dry_run=True).outcomes
    assert foreseen == {Outcome.REMOVED: 1, Outcome.CAPTURE: 1, Outcome.VERSION: 1}
    assert ledger.add(given).outcomes == foreseen


def test_a_servers_word_on_what_was_taken_down_is_no_sighting(store: Store) -> None:
    add(store, fetched(THREE, 8))
    with Ledger(store, reader=ByHand()) as ledger:
        ledger.remove(next(store.versions()).id, by="Kim", reason="a court's order")
        assert add(store, unchanged(9)) == {Outcome.REMOVED: 1}
        assert history(store) == [(8, 1, True)]
