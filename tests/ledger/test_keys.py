"""Which article an input is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sourceline.ledger.keys import document_key, document_name, stated_key, version_time
from sourceline.model.address import same_address
from sourceline.model.evidence import Collected
from sourceline.model.record import Record
from sourceline.model.text import Document, Snapshot


def collected(content: Snapshot | Record, raw: bytes = b"x") -> Collected:
    return Collected(place="somewhere", content=content, raw=raw)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://harbor.example/a", "http://www.Harbor.example:80/a/#top", True),
        ("https://harbor.example/a?id=1", "https://harbor.example/a?id=2", False),
        ("https://harbor.example/a", "https://harbor.example:8443/a", False),
        ("https://harbor.example/a", "https://harbor.example/A", False),
        ("https://harbor.example", "https://harbor.example/", True),
        ("http://[::1", "http://[::1", True),
        ("not an address", "not an address ", True),
    ],
)
def test_addresses(one: str, other: str, same: bool) -> None:
    assert (same_address(one) == same_address(other)) is same


def test_two_batches_may_both_have_a_d01() -> None:
    first = collected(Record(text="a", id="d01", url="https://harbor.example/a"))
    second = collected(Record(text="b", id="d01", url="https://gazette.example/b"))
    edited = collected(Record(text="c", id="d01", url="http://www.harbor.example/a/"))
    assert stated_key(first) == stated_key(edited) != stated_key(second)
    assert document_name(first, "key") == document_name(second, "key") == "d01"


def test_a_file_is_known_by_its_bytes_and_called_by_its_name() -> None:
    document = Document(id="x", text="t", sha256="0" * 64)
    one, copy = (collected(Snapshot(raw=b"t", path=path), b"t") for path in ("a/one.txt", "b/copy.txt"))
    assert stated_key(one) is None
    assert document_key(one, document) == document_key(copy, document)
    assert document_key(one, document) != document_key(collected(Snapshot(raw=b"u", path="a/one.txt"), b"u"), document)
    assert document_name(one, "key") == "one"
    assert document_name(collected(Snapshot(raw=b"t")), "key") == "key"


def test_a_saved_page_is_known_by_the_address_that_it_states() -> None:
    page = collected(Snapshot(raw=b"<html>", path="saved.html"), b"<html>")
    fetched = collected(Snapshot(raw=b"<html>2", url="https://harbor.example/a"), b"<html>2")
    document = Document(id="x", text="t", sha256="0" * 64, url="https://www.harbor.example/a/")
    assert document_key(page, document) == document_key(fetched, document)


@pytest.mark.parametrize(
    ("extra", "time"),
    [
        ({"updated": "2031-03-06T09:15:00+01:00"}, "2031-03-06T08:15:00+00:00"),
        ({"updated": "soon", "modified": "2031-03-06"}, "2031-03-06T00:00:00+00:00"),
        ({"updated": 3}, None),
        ({}, None),
    ],
)
def test_when_a_text_was_there(extra: dict[str, object], time: str | None) -> None:
    found = version_time(collected(Record(text="a", extra=extra)))
    assert (found.astimezone(UTC).isoformat() if found else None) == time


def test_a_fetched_page_was_there_when_it_was_fetched() -> None:
    moment = datetime(2031, 3, 6, tzinfo=UTC)
    assert version_time(collected(Snapshot(raw=b"", retrieved=moment))) == moment
