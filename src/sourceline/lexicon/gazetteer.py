"""Towns, cities and divisions by name: in which countries a place of that name lies, and how large it is there.

The table is packed by `training/gazetteer.py` from GeoNames (CC BY 4.0, see NOTICE.md beside it). It is sorted, so that
it is searched where it lies: nothing is parsed, and reading it takes a few milliseconds once.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sourceline.lexicon.fold import fold_name

TABLE = "gazetteer.tsv"
_FIELD = 4
"""Two letters and two digits a country."""


def find_localities(name: str) -> dict[str, int]:
    """Countries with a place of this name -> ten times the decimal logarithm of its inhabitants, the largest first."""
    key = fold_name(name)
    if not key or "\t" in key or "\n" in key:
        return {}
    packed = _row(key.encode()).decode("ascii")
    return {packed[i : i + 2]: int(packed[i + 2 : i + 4]) for i in range(0, len(packed), _FIELD)}


def _row(key: bytes) -> bytes:
    """The fields after this key, b"" where there is none: a binary search over lines of one sorted block."""
    table = _table()
    wanted = key + b"\t"
    low, high = 0, len(table)
    while low < high:
        middle = (low + high) // 2
        start = table.rfind(b"\n", low, middle) + 1 or low
        end = table.index(b"\n", middle)
        tab = table.index(b"\t", start)
        found = table[start : tab + 1]
        if found == wanted:
            return table[tab + 1 : end]
        if found[:-1] < key:
            low = end + 1
        else:
            high = start
    return b""


@cache
def _table() -> bytes:
    return files("sourceline.lexicon").joinpath("tables", TABLE).read_bytes()
