"""How rare a word is in news, by a fixed table: nothing that a ledger holds changes it.

Built by `python -m training.frequencies` from counts over the training sets.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from math import log

TABLE = "frequencies.json"

_REMEMBERED = 1 << 16


@lru_cache(maxsize=_REMEMBERED)
def rarity_of(stem: str) -> float:
    """The inverse document frequency of a stem, 0 (in every article) to 1 (in none of those counted)."""
    articles, counts = _table()
    return log((articles + 1) / (counts.get(stem, 0) + 1)) / log(articles + 1)


@cache
def _table() -> tuple[int, dict[str, int]]:
    stored = json.loads(files("sourceline.lexicon").joinpath("tables", TABLE).read_text("utf-8"))
    return stored["articles"], stored["counts"]
