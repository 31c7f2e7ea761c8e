"""What an `add` keeps of inputs that say little about themselves: neither a time, nor an address, nor an id."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sourceline.ledger.ledger import Ledger
from sourceline.model.reading import Reading
from sourceline.model.text import Document
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
