"""What `verify` tells of a ledger that somebody changed."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sourceline.ledger.adding import Adder
from sourceline.ledger.close_reading import read_all
from sourceline.ledger.corrections import judge_attributions
from sourceline.ledger.ledger import Ledger
from sourceline.ledger.soundness import Fault, verify_ledger
from sourceline.model.evidence import Collected, Removal, Stamp
from sourceline.model.record import Record
from sourceline.model.speech import Act
from sourceline.model.text import Snapshot
from sourceline.settings import Settings
from sourceline.store.encoding import decode_document, encode_document, encode_reading
from sourceline.store.sqlite import SqliteStore, open_store
from tests.ledger.by_hand import ByHand
from tests.store.earlier import write_as_before

ADDRESS = "https://harbor.example/count"
OTHER = "something kept of version {} is not what was put: its name, times, address, model or reading"


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
        Adder(store, lambda items: read_all(ByHand(), items), Settings()).add(found)
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


def stated(folder: Path) -> tuple[Path, dict[int, str]]:
    """A ledger of three articles with all that can be stated of one, and a fourth that was taken down; their ids."""
    common: dict[str, Any] = {"outlet_kind": "paper", "byline": "By Ines Calder"}
    records = (
        Record(text="Ana Ruiz said that a depot was counted.", id="a", title="One depot", published="2031-03-06",
               url="https://harbor.example/one", outlet="Harbor Ledger", **common),
        Record(text="Pell Austwick denied that a depot was shut.", id="b", title="No depot", published="2031-03-07",
               url="https://harbor.example/two", outlet="Harbor Ledger", **common),
        Record(text="An official said that a depot was shut.", id="c", title="Two depots", published="2031-03-08",
               url="https://packet.example/three", outlet="The Packet", **common),
        Record(text="An official warned that nothing was counted.", id="d", title="Gone", published="2031-03-09",
               url="https://packet.example/four", outlet="The Packet", **common),
    )  # fmt: skip
    with closing(open_store(folder / "stated.db")) as store:
        found = [Collected(place=f"all.jsonl:{n}", content=r, raw=r.text.encode()) for n, r in enumerate(records)]
        Adder(store, lambda items: read_all(ByHand(), items), Settings()).add(found)
        ids = {n: next(store.versions(record.id)).id for n, record in enumerate(records, 1)}
        with store.writing():
            store.remove(ids[4], Removal(at=datetime(2031, 3, 10, tzinfo=UTC), by="Kim", reason="a court's order"))
        assert [fault.message for fault in verify_ledger(store)] == []
    return folder / "stated.db", ids


def change(path: Path, *statements: str) -> None:
    """What another program does to the tables."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def verified(path: Path) -> list[Fault]:
    with closing(open_store(path)) as store:
        return list(verify_ledger(store))


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


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        (
            "UPDATE versions SET title = 'Nothing counted' WHERE version = 1",
            {"the title of version 1 is not what was put"},
        ),
        ("UPDATE versions SET title = NULL WHERE version = 2", {"the title of version 2 is not what was put"}),
        ("UPDATE versions SET outlet = 2 WHERE version = 1", {"the outlet of version 1 is not what was put"}),
        ("UPDATE versions SET outlet = NULL WHERE version = 1", {"the outlet of version 1 is not what was put"}),
        (
            "UPDATE outlets SET name = 'The Pocket' WHERE outlet = 2",
            {
                "the outlet of version 3 is not what was put",
                "the outlet The Pocket is found by another name",
                OTHER.format(4),
            },
        ),
        (
            "UPDATE outlets SET folded = 'the pocket' WHERE outlet = 2",
            {"the outlet The Packet is found by another name"},
        ),
        (
            "UPDATE versions SET outlet_kind = 'blog' WHERE version = 2",
            {"the kind of outlet of version 2 is not what was put"},
        ),
        (
            "UPDATE versions SET published = '2031-03-05' WHERE version = 1",
            {"the date of publication of version 1 is not what was put"},
        ),
        ("UPDATE versions SET day = day + 1 WHERE version = 1", {"the day of version 1 is not what was put"}),
        ("UPDATE versions SET address = 'x' WHERE version = 1", {"the address of version 1 is not what was put"}),
        (
            "UPDATE versions SET url = replace(url, 'https:', 'http:') WHERE version = 1",
            {"the url of version 1 is not what was put"},
        ),
        (
            "UPDATE versions SET url = NULL, address = NULL WHERE version = 3",
            {"the url of version 3 is not what was put"},
        ),
        ("UPDATE versions SET name = 'renamed' WHERE version = 2", {OTHER.format(2)}),
        ("UPDATE versions SET model = 'by-hand/9' WHERE version = 2", {OTHER.format(2)}),
        ("UPDATE versions SET read_at = 5 WHERE version = 2", {OTHER.format(2)}),
        ("UPDATE versions SET seal = NULL WHERE version = 2", {OTHER.format(2)}),
        ("UPDATE versions SET number = 2 WHERE version = 2", {"version 2 is numbered out of order"}),
        (
            "UPDATE versions SET unnamed = 0 WHERE version = 3",
            {"the sum of speakers without a name in version 3 is wrong"},
        ),
        ("UPDATE readings SET profiles = x'91c0' WHERE version = 2", {OTHER.format(2)}),
        ("UPDATE versions SET removed_reason = 'no reason' WHERE version = 4", {OTHER.format(4)}),
        ("UPDATE versions SET outlet = 1 WHERE version = 4", {OTHER.format(4)}),
        ("UPDATE versions SET url = 'https://packet.example/other' WHERE version = 4", {OTHER.format(4)}),
    ],
)
def test_what_the_tables_say_of_a_version_is_what_was_put(tmp_path: Path, statement: str, faults: set[str]) -> None:
    path, ids = stated(tmp_path)
    change(path, statement)
    told = {fault.message for fault in verified(path)}
    for row, id in ids.items():
        told = {message.replace(id, str(row)) for message in told}
    assert told == faults


