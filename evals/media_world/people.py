"""Names of people and places, put together from syllables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from evals.media_world.phrasebook import words

COUNTRIES = (
    ("Kasteria", "Kasterian"),
    ("Morvane", "Morvanian"),
    ("Dorrland", "Dorrish"),
    ("Ostravel", "Ostravelian"),
    ("Tessaly", "Tessalian"),
    ("Verrin", "Verrinese"),
)
"""Name and adjective."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A named person. `title`: what they are, without an article ("watch officer")."""

    given: str
    surname: str
    feminine: bool
    title: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.surname}"


class Names:
    """Gives out names, no full name and no surname within one affair twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def person(self, title: str) -> Person:
        feminine = self._rng.random() < 0.5
        given = self._rng.choice(words("given_f" if feminine else "given_m"))
        surname = self._fresh(
            lambda: self._rng.choice(words("surname_first")) + self._rng.choice(words("surname_last"))
        )
        if title == "spokesperson":
            title = "spokeswoman" if feminine else "spokesman"
        return Person(given=given, surname=surname, feminine=feminine, title=title)

    def place(self) -> str:
        return self._fresh(lambda: self._rng.choice(words("place_first")) + self._rng.choice(words("place_last")))

    def _fresh(self, make: Callable[[], str]) -> str:
        name = make()
        while name in self._taken:
            name = make()
        self._taken.add(name)
        return name
