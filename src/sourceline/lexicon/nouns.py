"""What a head noun says of who or what is speaking: a report is a document, a spokeswoman a person.

Built by `python -m training.lexicon` from resources/nouns.yml.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

TABLE = "nouns.json"

_REMEMBERED = 8192
"""Words whose answers are kept: a text asks for the same few again and again."""


class NounClass(StrEnum):
    DOCUMENT = "document"
    MEDIA = "media"
    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    OFFICE = "office"
    """A person told by an office or a relation that few share ("the foreign minister", "her mother")."""
    PERSON = "person"
    COLLECTIVE = "collective"
    """Words for people at large ("many", "the public")."""


@lru_cache(maxsize=_REMEMBERED)
def class_of(noun: str) -> NounClass | None:
    """The class of a noun, singular or plural, any case; None where the table does not know it."""
    single = singular_of(noun)
    if single not in _classes() and len(single) > 6 and single.endswith(("man", "woman", "person", "men", "women")):
        return NounClass.PERSON
    return _classes().get(single)


def is_listed(noun: str) -> bool:
    """Whether the table has the noun itself: it has "spokesman", while "Chapman" only ends like one."""
    return singular_of(noun) in _classes()


def is_withheld(noun: str) -> bool:
    """Whether such a person's name is commonly withheld ("official", "aide") rather than just not given."""
    return singular_of(noun) in _withheld()


def is_role(noun: str) -> bool:
    """Whether the noun names a function of a person."""
    return class_of(noun) in (NounClass.OFFICE, NounClass.PERSON) or is_withheld(noun)


@lru_cache(maxsize=_REMEMBERED)
def is_plural(noun: str) -> bool:
    """Whether the noun is a plural of one the table knows, or ends like one."""
    lower = noun.lower()
    if lower in _irregular():
        return _irregular()[lower] != lower
    if lower in _classes():
        return False
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is"))


@lru_cache(maxsize=_REMEMBERED)
def singular_of(noun: str) -> str:
    """The table's form of a noun: singular, lower case, "e-mails" as "e-mail"; unknown words as they are."""
    lower = noun.lower().strip("'’.")
    known = _classes()
    if noun.endswith(".") and lower in _table()["abbreviations"]:
        return _table()["abbreviations"][lower]
    if lower in _irregular():
        return _irregular()[lower]
    if lower in known:
        return lower
    for ending, put in (("ies", "y"), ("es", ""), ("s", ""), ("s", "s")):
        if lower.endswith(ending) and lower[: -len(ending)] + put in known:
            return lower[: -len(ending)] + put
    last = lower.rsplit("-", 1)[-1]
    return singular_of(last) if last != lower and last else lower


@cache
def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(
        files("sourceline.lexicon").joinpath("tables", TABLE).read_text("utf-8")
    )
    return table


@cache
def _classes() -> dict[str, NounClass]:
    return {noun: NounClass(name) for noun, name in _table()["classes"].items()}


@cache
def _withheld() -> frozenset[str]:
    return frozenset(_table()["withheld"])


@cache
def _irregular() -> dict[str, str]:
    return _table()["irregular"]
