"""The trained weights of tracing, by table and by the name of a feature: `tables/*.json`, from `training/trace.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from pathlib import Path

TABLES = Path(__file__).parent / "tables"
_OTHER: ContextVar[Mapping[str, Mapping[str, float]] | None] = ContextVar("weights", default=None)


def weights_of(table: str) -> Mapping[str, float]:
    """The weights of a table; of a feature that is not in it, none."""
    other = _OTHER.get()
    return other[table] if other is not None and table in other else _shipped(table)


def weighted(table: str, features: Mapping[str, float]) -> float:
    """The sum of the features, each times its weight."""
    weights = weights_of(table)
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


@contextmanager
def use_weights(tables: Mapping[str, Mapping[str, float]]) -> Iterator[None]:
    """Uses other weights for the tables given, as training does for storylines left out."""
    token = _OTHER.set(tables)
    try:
        yield
    finally:
        _OTHER.reset(token)


@cache
def _shipped(table: str) -> Mapping[str, float]:
    stored = json.loads(files("sourceline.trace").joinpath("tables", f"{table}.json").read_text("utf-8"))
    return {name: float(weight) for name, weight in stored["weights"].items()}
