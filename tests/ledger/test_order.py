"""Batch equals incremental, in any order: what is added decides the ledger, not when."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.ledger.ledger import Ledger
from sourceline.store.sqlite import open_store
from tests.ledger.by_hand import ByHand, Newer

FORMATS = ("json", "jsonl", "csv", "webannotation", "brat")


def record(id: str | None, text: str, hour: int, **fields: Any) -> dict[str, Any]:
    given = {"outlet": "Harbor Ledger", "published": "2031-03-06", "updated": f"2031-03-06T{hour:02}:00:00+00:00"}
    return {**given, **({"id": id} if id else {}), "text": text, **fields}


RECORDS = (
    record("d01", "Ana Ruiz, the trade minister, said exports fell in May.", 8),
    record("d01", "Ana Ruiz, the trade minister, said exports rose in May.", 12),
    record("d01", "Ana Ruiz, the trade minister, said exports fell in May.", 18),
    record("d02", "Ana Ruiz, the trade minister, said exports fell in May.", 9, url="https://a.example/x"),
    record(None, "Ana Ruiz, trade minister, denied that the depot was shut.", 9, url="https://www.a.example/x/"),
    record(None, "Ana Ruiz, trade minister, denied that any depot was shut.", 10, url="http://a.example/x"),
    record("d03", "An official said the depot was empty. A. Ruiz declined to comment.", 7, published=None),
    record("d04", "Pell Austwick, director of the works, warned of a shortage.", 7, title="Works"),
    record("d04", "Pell Austwick, director of the works, warned of a shortage.", 7, title="Works may stop"),
    record("d05", "Ana Ruiz, the chess champion, said the game was even.", 5, outlet="The Packet"),
    record(None, "Nobody said anything at all in the harbour that day.", 6),
    record("d06", " ", 3),
)
Order = Sequence[int]


def lines(order: Order) -> list[bytes]:
    return [json.dumps(RECORDS[i]).encode() + b"\n" for i in order]


def answers(batches: Sequence[Order]) -> dict[str, Any]:
    """All that a ledger has to say which was filled batch by batch."""
    with tempfile.TemporaryDirectory() as folder, Ledger(open_store(Path(folder) / "a.db"), reader=ByHand()) as ledger:
        for batch in batches:
            file = Path(folder) / "batch.jsonl"
            file.write_bytes(b"".join(lines(batch)))
            ledger.add(file)
        found: dict[str, Any] = {format: io.BytesIO() for format in FORMATS}
        for format, out in found.items():
            ledger.export(format, out)
        return {
            **{format: out.getvalue() for format, out in found.items()},
            "sources": list(ledger.sources()),
            "proposals": list(ledger.proposals()),
            "faults": list(ledger.verify()),
        }


WHOLE = answers([range(len(RECORDS))])


def test_the_records_make_versions_sources_and_nothing_unsound() -> None:
    documents = json.loads(WHOLE["json"])["documents"]
    assert [d["version"] for d in documents if d["id"] == "d01"] == [1, 2]
    assert len(documents) >= 9
    assert len(WHOLE["sources"]) >= 3
    assert WHOLE["faults"] == []


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(RECORDS))), st.sets(st.integers(1, len(RECORDS) - 1)))
def test_any_order_in_any_batches_gives_the_same_bytes(order: list[int], cuts: set[int]) -> None:
    borders = [0, *sorted(cuts), len(order)]
    batches = [order[start:end] for start, end in pairwise(borders)]
    assert answers(batches) == WHOLE


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(range(len(RECORDS))), max_size=20))
def test_what_is_added_again_changes_nothing(again: list[int]) -> None:
    assert answers([range(len(RECORDS)), again, again]) == WHOLE


def test_read_by_two_models_in_either_order_the_later_one_stands(tmp_path: Path) -> None:
    file = tmp_path / "batch.jsonl"
    exports = []
    for readers in ((ByHand, Newer), (Newer, ByHand)):
        path = tmp_path / f"{readers[0].version}.db"
        for number, reader in enumerate(readers):
            # the same article from another carrier, so that its bytes differ and it is read again
            file.write_bytes(json.dumps({**RECORDS[7], "seen": "wire" if reader is Newer else "web"}).encode() + b"\n")
            with Ledger(open_store(path), reader=reader()) as ledger:
                assert ledger.add(file).changed, number
                out = io.BytesIO()
                ledger.export("csv", out)
        exports.append(out.getvalue())
    assert exports[0] == exports[1]
    assert b"shortage" not in exports[0]
