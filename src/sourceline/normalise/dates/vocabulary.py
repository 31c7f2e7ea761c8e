"""The words that the grammar of dates knows."""

from __future__ import annotations

from sourceline.normalise.dates.calendar import FEASTS
from sourceline.normalise.dates.words import Words

MONTHS = {
    name: i + 1
    for i, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ]
    )
    for name in names.split()
}
FULL_MONTHS = frozenset(["january", "february", "july", "september", "october", "november", "december"])
"""Names that are hardly ever anything but months; the others ("May", "Mar.") need words beside them that show it."""
WEEKDAYS = {
    name: i
    for i, names in enumerate(
        [
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ]
    )
    for name in names.split()
}
UNITS = {
    name: unit
    for unit in ("day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century")
    for name in (unit, f"{unit}s")
} | {"centuries": "century"}
LAST = frozenset(["last", "past", "previous", "preceding"])
NEXT = frozenset(["next", "coming", "following", "upcoming"])
SHIFTS = dict.fromkeys(LAST, -1) | dict.fromkeys(("this", "current"), 0) | dict.fromkeys(NEXT, 1)
PARTS = frozenset(
    ["early", "earlier", "late", "later", "mid", "middle", "beginning", "start", "end", "rest", "remainder"]
)
VAGUE = frozenset(["several", "few", "many", "some", "recent", "couple", "numerous", "countless"])
BEFORE_MONTH = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "by",
        "from",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "during",
        "of",
        "before",
        "after",
        "through",
        "between",
        "past",
        "previous",
        "earlier",
        "later",
        "to",
        "and",
        "or",
        "over",
        "throughout",
        "around",
        "for",
    ]
) | {"-", "–", "—", "("}
BEFORE_YEAR = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "from",
        "during",
        "before",
        "after",
        "through",
        "between",
        "by",
        "around",
        "circa",
        "ca",
        "c",
        "early",
        "late",
        "mid",
        "earlier",
        "later",
        "throughout",
        "post",
        "pre",
        "year",
        "summer",
        "winter",
        "spring",
        "autumn",
        "fall",
        "over",
        "versus",
        "vs",
        "to",
        "and",
        "or",
        "than",
        "of",
    ]
)
COUNTED = frozenset(
    [
        "people",
        "men",
        "women",
        "children",
        "persons",
        "workers",
        "troops",
        "soldiers",
        "feet",
        "foot",
        "metres",
        "meters",
        "miles",
        "km",
        "kilometres",
        "kilometers",
        "tonnes",
        "tons",
        "kg",
        "pounds",
        "dollars",
        "euros",
        "yen",
        "hours",
        "minutes",
        "seconds",
        "days",
        "weeks",
        "months",
        "years",
        "times",
        "percent",
        "per",
        "points",
        "votes",
        "words",
        "pages",
        "members",
        "jobs",
        "homes",
        "million",
        "billion",
        "thousand",
        "mg",
        "ml",
        "cm",
        "mm",
        "mhz",
        "watts",
        "calories",
        "bc",
        "bce",
        "b",
    ]
)
DECADE_WORDS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
YEARLY = frozenset(
    (
        "election elections season census campaign budget levels report edition referendum summit conference "
        "convention congress championship championships tournament primary primaries midterm midterms festival "
        "awards olympics paralympics games finals agreement treaty accord deal constitution coup invasion massacre "
        "uprising revolution crisis crash earthquake hurricane tsunami race vote ballot poll study survey album film "
        "novel debut law act war strike bombing outbreak pandemic recession"
    ).split()
)
"""Nouns for what is told apart by its year: "disputed 2016 elections"."""
LABELS = frozenset("article section rule route boeing room no page chapter resolution flight highway".split())
"""Words whose number is no year: "Rule 2016"."""
NEARLY = frozenset("about around over nearly almost some approximately roughly ca circa than only just".split())
"""Words before a count: "over 1000 featured articles"."""
PAPERS = frozenset(
    [
        "times",
        "telegraph",
        "mirror",
        "mail",
        "post",
        "express",
        "herald",
        "business",
        "mercury",
        "tribune",
        "world",
        "independent",
        "star",
        "sun",
        "age",
        "review",
    ]
)
PARTS_OF_DAY = frozenset(["night", "morning", "afternoon", "evening", "nite"])
"""Given as their day."""
PARTS_OF_DAY_OFTEN = frozenset(f"{part}s" for part in PARTS_OF_DAY)
STARTING_WITH = frozenset(["starting", "beginning", "commencing", "c"])
FEAST_CUES = frozenset(
    [
        "on",
        "by",
        "before",
        "after",
        "since",
        "until",
        "till",
        "at",
        "this",
        "last",
        "next",
        "during",
        "over",
        "for",
        "around",
        "of",
        "in",
        "day",
        "between",
    ]
) | {""}
FEAST_WORDS = {tuple(Words(name).low): place for name, place in FEASTS.items()}
FEAST_STARTS = frozenset(name[0] for name in FEAST_WORDS)
LONGEST_FEAST = max(map(len, FEAST_WORDS))
NAMED_DAYS: dict[str, int] = {"today": 0, "tonight": 0, "tonite": 0, "yesterday": -1, "tomorrow": 1, "tmrw": 1}


def all_words() -> frozenset[str]:
    """Every word of the tables above, those of several words apart."""
    tables = (
        table for name, table in globals().items() if name.isupper() and isinstance(table, dict | set | frozenset)
    )
    return frozenset(part for table in tables for word in table if isinstance(word, str) for part in word.split())
