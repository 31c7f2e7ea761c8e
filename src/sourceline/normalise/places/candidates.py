"""The countries that a place name may lie in, before anything is known of the text around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import capwords

from sourceline.lexicon.aliases import PlaceRank, find_entries, find_lands, find_places_named, is_area
from sourceline.lexicon.fold import tidy_name
from sourceline.lexicon.gazetteer import find_localities

STATE = 95
"""The weight of a state's own name; places weigh ten times the decimal logarithm of their inhabitants."""
REGION = 70
"""That of a part of a state with a government of its own."""
LAND = 62
"""That of an island or a landscape."""
SIZEABLE = 50
"""What is left of a name has to weigh as much: a place of a hundred thousand."""
LONGEST_INITIALS = 4
"""Letters; a longer name in capitals is a name in capitals."""
PART = 6
"""How much less a name weighs that was found only after a word was taken off ("Swat" for "Swat Valley")."""

_DIRECTION = re.compile(
    r"(?:(?:far|upper|lower|central|inner|outer|greater|downtown|mainland|rural|"
    r"north|south|east|west|northern|southern|eastern|western|"
    r"(?:north|south)-?(?:east|west)(?:ern)?|mid)[ -])+(?=\w)",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r" (?:province|state|district|county|region|governorate|oblast|prefecture|department|municipality|city|town|"
    r"village|township|parish|borough|territory|republic|islands?|isle|peninsula|valley|delta|basin|bay|coast|harbou?r|"
    r"port|beach|river|lake|mountains?|hills?|desert|forest|national park|park|international airport|airport|air base|"
    r"airbase|base|university|hospital|prison|stadium|square|street|road|bridge|station|refugee camp|camp|area|"
    r"metropolitan area|suburbs?)$",
    re.IGNORECASE,
)
_GENERIC_FIRST = re.compile(
    r"(?:(?:province|state|district|county|city|town|village|port|gulf|isle|islands?|university|bay|lake|mount|river|"
    r"fort|camp) (?:of )?|co\.? )(?=\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a name may be."""

    name: str
    """The place's common name."""
    countries: Mapping[str, int]
    """ISO 3166-1 alpha-2 -> weight; empty where the name is not known."""
    area: bool = False
    """A continent, a sea or the like, which has no country."""


@lru_cache(maxsize=4096)
def find_candidates(name: str) -> Candidates:
    """The name as it stands, else without what only says which part or kind of place it is."""
    tidy = _trim(name)
    for depth, form in enumerate(_forms(tidy)):
        found = _look_up(form)
        if depth == 0 and (found.area or found.countries):
            return found
        if found.area or max(found.countries.values(), default=0) >= SIZEABLE:
            named = found.name if _only_direction(tidy, form) else tidy
            weakened = {code: weight - PART for code, weight in found.countries.items()}
            return Candidates(named, weakened, area=found.area)
    return Candidates(tidy, {})


def _trim(name: str) -> str:
    tidy = tidy_name(name)
    for tail in ("'s", "'S", "'"):
        tidy = tidy.removesuffix(tail)
    return tidy.strip(' ,;:!?"()[]“”')


def _forms(name: str) -> Iterator[str]:
    """The name, and what is left of it without directions and kinds of place; each at most once."""
    seen = set()
    bare = re.sub(r"^[Tt]he ", "", name)
    pointless = _DIRECTION.sub("", bare, count=1) if _DIRECTION.match(bare) else bare
    for form in (
        name,
        _GENERIC.sub("", bare),
        pointless,
        _GENERIC.sub("", pointless),
        _GENERIC.sub("", _GENERIC.sub("", pointless)),
        _GENERIC_FIRST.sub("", pointless, count=1) if _GENERIC_FIRST.match(pointless) else pointless,
    ):
        if form and form not in seen:
            seen.add(form)
            yield form


def _only_direction(name: str, form: str) -> bool:
    """Whether what was taken off is a direction in small letters: "western Kenya" is a part of Kenya."""
    return name.endswith(form) and name[: -len(form)].removeprefix("the ").islower()


def _look_up(name: str) -> Candidates:
    if is_area(name):
        return Candidates(name, {}, area=True)
    places = find_places_named(name)
    if not places and (bodies := find_entries(name)) and all(body.iso3166 is None for body in bodies):
        return Candidates(bodies[0].name, {}, area=True)  # the EU or NATO taken for a place belongs to no country
    countries = find_localities(name)
    for code in find_lands(name):
        countries[code] = max(countries.get(code, 0), LAND)
    for entry in places:
        if entry.iso3166 is not None:
            sure = entry.place is PlaceRank.STATE and len(places) == 1
            countries[entry.iso3166] = max(countries.get(entry.iso3166, 0), STATE if sure else REGION)
    if len({entry.name for entry in places}) == 1:
        return Candidates(places[0].name, countries)
    return Candidates(capwords(name) if name.isupper() and len(name) > LONGEST_INITIALS else name, countries)
