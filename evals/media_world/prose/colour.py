"""Lines that put no claim: local colour, context, endings."""

from __future__ import annotations

import re
from random import Random

from evals.media_world.log import Affair
from evals.media_world.people import Names
from evals.media_world.phrasebook import words

MONTHS = "January February March April May June July August September October November December".split()
_SENTENCE = re.compile(r"^[a-z]|(?<=[a-z][.?!] )[a-z](?=he )")
"""Where a slot's words open a sentence."""
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def draw_line(rng: Random, line: str, affair: Affair, more: dict[str, str] | None = None) -> str:
    """The line with its slots drawn."""
    person = Names(rng).person("")
    fills = {
        **affair.fills,
        "year": str(rng.randint(1951, 2028)),
        "number": str(rng.randint(11, 29)),
        "half": rng.choice(("three", "four", "five", "six", "seven", "eight", "nine")),
        "thousands": str(rng.randint(12, 97)),
        "street": rng.choice(words("street")),
        "river": rng.choice(words("river")),
        "hotel": rng.choice(words("hotel")),
        "saint": rng.choice(words("saint")),
        "dog": rng.choice(words("dog")),
        "month": rng.choice(MONTHS),
        "weekday": rng.choice(DAYS),
        "person": person.name,
    }
    text = line.format(**{**fills, **(more or {})})
    return _SENTENCE.sub(lambda match: match[0].upper(), text)
