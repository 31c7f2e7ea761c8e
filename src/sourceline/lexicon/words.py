"""Closed classes of words: pronouns, determiners, titles, parties and the like.

Built by `python -m training.lexicon` from resources/words.yml.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

TABLE = "words.json"


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a class, in lower case; KeyError where there is no such class."""
    return frozenset(_table()[name].split())


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = json.loads(files("sourceline.lexicon").joinpath("tables", TABLE).read_text("utf-8"))
    return table
