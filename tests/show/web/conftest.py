"""Ledgers to look at: the example world's, read by the model once, and a small one for each test, read by hand."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sourceline as sl
from sourceline.show.web import WebOptions
from tests.example_world import WORLD
from tests.ledger.by_hand import pipeline_module
from tests.show.web.browser import Browser, browsing

ARTICLES = (
    {
        "id": "ledger-0306",
        "url": "https://ledger.example/exports",
        "outlet": "Harbor Ledger",
        "published": "2031-03-06",
        "updated": "2031-03-06T08:00:00+00:00",
        "title": "Exports fall",
        "text": "Ana Ruiz, the trade minister, said exports fell in May. Pell Austwick denied any talks on the depot.",
    },
    {
        "id": "ledger-0306",
        "url": "https://ledger.example/exports",
        "outlet": "Harbor Ledger",
        "published": "2031-03-06",
        "updated": "2031-03-06T19:00:00+00:00",
        "title": "Exports fall slightly",
        "text": "Ana Ruiz, the trade minister, said exports fell slightly in May. Ilse Marden said it stayed so.",
    },
    {
        "id": "packet-0307",
        "outlet": "The Packet",
        "published": "2031-03-07",
        "text": "An official said the depot was empty. A. Ruiz declined to comment on the depot.",
    },
    {
        "id": "packet-0308",
        "outlet": "The Packet",
        "published": "2031-03-08",
        "text": "Pell Austwick warned that the depot may close. Ana Ruiz, a judge, said nothing was settled.",
    },
    {"id": "packet-0309", "published": "2031-03-09", "text": "Bram Tolley said the quay was flooded."},
)


@pytest.fixture(scope="session")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its last document is taken down."""
    folder = tmp_path_factory.mktemp("by-hand")
    given = folder / "given.jsonl"
    with pytest.MonkeyPatch.context() as patch, sl.open(folder / "news.db") as opened:
        patch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())
        for article in ARTICLES:
            given.write_text(json.dumps(article) + "\n")
            opened.add(given)
        opened.remove("packet-0309", by="Kim", reason="a court's order")
    return folder / "news.db"


@pytest.fixture
def ledger(by_hand: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, and a reader that needs no model for what is added."""
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())
    return Path(shutil.copy(by_hand, tmp_path / "news.db"))


@pytest.fixture
def browser(ledger: Path) -> Iterator[Browser]:
    with browsing(WebOptions(ledger=str(ledger))) as opened:
        yield opened


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.db"
    with sl.open(path) as opened:
        opened.add(WORLD)
    return path


@pytest.fixture
def world_browser(world: Path) -> Iterator[Browser]:
    with browsing(WebOptions(ledger=str(world))) as opened:
        yield opened
