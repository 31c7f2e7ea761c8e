"""The nouns of a batch: one document as a line of JSONL gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Number:
    """A number of an unknown field, kept as it was written because int and float would write it otherwise: 1e999,
    2.50, -0, or more digits than they hold."""

    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A document given as a record: its text is decoded already. Only `text` need be there."""

    text: str
    markup: bool = False
    """Whether `text` is HTML, whose words are still to be taken out."""
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    outlet_kind: str | None = None
    published: str | None = None
    title: str | None = None
    byline: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    """The fields that are not known, untouched: a number that int or float would rewrite is a Number."""
