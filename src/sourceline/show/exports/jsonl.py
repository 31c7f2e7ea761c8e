"""One reading a line, as `sourceline read --jsonl` writes them, each with its place in the ledger."""

from __future__ import annotations

from typing import BinaryIO

from sourceline.show.exports import Exported
from sourceline.show.json import encode_json, reading_object


def write(ledger: Exported, out: BinaryIO) -> None:
    for version, reading in ledger.readings():
        record = reading_object(reading)
        record["document"]["id"] = version.name
        record["ledger"] = {"key": version.key, "version": version.number, "version_id": version.id}
        out.write(encode_json(record) + b"\n")
