"""The ledger brought to another model."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourceline.ledger.ledger import Ledger
from sourceline.store.sqlite import open_store
from tests.ledger.by_hand import ByHand, Newer


class Tenth(ByHand):
    """Later than the ninth, though its version sorts before that as a word."""

    version = "10"
    cues = frozenset({"denied"})


class Ninth(ByHand):
    version = "9"


@pytest.mark.parametrize(("earlier", "later"), [(ByHand, Newer), (Newer, Tenth), (Ninth, Tenth)])
def test_an_earlier_model_does_not_undo_what_a_later_one_read(
    tmp_path: Path, earlier: type[ByHand], later: type[ByHand]
) -> None:
    (tmp_path / "a.txt").write_text("Pell Austwick warned of a shortage. Ana Ruiz denied that it was true.")
    seen = []
    for reader in (earlier, later, earlier, later):
        with Ledger(open_store(tmp_path / "news.db"), reader=reader()) as ledger:
            ledger.add(tmp_path / "a.txt")
            number = ledger.reread()
            (version,) = ledger.versions()
            seen.append((number, version.model, len(ledger.reading(version.id).attributions)))
    assert [number for number, _, _ in seen] == [0, 1, 0, 0]
    assert {model for _, model, _ in seen[1:]} == {f"by-hand/{later.version}"}
    assert {count for _, _, count in seen[1:]} == {1}
