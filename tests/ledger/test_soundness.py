"""What `verify` tells of a ledger that somebody changed."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sourceline.ledger.adding import Adder
from sourceline.ledger.soundness import verify_ledger
from sourceline.model.evidence import Collected, Stamp
from sourceline.model.text import Snapshot
from sourceline.settings import Settings
from sourceline.store.sqlite import SqliteStore, open_store
from tests.ledger.by_hand import ByHand

ADDRESS = "https://harbor.example/count"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of three pages, one of them fetched twice, and a file."""
    file = tmp_path / "loose.txt"
    file.write_text("Ana Ruiz said that nothing was counted.")
    found = [
        fetched("Ana Ruiz said that one boat was counted.", 8, ADDRESS),
        fetched("Ana Ruiz said that one boat was counted. ", 9, ADDRESS),
        fetched("Ana Ruiz said that two boats were counted.", 10, ADDRESS),
        fetched("An official denied that boats were counted.", 8, "https://packet.example/denial"),
        Collected(place="loose.txt", content=Snapshot(raw=file.read_bytes(), path=str(file)), raw=file.read_bytes()),
    ]
    with closing(open_store(tmp_path / "news.db")) as store:
        Adder(store, ByHand().read_many, Settings()).add(found)
        assert list(verify_ledger(store)) == []
    return tmp_path / "news.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(open_store(path)) as opened:
        yield opened


def fetched(text: str, hour: int, address: str) -> Collected:
    headers = {"ETag": f'"{hour}"', "Content-Length": "7", "X-Odd": " two  words "}
    content = Snapshot(
        raw=text.encode(),
        url=address,
        content_type="text/plain",
        retrieved=datetime(2031, 3, 6, hour, tzinfo=UTC),
        headers=headers,
    )
    return Collected(place=address, content=content, raw=text.encode())


def messages(store: SqliteStore) -> list[str]:
    return [fault.message for fault in verify_ledger(store)]


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE captures SET retrieved = retrieved + 1 WHERE capture = 1", "the kept record says another time"),
        ("UPDATE captures SET retrieved = retrieved - 1 WHERE capture = 2", "the kept record says another time"),
        ("UPDATE captures SET url = url || 's' WHERE capture = 3", "the kept record says another url"),
        ("UPDATE captures SET url = NULL WHERE capture = 3", "the kept record says another url"),
        ("UPDATE captures SET url = 'https://a.example' WHERE capture = 5", "the kept record says another url"),
        ("UPDATE captures SET headers = replace(headers, '8', '7') WHERE capture = 1", "says another headers"),
        ("UPDATE captures SET headers = '{}' WHERE capture = 4", "says another content type and headers"),
        ("UPDATE captures SET content_type = 'text/html' WHERE capture = 5", "says another content type"),
        ("UPDATE captures SET retrieved = 0 WHERE capture = 5", "the kept record says another time"),
        ("UPDATE versions SET at = at - 1 WHERE version = 1", "the version is of another time"),
        ("UPDATE versions SET at = at - 1 WHERE url IS NULL", "the kept record says another time"),
        ("UPDATE versions SET sha256 = x'00' WHERE version = 2", "none of its captures"),
    ],
)
def test_what_is_said_of_the_bytes_is_what_their_record_says(path: Path, statement: str, fault: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    with closing(open_store(path)) as store:
        assert any(fault in message for message in messages(store))


# stamps ---------------------------------------------------------------------------------------------------------------


def stamp(digest: str, hour: int, previous: str | None = None) -> Stamp:
    at = datetime(2031, 3, 7, hour, tzinfo=UTC)
    return Stamp(digest=digest, at=at, authority="https://stamps.example", previous=previous, hashes=(), token=b"?")


def test_without_the_extra_stamps_are_not_checked_and_everything_else_is(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    assert messages(store) == []
    with store.writing():
        store.add_stamp(stamp("a" * 64, 1))
        store.add_stamp(stamp("b" * 64, 2, "a" * 64))
    hashed: list[None] = []
    (fault,) = verify_ledger(store, lambda: hashed.append(None))
    assert "stamps are not checked" in fault.message
    assert "pip install" in fault.message
    assert len(hashed) == 5


def test_stamps_follow_one_another_in_time(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with store.writing():
        store.add_stamp(stamp("a" * 64, 5))
        store.add_stamp(stamp("b" * 64, 4, "a" * 64))
        store.add_stamp(stamp("c" * 64, 6, "a" * 64))
    assert messages(store)[1:] == [
        "it is of an earlier time than the stamp before it",
        "it does not follow the stamp before it",
    ]
