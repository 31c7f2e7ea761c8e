"""`sourceline add` killed at any moment: nothing that was finished is lost, and running it again goes on from there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.killing import DOCUMENTS, Moment, add_all, exported, kill_once, moments, write_documents


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("killed") / "documents.jsonl"
    write_documents(path)
    return path


@pytest.fixture(scope="module")
def whole(documents: Path) -> bytes:
    """A ledger that was written without a break."""
    ledger = documents.with_name("whole.db")
    add_all(documents, ledger)
    written = exported(ledger)
    assert written.count(b'"cue"') >= DOCUMENTS
    return written


@pytest.mark.parametrize(
    "moment", list(moments(10)), ids=lambda moment: f"{moment.told} told and {moment.seconds:.2f} s"
)
def test_killed_and_run_again_it_is_the_ledger_of_an_uninterrupted_run(
    tmp_path: Path, documents: Path, whole: bytes, moment: Moment
) -> None:
    kill = kill_once(documents, tmp_path / "news.db", moment, whole)
    assert kill.faults == ()
    assert kill.equal
    assert kill.told >= moment.told
