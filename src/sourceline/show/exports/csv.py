"""A table of attributions for spreadsheets: RFC 4180, UTF-8 with the mark that they look for."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from sourceline.show.exports import Exported
from sourceline.show.exports.rows import NAMES, rows_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def write(ledger: Exported, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(NAMES)
    for row in rows_of(ledger):
        table.writerow([_cell(getattr(row, name)) for name in NAMES])
    text.flush()
    text.detach()


def _cell(value: object) -> object:
    """Text that would be run as a formula gets an apostrophe, which a spreadsheet hides."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
