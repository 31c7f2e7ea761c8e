"""The stores that have to pass the contract's tests: a new one is one more line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sourceline.store.contract import Store
from sourceline.store.sqlite import open_store

Opener = Callable[[str], Store]
"""Opens the store with this name, made where there is none."""


def _sqlite(folder: Path) -> Opener:
    return lambda name: open_store(folder / f"{name}.db")


STORES = {"sqlite": _sqlite}


@pytest.fixture(params=sorted(STORES))
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    opened: list[Store] = []
    opens = STORES[request.param](tmp_path)

    def remember(name: str) -> Store:
        opened.append(opens(name))
        return opened[-1]

    yield remember
    for store in opened:
        store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener("ledger")
