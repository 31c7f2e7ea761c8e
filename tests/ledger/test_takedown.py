"""What is taken down is gone, in every way it could come back or be found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sourceline.errors import LedgerLocked, NotFound
from sourceline.ledger.ledger import Ledger
from sourceline.model.address import asked_address
from sourceline.store.sqlite import open_store
from tests.ledger.by_hand import ByHand

ADDRESS = "https://www.a.example/x/"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.chdir(tmp_path)
    with Ledger(open_store("news.db", patience=0.2), reader=ByHand()) as opened:
        yield opened


def add(ledger: Ledger, **fields: Any) -> dict[str, int]:
    Path("given.jsonl").write_text(json.dumps(fields) + "\n")
    return {outcome.value: count for outcome, count in ledger.add("given.jsonl").outcomes.items()}


def take_down(ledger: Ledger, what: str) -> list[str]:
    return [version.name for version in ledger.remove(what, by="Kim", reason="a court's order")]


def test_no_later_text_of_it_comes_back(ledger: Ledger) -> None:
    add(ledger, id="d01", text="Ana Ruiz, the minister, said the zyxx was empty.")
    assert take_down(ledger, "d01") == ["d01"]
    assert add(ledger, id="d01", text="Ana Ruiz, the minister, said the zyxx was empty. ") == {"removed": 1}
    assert list(ledger.search("zyxx")) == []


def test_an_address_means_all_that_was_had_from_there(ledger: Ledger) -> None:
    add(ledger, id="d01", url=ADDRESS, text="Ana Ruiz, the minister, said the zyxx was empty.")
    add(ledger, url="http://a.example/x", text="Ana Ruiz, the minister, said the zyxx was full.")
    add(ledger, id="d02", url="https://a.example/y", text="Ana Ruiz, the minister, said the depot was shut.")
    assert len(take_down(ledger, "https://a.example/x#top")) == 2
    assert list(ledger.search("zyxx")) == []
    assert len(list(ledger.search("depot"))) == 1


def test_with_a_text_go_its_versions_under_other_titles(ledger: Ledger) -> None:
    text = "Ana Ruiz, the minister, said the zyxx was empty."
    for title in ("Zyxx empty", "Zyxx not full"):
        add(ledger, id="d01", text=text, title=title)
    first, _ = ledger.versions("d01")
    assert take_down(ledger, first.id) == ["d01", "d01"]
    assert list(ledger.search("zyxx")) == []


def test_who_is_one_source_is_looked_at_again(ledger: Ledger) -> None:
    add(ledger, id="d01", text="Ana Ruiz, the trade minister, said exports fell in May.")
    add(ledger, id="d02", text="Ana Ruiz, the trade minister, said exports rose in June.")
    add(ledger, id="d03", text="Ana Ruiz, the chess champion, said the game was even.")
    take_down(ledger, "d03")
    kept = [(source.name, source.documents) for source in ledger.sources()]
    with Ledger(open_store("fresh.db"), reader=ByHand()) as fresh:
        add(fresh, id="d01", text="Ana Ruiz, the trade minister, said exports fell in May.")
        add(fresh, id="d02", text="Ana Ruiz, the trade minister, said exports rose in June.")
        assert kept == [(source.name, source.documents) for source in fresh.sources()]


def test_while_somebody_reads_it_is_said_that_words_stay(ledger: Ledger) -> None:
    add(ledger, id="d01", text="Ana Ruiz, the minister, said the zyxx was empty.")
    reader = sqlite3.connect("news.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM versions").fetchone()
    with pytest.raises(LedgerLocked, match=r"news\.db-wal"):
        take_down(ledger, "d01")
    assert list(ledger.search("zyxx")) == []
    reader.close()
    with Ledger(open_store("news.db")):
        log = Path("news.db-wal")
        assert not log.exists() or b"zyxx" not in log.read_bytes()
        assert b"zyxx" not in Path("news.db").read_bytes()


def test_nothing_to_take_down(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        take_down(ledger, "https://a.example/nothing")


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("HTTPS://O.Example:443/a b#c", "https://o.example/a%20b"),
        ("https://user:word@o.example", "https://o.example/"),
        ("https://o.example:8443/%7Ea?q=ä", "https://o.example:8443/%7Ea?q=%C3%A4"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_addresses_as_servers_are_asked_for_them(given: str, asked: str) -> None:
    assert asked_address(given) == asked
