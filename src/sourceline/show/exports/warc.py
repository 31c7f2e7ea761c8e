"""The evidence alone: every capture's WARC record, compressed on its own, one after another."""

from __future__ import annotations

from typing import BinaryIO

from sourceline.show.exports import Exported


def write(ledger: Exported, out: BinaryIO) -> None:
    for record in ledger.records():
        out.write(record)
