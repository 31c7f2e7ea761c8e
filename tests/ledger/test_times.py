"""When a text was there, where not every version says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sourceline.ledger.ledger import Ledger
from sourceline.store.sqlite import open_store
from tests.ledger.by_hand import ByHand


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(open_store(tmp_path / "news.db"), reader=ByHand()) as opened:
        yield opened


def add(ledger: Ledger, folder: Path, *records: dict[str, Any]) -> None:
    given = folder / "given.jsonl"
    given.write_text("".join(json.dumps({"id": "d01", "published": "2021-03-06", **r}) + "\n" for r in records))
    ledger.add(given)


def texts(ledger: Ledger) -> list[str]:
    return [ledger.reading(version.id).document.text for version in ledger.versions("d01")]


FIRST = {"text": "Ana Ruiz said exports fell."}
EDITED = {"text": "Ana Ruiz said exports rose.", "updated": "2021-03-07T10:00:00+00:00"}
AGAIN = {"text": "Ana Ruiz said exports fell, then rose."}


@pytest.mark.parametrize("together", [True, False])
def test_an_edit_that_tells_its_time_comes_after_a_first_text_that_tells_none(
    ledger: Ledger, tmp_path: Path, together: bool
) -> None:
    for records in [(FIRST, EDITED)] if together else [(FIRST,), (EDITED,)]:
        add(ledger, tmp_path, *records)
    assert texts(ledger) == [FIRST["text"], EDITED["text"]]


@pytest.mark.parametrize("together", [True, False])
def test_texts_that_tell_no_time_follow_in_the_order_of_adding(ledger: Ledger, tmp_path: Path, together: bool) -> None:
    for records in [(AGAIN, FIRST)] if together else [(AGAIN,), (FIRST,)]:
        add(ledger, tmp_path, *records)
    assert texts(ledger) == [AGAIN["text"], FIRST["text"]]
