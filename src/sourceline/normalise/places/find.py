"""Places: which country a named place lies in, by an offline gazetteer and what else the document names.

A name alone is seldom enough (Georgia, Springfield, Victoria). The words next to it come first ("Paris, Texas"), then
the states, peoples and plain places of the whole document, then size. Where they do not settle it, there is no country.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from sourceline.lexicon.aliases import find_country, find_places_named
from sourceline.lexicon.fold import fold_name
from sourceline.model.text import Span
from sourceline.model.value import Place, PlaceUse
from sourceline.normalise.places.candidates import STATE, Candidates, find_candidates
from sourceline.normalise.places.metonymy import LONGEST_SPEAKER, is_whole_speaker, stands_for_people

Range = tuple[int, int]

CONTEXT = 30
"""What a country gains that the whole document speaks of, on the scale of the candidates' weights."""
NEAR = 10
"""What a country gains that is named right before or after, at most."""
REACH = 300
"""Code points over which `NEAR` falls to a third."""
MARGIN = 6
"""How far ahead of the next country the first has to be: a place four times as large, with nothing else to tell."""
PEOPLE = 0.5
"""What one mention of a people counts for, where a place counts one."""
SMALL = 30
"""What a name with one country has to exceed by as much: a place of a thousand."""
KNOWN = 50
"""A place so large would be known by the country that the text puts it in; a smaller one may have a namesake there."""
PLAIN = 12
"""How far ahead a name has to be by itself to count as context for others."""
UNLISTED = 20
"""What a country weighs of which the document speaks, though the table knows no such place there: it may be small."""
_JOIN = re.compile(r"(?:, {1,3}| \(|,? {1,3}in (?:the )?)")
_CONTAINER = re.compile(r", {1,3}([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2})")
_WORD = re.compile(r"\b[A-Z][a-z]{1,24}\b(?=((?:[ -][A-Z][a-z]{1,24}\b)?))")


def resolve_place(name: str, near: Iterable[str] = ()) -> tuple[str, str | None]:
    """A place's common name and its country, given names around it; None where the country cannot be told."""
    found = find_candidates(name)
    plain = (_plain_country(find_candidates(other)) or find_country(other) for other in near)
    return found.name, _choose(found, _Context((0, country, 1.0) for country in plain if country is not None), 0)


def find_places(text: str, mentions: Sequence[Range], speaking: Collection[Range] = ()) -> tuple[Place, ...]:
    """One place for each mention of a place name, in the order of the text; mentions outside the text are left out.

    `speaking` are the spans that are sources of attributions: a state that speaks is its government.
    """
    spans = sorted({(start, end) for start, end in mentions if 0 <= start < end <= len(text)})
    named = [find_candidates(text[start:end]) for start, end in spans]
    countries = _countries(text, spans, named)
    speakers = sorted(set(speaking))
    return tuple(
        Place(
            span=Span.of(text, start, end),
            name=found.name or text[start:end],
            country=country,
            use=_use(text, start, end, speakers),
        )
        for (start, end), found, country in zip(spans, named, countries, strict=True)
    )


def _use(text: str, start: int, end: int, speakers: Sequence[Range]) -> PlaceUse:
    nearby = speakers[bisect_left(speakers, (start - LONGEST_SPEAKER, 0)) : bisect_left(speakers, (start + 1, 0))]
    speaks = any(is_whole_speaker(text, start, end, first, last) for first, last in nearby)
    return PlaceUse.METONYMIC if speaks or stands_for_people(text, start, end) else PlaceUse.LITERAL


def _countries(text: str, spans: Sequence[Range], named: Sequence[Candidates]) -> list[str | None]:
    """Each mention's country: by the name after it, by another mention of the same name, or by the whole document."""
    points = [(at, country, PEOPLE) for at, country in _find_peoples(text)]
    told: list[str | None] = [None] * len(spans)
    contained: dict[int, str] = {}
    same: dict[str, str] = {}
    for i in reversed(range(len(spans))):
        end, found = spans[i][1], named[i]
        country = _container(text, end, spans[i + 1 : i + 2], told[i + 1] if i + 1 < len(spans) else None)
        if country is not None and _may_lie_in(found, country):
            contained[i] = same[fold_name(found.name)] = country
        else:
            country = _plain_country(found)
        if country is not None:
            told[i] = country
            points.append((spans[i][0], country, 1.0))
    context = _Context(points)
    return [
        contained.get(i) or same.get(fold_name(found.name)) or told[i] or _choose(found, context, spans[i][0])
        for i, found in enumerate(named)
    ]


def _may_lie_in(found: Candidates, country: str) -> bool:
    """Not a state ("China, Japan and Korea" is a list), not a sea, and nothing that is known to lie elsewhere."""
    if found.area or max(found.countries.values(), default=0) >= STATE:
        return False
    return country in found.countries or max(found.countries.values(), default=0) < KNOWN


class _Context:
    """Which countries a document speaks of, and where."""

    def __init__(self, points: Iterable[tuple[int, str, float]]) -> None:
        """`points` are (place in the text, country, what it counts for)."""
        self._total: dict[str, float] = {}
        self._places: dict[str, list[int]] = {}
        for at, country, weight in sorted(points):
            self._total[country] = self._total.get(country, 0.0) + weight
            self._places.setdefault(country, []).append(at)

    def bonus(self, country: str, at: int) -> float:
        """What speaks for a country at a place in the text: how much the document names it, and how near."""
        total = self._total.get(country, 0.0)
        if not total:
            return 0.0
        places = self._places[country]
        after = bisect_left(places, at)
        nearest = min(abs(at - other) for other in places[max(0, after - 1) : after + 1])
        return CONTEXT * total / (total + 1.0) + NEAR * math.exp(-nearest / REACH)

    def countries(self) -> Iterable[str]:
        return self._total


def _choose(found: Candidates, context: _Context, at: int) -> str | None:
    if found.area:
        return None
    weights = dict.fromkeys(context.countries(), UNLISTED) | dict(found.countries)
    scores = sorted(((weight + context.bonus(code, at), code) for code, weight in weights.items()), reverse=True)
    if not scores:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN:
        return None
    return scores[0][1]


def _plain_country(found: Candidates) -> str | None:
    """The country of a name that needs no context: a state, or far larger than any other of that name."""
    if not found.countries:
        return None
    (country, weight), *others = sorted(found.countries.items(), key=lambda item: (-item[1], item[0]))
    lead = weight - others[0][1] if others else weight - SMALL
    return country if lead >= PLAIN else None


def _container(text: str, end: int, following: Sequence[Range], country: str | None) -> str | None:
    """The country of the place named right after this one, as its container ("Paris, Texas", "Lyon in France")."""
    if following and country is not None and _JOIN.fullmatch(text, end, following[0][0]):
        return country
    after = _CONTAINER.match(text, end, min(len(text), end + 60))
    if after is None:
        return None
    words = after[1].split()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if codes := {entry.iso3166 for entry in find_places_named(name) or find_places_named(name.rstrip("."))}:
            return codes.pop() if len(codes) == 1 else None
    return None


def _find_peoples(text: str) -> Iterator[tuple[int, str]]:
    """Where a people or its state is named in one or two words ("Kenyan", "South Korean"), and its country."""
    behind = 0
    for match in _WORD.finditer(text):
        if match.start() < behind:
            continue
        for words in (match[0] + match[1], match[0]):
            if (country := _people_country(words)) is not None:
                behind = match.start() + len(words)
                yield match.start(), country
                break


@lru_cache(maxsize=4096)
def _people_country(words: str) -> str | None:
    return find_country(words)
