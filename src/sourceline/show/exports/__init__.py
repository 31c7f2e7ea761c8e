"""A ledger written out in other formats. Each file here is one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from sourceline.errors import UsageError
from sourceline.model.evidence import Version
from sourceline.model.reading import Reading
from sourceline.model.trace import Edge, Trace


class Exported(Protocol):
    """What an export needs of a ledger. Everything comes in the order of publication date, name, key and number."""

    def versions(self) -> Iterator[Version]:
        """All versions, those taken down too."""

    def readings(self) -> Iterator[tuple[Version, Reading]]:
        """Every version that was not taken down, with its reading as people corrected it."""

    def traces(self) -> Iterator[Trace]:
        """The trace of every claim."""

    def edges(self) -> tuple[Edge, ...]:
        """Which document took something directly from which earlier one."""

    def records(self) -> Iterator[bytes]:
        """The evidence, one compressed WARC record after another."""


Writer = Callable[[Exported, BinaryIO], None]


FORMATS = {
    "json": "the whole ledger as one object: documents, attributions, sources, claims, edges",
    "jsonl": "one reading a line, as sourceline read --jsonl writes them",
    "csv": "a table of attributions for a spreadsheet; what looks like a formula gets an apostrophe",
    "parquet": "the same table for pandas, DuckDB, Polars (needs the extra: pip install 'sourceline[parquet]')",
    "webannotation": "W3C Web Annotations with text quote and text position selectors",
    "brat": "a ZIP of texts and brat standoff files, as PolNeAR has them; import-annotations takes them back",
    "warc": "the evidence alone: the raw bytes as a .warc.gz file",
}


def writer_of(format: str) -> Writer:
    """What writes a format. Raises UsageError where there is no such format."""
    from importlib import import_module

    if format not in FORMATS:
        raise UsageError(f"there is no export called {format!r}: choose one of {', '.join(FORMATS)}")
    write: Writer = import_module(f"sourceline.show.exports.{format}").write
    return write
