"""The outlets and their habits."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from evals.media_world.people import COUNTRIES, Names
from evals.media_world.phrasebook import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How an outlet works; all from 0 to 1 but `drops`, a factor on the world's rate of dropped credits."""

    reports: float
    """How much it goes out and asks."""
    copies: float
    """How much of what it takes over it prints as it came."""
    drops: float = 1.0
    trims: float = 0.3
    """How often it shortens a quotation."""
    rounds: float = 1.0
    """A factor on the world's rate of rounded figures and lost hedges."""
    blurs: float = 0.05
    """How often a named source becomes a vague one."""
    asserts: float = 0.06
    """How often it gives what it took over as its own knowledge."""
    recycles: float = 0.0
    corrects: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """`name` with its article where it has one, as in running text; `kind` as in the formats; `country`: an index."""

    id: str
    name: str
    kind: str
    voice: str
    country: int
    quotes: str
    habits: Habits

    @property
    def title(self) -> str:
        """The name as a masthead."""
        return self.name.removeprefix("the ")

    @property
    def address(self) -> str:
        return "".join(c for c in self.title.lower() if c.isalnum()) + ".example"


_KINDS: dict[str, tuple[str, str, Habits]] = {
    "wire": ("wire", "wire", Habits(reports=1.0, copies=0.1, drops=0.3, trims=0.15, rounds=0.4, corrects=0.9)),
    "broadsheet": ("newspaper", "broadsheet", Habits(reports=0.8, copies=0.4, drops=0.7, corrects=0.8)),
    "regional": ("newspaper", "broadsheet", Habits(reports=0.5, copies=0.8, drops=1.0)),
    "tabloid": (
        "newspaper",
        "tabloid",
        Habits(
            reports=0.4,
            copies=0.4,
            drops=1.7,
            trims=0.6,
            rounds=1.8,
            blurs=0.12,
            asserts=0.14,
            recycles=0.6,
            corrects=0.2,
        ),
    ),
    "broadcaster": ("broadcaster", "broadcast", Habits(reports=0.7, copies=0.2, drops=1.1, trims=0.5)),
    "state": ("state_media", "state", Habits(reports=0.5, copies=0.3, drops=1.4, blurs=0.1, corrects=0.0)),
    "blog": ("blog", "blog", Habits(reports=0.15, copies=0.5, drops=0.8, asserts=0.12, recycles=0.8, corrects=0.4)),
    "digest": ("aggregator", "digest", Habits(reports=0.0, copies=0.5, drops=0.6, trims=0.7, rounds=1.5, recycles=0.7)),
    "thinktank": ("thinktank", "broadsheet", Habits(reports=0.1, copies=0.1, drops=0.2, recycles=0.2)),
}
_COUNTS = {
    "wire": 4,
    "broadsheet": 9,
    "regional": 8,
    "tabloid": 5,
    "broadcaster": 6,
    "state": 3,
    "blog": 6,
    "digest": 5,
    "thinktank": 2,
}


def make_outlets(rng: Random) -> tuple[Outlet, ...]:
    """All the outlets of a world; who they are depends on the seed alone."""
    names, taken = Names(rng), set[str]()
    made: list[Outlet] = []
    for style, count in _COUNTS.items():
        for number in range(count):
            country = (number + len(made)) % len(COUNTRIES)
            name = _name(rng, names, style, number, country)
            while name in taken:
                name = _name(rng, names, style, rng.randrange(10), country)
            taken.add(name)
            kind, voice, habits = _KINDS[style]
            made.append(
                Outlet(
                    id=f"m{len(made) + 1:02}",
                    name=name,
                    kind=kind,
                    voice=voice,
                    country=country,
                    quotes=rng.choice(("curly", "curly", "straight", "single")),
                    habits=habits,
                )
            )
    return tuple(made)


def _name(rng: Random, names: Names, style: str, number: int, country: int) -> str:
    land, adjective = COUNTRIES[country]
    if style == "wire":
        return (
            f"the {adjective} Press Agency",
            f"{land} Newsfile",
            f"the {adjective} Dispatch Bureau",
            f"{land} Cable",
        )[number % 4]
    if style == "state":
        return (f"the {adjective} State Agency", f"Voice of {land}", f"the {adjective} People's Daily")[number % 3]
    if style == "broadcaster":
        return f"{land} {rng.choice(('One', 'Two', 'Radio', 'Tonight', 'Live'))}"
    if style == "thinktank":
        return f"the {rng.choice(words('maker'))} Institute for {land}"
    if style in ("blog", "digest"):
        return words(style)[number % len(words(style))]
    place = names.place()
    paper = rng.choice(words("tabloid" if style == "tabloid" else "paper"))
    return f"the {place} {paper}"
