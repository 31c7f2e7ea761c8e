"""The alias table: states, governments, organisations and media by every name that a text has for them.

Built by `python -m training.lexicon` from resources/*.yml, where every entry's origin stands. What is found is a hint:
two names of one entry are no proof that two mentions are the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from sourceline.lexicon.fold import fold_name, tidy_name
from sourceline.model.source import SourceKind

TABLE = "aliases.json"

_REMEMBERED = 4096
"""Names whose entries are kept: the same few stand all over an article."""


class PlaceRank(StrEnum):
    STATE = "state"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One state, government body, organisation or outlet."""

    name: str
    """The common name."""
    kind: SourceKind
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    """Adjectives and nouns for its people ("British", "Briton")."""
    metonyms: tuple[str, ...]
    """Places that stand for its government ("Pyongyang"); they remain places of their own."""
    iso3166: str | None
    """ISO 3166-1 alpha-2 of the state that it is, is part of or belongs to."""
    wikidata: str | None
    state_media: bool
    place: PlaceRank | None
    """Set where the entry is a place too: a state, or a part of one with a government of its own."""
    origin: str
    """Where the entry comes from."""


def find_entry(name: str) -> Entry | None:
    """The one entry of this name, alias or metonym; None where there is none, or more than one ("the Times")."""
    found = find_entries(name)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=_REMEMBERED)
def find_entries(name: str) -> tuple[Entry, ...]:
    """Every entry of this name, alias or metonym, in the order of the table.

    Case counts ("US", "WHO" and "X" are names, "us", "who" and "x" are not), but a name may stand in capitals. A
    leading article and a trailing possessive are passed over, and so are the dots of initials.
    """
    return _index().find(name)


def find_places_named(name: str) -> tuple[Entry, ...]:
    """Every state or region of this name or alias; a metonym ("Moscow") names none."""
    return _places().find(name)


@lru_cache(maxsize=_REMEMBERED)
def find_country(name: str) -> str | None:
    """The ISO 3166-1 code for a state's or region's name, or for its people ("British", "Kenyans"); None if unsure."""
    codes = {entry.iso3166 for entry in (*find_places_named(name), *_peoples().find(name))}
    return codes.pop() if len(codes) == 1 else None


def is_area(name: str) -> bool:
    """Whether this is a continent, a sea or another place that lies in several countries or in none."""
    return fold_name(name) in _areas()


def find_lands(name: str) -> tuple[str, ...]:
    """The ISO 3166-1 codes of the country, seldom countries, that an island or a landscape of this name belongs to."""
    return _lands().get(fold_name(name), ())


@cache
def read_entries() -> tuple[Entry, ...]:
    """The whole table."""
    table = _table()
    return tuple(
        Entry(
            name=row["name"],
            kind=SourceKind(row["kind"]),
            aliases=tuple(row.get("aliases", ())),
            demonyms=tuple(row.get("demonyms", ())),
            metonyms=tuple(row.get("metonyms", ())),
            iso3166=row.get("iso3166"),
            wikidata=row.get("wikidata"),
            state_media=row.get("state", False),
            place=PlaceRank(row["place"]) if "place" in row else None,
            origin=table["origins"][row["origin"]],
        )
        for row in table["entries"]
    )


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(files("sourceline.lexicon").joinpath("tables", TABLE).read_text("utf-8"))
    return table


@cache
def _areas() -> frozenset[str]:
    return frozenset(map(fold_name, _table()["areas"]))


@cache
def _lands() -> dict[str, tuple[str, ...]]:
    return {fold_name(name): tuple(codes) for name, codes in _table()["lands"].items()}


class _Index:
    """Names -> entries, by the exact name, and by its capitals for names that are not capitals already."""

    def __init__(self, named: Iterable[tuple[str, Entry]]) -> None:
        self._exact: dict[str, list[Entry]] = {}
        self._capitals: dict[str, list[Entry]] = {}
        for name, entry in named:
            key = _with_small_article(tidy_name(name))
            _put(self._exact, key, entry)
            if key != key.upper():
                _put(self._capitals, key.upper(), entry)

    def find(self, name: str) -> tuple[Entry, ...]:
        for form in _forms(tidy_name(name)):
            found = self._exact.get(form) or (self._capitals.get(form) if len(form) > 3 else None)
            if found:
                return tuple(found)
        return ()


def _put(index: dict[str, list[Entry]], key: str, entry: Entry) -> None:
    entries = index.setdefault(key, [])
    if entry not in entries:
        entries.append(entry)


_ARTICLE = re.compile(r"(?:The|THE|the) ")
_INITIALS = re.compile(r"(?:[A-Z]\. ?)+[A-Z]?\.?")


def _with_small_article(name: str) -> str:
    return _ARTICLE.sub("the ", name, count=1) if _ARTICLE.match(name) else name


def _forms(name: str) -> Iterator[str]:
    """The ways to look a name up, the nearest to the text first."""
    if not name:
        return
    for form in (name, *(name.removesuffix(tail) for tail in ("'s", "'S", "'") if name.endswith(tail))):
        named = _with_small_article(form)
        yield named
        yield named.upper() if named == f"the {form[4:]}" and form[4:].isupper() else named
        bare = named.removeprefix("the ")
        yield bare
        if _INITIALS.fullmatch(bare):
            yield bare.replace(".", "").replace(" ", "")


@cache
def _index() -> _Index:
    return _Index((name, entry) for entry in read_entries() for name in (entry.name, *entry.aliases, *entry.metonyms))


@cache
def _places() -> _Index:
    places = (entry for entry in read_entries() if entry.place is not None)
    return _Index((name, entry) for entry in places for name in (entry.name, *entry.aliases))


@cache
def _peoples() -> _Index:
    people = ((name, entry) for entry in read_entries() for name in entry.demonyms)
    return _Index((form, entry) for name, entry in people for form in (name, f"{name}s"))