def test_a_byline_that_was_written_into_a_text_is_told(tmp_path: Path) -> None:
    path, ids = stated(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        (blob,) = connection.execute("SELECT document FROM texts WHERE version = 1").fetchone()
        forged = encode_document(replace(decode_document(blob), byline="Somebody Else"))
        connection.execute("UPDATE texts SET document = ? WHERE version = 1", (forged,))
        connection.commit()
    (fault,) = verified(path)
    assert fault.message == f"what is stated about version {ids[1]} (outlet, title, byline or date) is not what was put"


def test_an_act_that_was_written_into_a_reading_is_told(tmp_path: Path) -> None:
    path, ids = stated(tmp_path)
    with closing(open_store(path)) as store:
        reading = store.reading(ids[1])
    assert reading is not None
    (attribution,) = reading.attributions
    forged = encode_reading(replace(reading, attributions=(replace(attribution, act=Act.THREATEN),)))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE readings SET reading = ? WHERE version = 1", (forged,))
        connection.commit()
    assert [fault.message for fault in verified(path)] == [OTHER.format(ids[1])]


def test_what_an_earlier_program_wrote_is_sealed_when_it_is_opened(tmp_path: Path) -> None:
    path, _ = stated(tmp_path)
    earlier = tmp_path / "earlier.db"
    write_as_before(path, earlier, "0005 seals")
    assert verified(earlier) == []
    change(earlier, "UPDATE versions SET name = 'renamed' WHERE version = 2")
    assert len(verified(earlier)) == 1


@pytest.mark.parametrize(
    ("statement", "changed"),
    [
        ("UPDATE judgements SET author = 'Lin' WHERE number = 1", [0]),
        ("UPDATE judgements SET author = 'Lin' WHERE number = 2", [1]),
        ("UPDATE judgements SET verdict = 'different' WHERE number = 1", [0]),
        ("UPDATE judgements SET verdict = 'wrong' WHERE number = 2", [1]),
        ("UPDATE judgements SET version = (SELECT max(id) FROM versions) WHERE number = 2", [1]),
        ("UPDATE judgements SET id = '0123456789abcdef' WHERE number = 2", [1]),
        (
            "UPDATE judgements SET body = CAST(replace(CAST(body AS TEXT), 'Ruiz', 'Luiz') AS BLOB) WHERE number = 1",
            [0],
        ),
        ("UPDATE judgements SET body = (SELECT body FROM judgements WHERE number = 2) WHERE number = 1", [0]),
    ],
)
def test_judgements_that_were_changed_are_named(tmp_path: Path, statement: str, changed: list[int]) -> None:
    path, ids = stated(tmp_path)
    with closing(open_store(path)) as store, Ledger(store) as ledger:
        ledger.judge("same", "Ana Ruiz", "Pell Austwick", by="Kim", note="as both say")
        reading = ledger.reading(ids[2])
        given = replace(reading.attributions[0], act=Act.WARN)
        ledger.add_judgements(
            judge_attributions(ids[2], (reading, reading), [given], by="Kim", at=datetime(2031, 3, 9, tzinfo=UTC))
        )
        assert [fault.message for fault in ledger.verify()] == []
        assert len(list(ledger.judgements())) == 2
    change(path, statement)
    with closing(open_store(path)) as store:
        judgements = sorted(store.judgements(), key=lambda judgement: judgement.version is not None)
        places = [f"the judgement {judgements[number].id}" for number in changed]
    told = [fault for fault in verified(path) if "judge" in fault.place]
    assert [fault.place for fault in told] == places
    assert all("its id is not that of its content" in fault.message for fault in told)


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
