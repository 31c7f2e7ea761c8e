"""The table of attributions as Apache Parquet, written a few thousand rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from sourceline.errors import UsageError
from sourceline.show.exports import Exported
from sourceline.show.exports.rows import NAMES, rows_of

_ROWS = 5_000


def write(ledger: Exported, out: BinaryIO) -> None:
    """Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise UsageError("parquet needs pyarrow: pip install 'sourceline[parquet]'") from None

    special = {"version": arrow.int32(), "start": arrow.int64(), "end": arrow.int64(), "confidence": arrow.float64()}
    special["speaker_named"] = arrow.bool_()
    schema = arrow.schema([(name, special.get(name, arrow.string())) for name in NAMES])
    with parquet.ParquetWriter(out, schema, compression="zstd") as table:
        for columns in _columns(ledger):
            table.write_table(arrow.table(columns, schema=schema))


def _columns(ledger: Exported) -> Iterator[dict[str, list[Any]]]:
    rows = rows_of(ledger)
    while some := list(islice(rows, _ROWS)):
        yield {name: [_text(getattr(row, name)) for row in some] for name in NAMES}


def _text(value: Any) -> Any:
    """Half a surrogate pair is no text for Parquet."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
