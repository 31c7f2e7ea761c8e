"""What an `add` keeps of inputs that say little about themselves: neither a time, nor an address, nor an id."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from sourceline.ledger.adding import Adder
from sourceline.ledger.close_reading import read_all
from sourceline.ledger.ledger import Ledger
from sourceline.model.evidence import Collected
from sourceline.model.reading import Reading
from sourceline.model.text import Document, Snapshot
from sourceline.settings import Settings
from sourceline.store.contract import Outcome
from sourceline.store.sqlite import open_store
from tests.ledger.by_hand import ByHand

COUNTS = [f"Ana Ruiz said that {number} boats were counted." for number in range(12)]


def write_counts(folder: Path) -> Path:
    """One article edited again and again, no line with a time."""
    file = folder / "counts.jsonl"
    file.write_text("".join(json.dumps({"id": "d01", "text": text}) + "\n" for text in COUNTS))
    return file


def texts(ledger: Ledger) -> list[str]:
    """In the order of version numbers."""
    found = sorted(ledger.versions(), key=lambda version: version.number)
    assert [version.number for version in found] == list(range(1, len(found) + 1))
    return [ledger.reading(version.id).document.text for version in found]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Ledger]]:
    ledgers = []

    def open_ledger(name: str, reader: ByHand | None = None) -> Ledger:
        ledgers.append(Ledger(open_store(tmp_path / name), reader=reader or ByHand()))
        return ledgers[-1]

    yield open_ledger
    for ledger in ledgers:
        ledger.close()


# texts without a time -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [1, 5, 200])
def test_versions_without_a_time_are_numbered_as_their_lines_stand(
    tmp_path: Path, opened: Callable[..., Ledger], monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr("sourceline.ledger.adding._BATCH", batch)
    ledger = opened("news.db")
    ledger.add(write_counts(tmp_path))
    assert texts(ledger) == COUNTS


def test_cut_short_and_run_again_they_have_the_same_numbers(tmp_path: Path, opened: Callable[..., Ledger]) -> None:
    class Interrupted(ByHand):
        def read(self, document: Document) -> Reading:
            if document.text == COUNTS[7]:
                raise KeyboardInterrupt
            return super().read(document)

    file = write_counts(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        opened("news.db", Interrupted()).add(file)
    ledger = opened("news.db")
    assert 0 < len(texts(ledger)) <= 7
    ledger.add(file)
    assert texts(ledger) == COUNTS


# places of files ------------------------------------------------------------------------------------------------------


def documents(ledger: Ledger) -> list[int]:
    """How many versions each document has."""
    return sorted(Counter(version.key for version in ledger.versions()).values())


def test_files_of_one_name_in_two_folders_are_two_articles(
    tmp_path: Path, opened: Callable[..., Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = opened("news.db")
    for folder, text in (("x", COUNTS[0]), ("y", COUNTS[1])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "article.txt").write_text(text)
        monkeypatch.chdir(tmp_path / folder)
        places: list[str] = []
        ledger.add("article.txt", tell=lambda event, told=places: told.append(event.place))  # type: ignore[misc]
        assert places == ["article.txt"]
    assert documents(ledger) == [1, 1]
    assert str(tmp_path).encode() not in b"".join(map(gzip.decompress, ledger.records()))


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_edited_file_is_a_version_from_wherever_it_is_added(
    tmp_path: Path, opened: Callable[..., Ledger], monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    ledger = opened("news.db")
    (tmp_path / "x").mkdir()
    monkeypatch.chdir(tmp_path / "x")
    (tmp_path / "x" / "article.txt").write_text(COUNTS[0])
    ledger.add("article.txt")
    (tmp_path / "x" / "article.txt").write_text(COUNTS[1])
    monkeypatch.chdir(tmp_path)
    assert ledger.add("x/../x/article.txt", dry_run=dry_run).outcomes == {Outcome.VERSION: 1}
    assert documents(ledger) == [1 if dry_run else 2]


def test_a_member_of_an_archive_is_no_version_of_a_file_beside_it(
    tmp_path: Path, opened: Callable[..., Ledger]
) -> None:
    ledger = opened("news.db")
    (tmp_path / "article.txt").write_text(COUNTS[0])
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("../article.txt", COUNTS[1])
    ledger.add(tmp_path / "article.txt", tmp_path / "all.zip")
    assert documents(ledger) == [1, 1]


# what was fetched again -----------------------------------------------------------------------------------------------

ADDRESS = "https://harbor.example/count"


def fetched(text: str, hour: int, address: str = ADDRESS) -> Collected:
    raw = text.encode()
    moment = datetime(2031, 3, 6, hour, tzinfo=UTC)
    headers = {"ETag": f'"{hour}"'}
    content = Snapshot(raw=raw, url=address, content_type="text/plain", retrieved=moment, headers=headers)
    return Collected(place=address, content=content, raw=raw)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_text_that_comes_back_gives_the_same_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    visits = [
        fetched(COUNTS[0], 8, "http://www.harbor.example/count/"),
        fetched(COUNTS[1], 10),
        fetched(COUNTS[0], 12),
        fetched(COUNTS[2], 9),
    ]
    with closing(open_store(tmp_path / "news.db")) as store:
        for number in order:
            Adder(store, lambda items: read_all(ByHand(), items), Settings()).add([visits[number]])
        versions = sorted(store.versions(), key=lambda version: version.number)
        readings = [store.reading(version.id) for version in versions]
        assert [reading.document.text for reading in readings if reading] == [COUNTS[0], COUNTS[2], COUNTS[1]]
        assert [reading.document.url for reading in readings if reading] == [version.url for version in versions]
        assert [version.at.hour for version in versions] == [8, 9, 10]
        assert versions[0].url == "http://www.harbor.example/count/"
        visit = store.visit(ADDRESS)
        assert visit is not None
        assert visit.etag == '"12"'


def test_what_was_fetched_again_unchanged_is_not_read_again(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "news.db")) as store:
        for hour in (8, 8, 12):
            summary = Adder(store, lambda items: read_all(ByHand(), items), Settings()).add([fetched(COUNTS[0], hour)])
        assert summary.outcomes == {Outcome.UNCHANGED: 1}
        assert [capture.retrieved.hour for _, capture, _ in store.captures() if capture.retrieved] == [8]
